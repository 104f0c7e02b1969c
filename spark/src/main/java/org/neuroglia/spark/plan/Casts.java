package org.neuroglia.spark.plan;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import scala.Option;

/**
 * Spark's own casts, where no DataFrame is at hand. They are those of SQL outside ANSI mode, so
 * that the result does not depend on the session: what cannot be cast becomes null.
 */
public final class Casts {
  private Casts() {}

  /** An expression as one of another type. */
  public static Expression cast(Expression from, DataType to) {
    return new Cast(from, to, Option.empty(), EvalMode$.MODULE$.LEGACY());
  }

  /** Casts values in Spark's form; times are in UTC. */
  public static UnaryOperator<Object> ofValues(DataType from, DataType to) {
    Cast cast =
        new Cast(
            new BoundReference(0, from, true), to, Option.apply("UTC"), EvalMode$.MODULE$.LEGACY());
    return value -> cast.eval(Values.row(new Object[] {value}));
  }
}
