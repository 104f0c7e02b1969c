package org.neuroglia.spark.sql;

import java.util.ArrayList;
import java.util.List;
import org.neuroglia.spark.plan.SqlExpression;

/**
 * A function that stands for an expression in SQL, and what computes it. Tests run its examples.
 * Functions have no state, so two of one class are equal.
 */
abstract class SqlFunction extends DocumentedFunction {
  private static final long serialVersionUID = 1L;

  /** The call with arguments that were checked. */
  abstract SqlExpression call(List<SqlExpression> arguments);

  /** What is wrong with arguments that a query states, rather than reads, is told at once. */
  void check(List<SqlExpression> arguments) {}

  /** The call with any arguments. */
  final SqlExpression build(List<SqlExpression> given) {
    requireArguments(given);
    List<SqlExpression> checked = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      checked.add(parameters().get(i).checked(name(), given.get(i)));
    }
    check(checked);
    return call(checked);
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public final String toString() {
    return name();
  }
}
