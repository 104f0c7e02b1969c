package org.neuroglia.spark.plan;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A logical operator of ours: all its columns are its own, none a child's.
 *
 * <p>Spark copies operators by reflection: a subclass is public and has one public constructor,
 * whose parameters are {@link #arguments} in their order, the children first. Attributes among them
 * are in Scala sequences, where Spark finds them.
 */
public abstract class LogicalNode extends LogicalPlan {
  private static final long serialVersionUID = 1L;

  /** What the constructor was given. */
  protected abstract Object[] arguments();

  /** The same operator with other children. */
  protected abstract LogicalPlan withChildren(Seq<LogicalPlan> children);

  @Override
  public AttributeSet producedAttributes() {
    return outputSet();
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
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
        || canEqual(other) && Arrays.equals(arguments(), ((LogicalNode) other).arguments());
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
