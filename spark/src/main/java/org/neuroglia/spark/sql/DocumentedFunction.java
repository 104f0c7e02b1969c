package org.neuroglia.spark.sql;

import java.io.Serializable;
import java.util.List;
import org.neuroglia.spark.plan.FunctionText;
import org.neuroglia.spark.plan.Refusal;
import org.neuroglia.spark.plan.SqlExpression;

/** A function of ours in SQL: its name, its parameters and its documentation. */
abstract class DocumentedFunction implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String SINCE = "0.1.0";

  /** In snake_case. */
  public abstract String name();

  abstract List<Parameter> parameters();

  /** What it returns, as a sentence. */
  abstract String returns();

  /** Queries and what they show, a line each, as {@code DESCRIBE FUNCTION EXTENDED} lists them. */
  abstract String examples();

  /** What else to know; may be empty. */
  String note() {
    return "";
  }

  /** The group that Spark's documentation would have it in. */
  abstract String group();

  /**
   * @throws org.apache.spark.sql.AnalysisException if there are too few or too many arguments, or
   *     named ones
   */
  final void requireArguments(List<SqlExpression> arguments) {
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
    if (arguments.stream().anyMatch(SqlExpression::isNamed)) {
      throw Refusal.of(name() + " takes its arguments by position, " + signature());
    }
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

  /** What {@code DESCRIBE FUNCTION EXTENDED} shows. */
  final FunctionText text() {
    StringBuilder arguments = new StringBuilder("\n    Arguments:\n");
    for (Parameter parameter : parameters()) {
      arguments.append("      * ").append(parameter.name()).append(" - ");
      arguments.append(parameter.meaning()).append('\n');
    }
    return new FunctionText(
        getClass(),
        name(),
        "\n    " + signature() + " - " + returns() + "\n  ",
        arguments.append("  ").toString(),
        "\n    Examples:\n" + examples().indent(6) + "  ",
        note().isEmpty() ? "" : "\n    " + note() + "\n  ",
        group(),
        SINCE);
  }
}
