package org.neuroglia.spark.plan;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** A physical operator of ours; what is said at {@link LogicalNode} holds here too. */
public abstract class PhysicalNode extends SparkPlan {
  private static final long serialVersionUID = 1L;

  /** What the constructor was given. */
  protected abstract Object[] arguments();

  /** The same operator with other children. */
  protected abstract SparkPlan withChildren(Seq<SparkPlan> children);

  @Override
  public AttributeSet producedAttributes() {
    return outputSet();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return withChildren(children);
  }

  @Override
  public int productArity() {
    return arguments().length;
  }

  @Override
  public Object productElement(int n) {
    return arguments()[n];
  }

  @Override
  public boolean canEqual(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || canEqual(other) && Arrays.equals(arguments(), ((PhysicalNode) other).arguments());
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
