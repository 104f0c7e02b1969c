package org.neuroglia.spark.sql;

import java.util.List;
import org.neuroglia.spark.plan.AggregateFunctionCall;
import org.neuroglia.spark.plan.SqlExpression;
import org.neuroglia.spark.plan.Tally;

/** A function of the rows of a group, whose result does not depend on their order. */
abstract class AggregateFunction<T extends Tally<T>> extends SqlFunction
    implements AggregateFunctionCall.Function<T> {
  private static final long serialVersionUID = 1L;

  @Override
  final SqlExpression call(List<SqlExpression> arguments) {
    return SqlExpression.call(this, arguments);
  }
}
