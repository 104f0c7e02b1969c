package org.neuroglia.spark.plan;

import java.util.function.Function;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.runtime.AbstractPartialFunction;

/** Puts other operators into the place of some of a plan. */
public final class Rewrites {
  private Rewrites() {}

  /**
   * A plan whose operators of a kind are rewritten, from the top down.
   *
   * @param rewrite returns what it was given where nothing is to be changed
   */
  public static <P extends LogicalPlan> LogicalPlan down(
      LogicalPlan plan, Class<P> kind, Function<P, LogicalPlan> rewrite) {
    return plan.transformDown(
        new AbstractPartialFunction<LogicalPlan, LogicalPlan>() {
          @Override
          public boolean isDefinedAt(LogicalPlan node) {
            return rewritten(node) != node;
          }

          @Override
          public <A extends LogicalPlan, B> B applyOrElse(A node, Function1<A, B> otherwise) {
            LogicalPlan other = rewritten(node);
            @SuppressWarnings("unchecked")
            B result = other != node ? (B) other : otherwise.apply(node);
            return result;
          }

          private LogicalPlan rewritten(LogicalPlan node) {
            return kind.isInstance(node) ? rewrite.apply(kind.cast(node)) : node;
          }
        });
  }
}
