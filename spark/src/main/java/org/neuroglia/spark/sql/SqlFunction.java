package org.neuroglia.spark.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.neuroglia.spark.plan.Attributes;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A function that stands for an expression in SQL, and what computes it. Tests run its examples.
 * Functions have no state, so two of one class are equal.
 */
abstract class SqlFunction extends DocumentedFunction {
  private static final long serialVersionUID = 1L;

  /** The call with arguments that were checked. */
  abstract Expression call(Seq<Expression> arguments);

  /** What is wrong with arguments that a query states, rather than reads, is told at once. */
  void check(List<Expression> arguments) {}

  /** The call with any arguments. */
  final Expression build(Seq<Expression> arguments) {
    List<Expression> given = list(arguments);
    requireArguments(given);
    List<Expression> checked = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      checked.add(parameters().get(i).checked(name(), given.get(i)));
    }
    check(checked);
    return call(Attributes.seq(checked));
  }

  /** What Spark registers. */
  final Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>
      description() {
    return new Tuple3<>(new FunctionIdentifier(name()), info(), this::build);
  }

  static List<Expression> list(Seq<Expression> expressions) {
    return CollectionConverters.asJava(expressions);
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
