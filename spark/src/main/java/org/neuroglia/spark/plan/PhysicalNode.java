package org.neuroglia.spark.plan;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** A physical operator of ours; what is said at {@link LogicalNode} holds here too. */
public abstract class PhysicalNode extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private final Seq<Attribute> output;
  private final Seq<SparkPlan> children;

  /**
   * @param output the columns of its rows
   * @param children whose rows it takes
   */
  protected PhysicalNode(Seq<Attribute> output, SparkPlan... children) {
    this.output = output;
    this.children = Attributes.seq(children);
  }

  /** What a plan shows of the operator beside its name. */
  protected abstract Object shown();

  @Override
  public final Seq<Attribute> output() {
    return output;
  }

  @Override
  public final Seq<SparkPlan> children() {
    return children;
  }

  @Override
  public scala.collection.Iterator<Object> stringArgs() {
    return Attributes.seq(shown()).iterator();
  }

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
