package org.neuroglia.spark.sql;

import java.io.DataInput;
import java.io.IOException;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;

/** A function of the rows of a group, whose result does not depend on their order. */
abstract class AggregateFunction<T extends Tally<T>> extends SqlFunction {
  private static final long serialVersionUID = 1L;

  /**
   * @param arguments the types of the arguments
   */
  abstract DataType type(DataType[] arguments);

  /** Of no rows. */
  abstract T empty();

  /**
   * Adds a row.
   *
   * @param arguments in Spark's internal form; any may be null, and all are only good until the
   *     next row
   */
  abstract void add(T tally, Object[] arguments);

  /** What {@link Tally#write} wrote. */
  abstract T read(DataInput in) throws IOException;

  @Override
  final Expression call(Seq<Expression> arguments) {
    return new AggregateFunctionCall<>(this, arguments, 0, 0);
  }
}
