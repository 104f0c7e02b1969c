package org.neuroglia.spark.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.Refusal;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A function of ours in SQL: its name and documentation, its parameters, and what computes it.
 * Functions have no state, so two of one class are equal.
 */
abstract class SqlFunction implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String SINCE = "0.1.0";

  /** In snake_case. */
  abstract String name();

  abstract List<Parameter> parameters();

  /** What it returns, as a sentence. */
  abstract String returns();

  /**
   * Queries and what they show, a line each, as {@code DESCRIBE FUNCTION EXTENDED} lists them.
   * Tests run them.
   */
  abstract String examples();

  /** What else to know; may be empty. */
  String note() {
    return "";
  }

  /** The group that Spark's documentation would have it in. */
  abstract String group();

  /** The call with arguments that were checked. */
  abstract Expression call(Seq<Expression> arguments);

  /** What is wrong with arguments that a query states, rather than reads, is told at once. */
  void check(List<Expression> arguments) {}

  /** The call with any arguments. */
  final Expression build(Seq<Expression> arguments) {
    List<Parameter> parameters = parameters();
    long least = parameters.stream().filter(parameter -> !parameter.optional()).count();
    if (arguments.size() < least || arguments.size() > parameters.size()) {
      throw Refusal.of(
          name()
              + " takes "
              + (least == parameters.size() ? "" : least + " or ")
              + parameters.size()
              + (parameters.size() == 1 ? " argument, " : " arguments, ")
              + signature()
              + ", but was given "
              + arguments.size());
    }
    List<Expression> checked = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.apply(i) instanceof NamedArgumentExpression) {
        throw Refusal.of(name() + " takes its arguments by position, " + signature());
      }
      checked.add(parameters.get(i).checked(name(), arguments.apply(i)));
    }
    check(checked);
    return call(Attributes.seq(checked));
  }

  /** The name with its parameters. */
  private String signature() {
    StringBuilder signature = new StringBuilder(name()).append('(');
    boolean first = true;
    for (Parameter parameter : parameters()) {
      String name = (first ? "" : ", ") + parameter.name();
      signature.append(parameter.optional() ? "[" + name + "]" : name);
      first = false;
    }
    return signature.append(')').toString();
  }

  /** What Spark registers. */
  final Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>
      description() {
    return new Tuple3<>(new FunctionIdentifier(name()), info(), this::build);
  }

  private ExpressionInfo info() {
    StringBuilder arguments = new StringBuilder("\n    Arguments:\n");
    for (Parameter parameter : parameters()) {
      arguments.append("      * ").append(parameter.name()).append(" - ");
      arguments.append(parameter.meaning()).append('\n');
    }
    return new ExpressionInfo(
        getClass().getName(),
        null,
        name(),
        "\n    " + signature() + " - " + returns() + "\n  ",
        arguments.append("  ").toString(),
        "\n    Examples:\n" + examples().indent(6) + "  ",
        note().isEmpty() ? "" : "\n    " + note() + "\n  ",
        group(),
        SINCE,
        "",
        "java_udf");
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
