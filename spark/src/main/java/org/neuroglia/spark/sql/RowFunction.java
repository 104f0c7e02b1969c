package org.neuroglia.spark.sql;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;

/** A function of the values of one row; of null it is null. */
abstract class RowFunction extends SqlFunction {
  private static final long serialVersionUID = 1L;

  abstract DataType type();

  /**
   * @param arguments none null: {@code Double}, {@code ArrayData}; those that were left out are not
   *     there
   * @return in Spark's internal form; may be null
   */
  abstract Object apply(Object[] arguments);

  @Override
  final Expression call(Seq<Expression> arguments) {
    return new RowFunctionCall(this, arguments);
  }
}
