package org.neuroglia.spark.sql;

import java.util.List;
import org.neuroglia.spark.plan.RowFunctionCall;
import org.neuroglia.spark.plan.SqlExpression;

/** A function of the values of one row; of null it is null. */
abstract class RowFunction extends SqlFunction implements RowFunctionCall.Function {
  private static final long serialVersionUID = 1L;

  @Override
  final SqlExpression call(List<SqlExpression> arguments) {
    return SqlExpression.call(this, arguments);
  }
}
