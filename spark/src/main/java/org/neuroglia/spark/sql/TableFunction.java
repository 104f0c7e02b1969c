package org.neuroglia.spark.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.InvalidInputException;
import scala.Function1;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A function that stands for a table in SQL, {@code SELECT * FROM name(…)}: the query that a call
 * of Java gives. Its arguments are known when the query is read; they are texts, numbers and maps
 * of texts.
 */
abstract class TableFunction implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String SINCE = "0.1.0";

  /** A parameter, and what it means. */
  record Parameter(String name, String meaning) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** In snake_case. */
  abstract String name();

  abstract List<Parameter> parameters();

  /** How many arguments there are at least. */
  abstract int required();

  /** What it returns, as a sentence. */
  abstract String returns();

  /** A query. */
  abstract String example();

  /**
   * The rows.
   *
   * @param arguments texts, numbers and maps of texts, as many as there are
   */
  abstract Dataset<Row> rows(SparkSession spark, List<Object> arguments);

  /** What Spark registers. */
  final Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, LogicalPlan>>
      description() {
    return new Tuple3<>(new FunctionIdentifier(name()), info(), this::plan);
  }

  private LogicalPlan plan(Seq<Expression> expressions) {
    return rows(SparkSession.active(), arguments(CollectionConverters.asJava(expressions)))
        .queryExecution()
        .analyzed();
  }

  private List<Object> arguments(List<Expression> given) {
    if (given.size() < required() || given.size() > parameters().size()) {
      throw new InvalidInputException(
          String.format("%s takes %s, not %d arguments", name(), signature(), given.size()));
    }
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      arguments.add(value(given.get(i), parameters().get(i).name()));
    }
    return arguments;
  }

  private Object value(Expression expression, String parameter) {
    Object value = expression.foldable() ? withTexts(expression).eval(null) : null;
    if (value instanceof UTF8String text) {
      return text.toString();
    } else if (value instanceof MapData map) {
      return texts(map, parameter);
    } else if (value instanceof Number) {
      return value;
    }
    throw new InvalidInputException(
        parameter
            + " of "
            + name()
            + " must be known when the query is read: a text, a number or a map of texts, not "
            + expression.sql());
  }

  /** Of a map such as {@code map('sessions', 3)} the values become texts. */
  private static Expression withTexts(Expression expression) {
    return expression.dataType() instanceof MapType
        ? new Cast(
            expression,
            DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType),
            Option.empty(),
            EvalMode$.MODULE$.LEGACY())
        : expression;
  }

  private Map<String, String> texts(MapData map, String parameter) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < map.numElements(); i++) {
      String key = map.keyArray().getUTF8String(i).toString();
      if (map.valueArray().isNullAt(i)) {
        throw new InvalidInputException(parameter + " of " + name() + ": " + key + " is NULL");
      }
      texts.put(key, map.valueArray().getUTF8String(i).toString());
    }
    return texts;
  }

  private String signature() {
    return "("
        + String.join(", ", parameters().stream().map(Parameter::name).toList())
        + ")"
        + (required() < parameters().size() ? ", of which " + required() + " are needed" : "");
  }

  private ExpressionInfo info() {
    StringBuilder arguments = new StringBuilder("\n    Arguments:\n");
    for (Parameter parameter : parameters()) {
      arguments.append("      * ").append(parameter.name()).append(" - ");
      arguments.append(parameter.meaning()).append('\n');
    }
    String names = String.join(", ", parameters().stream().map(Parameter::name).toList());
    return new ExpressionInfo(
        getClass().getName(),
        null,
        name(),
        "\n    " + name() + "(" + names + ") - " + returns() + "\n  ",
        arguments.append("  ").toString(),
        "\n    Examples:\n      > " + example() + "\n  ",
        "",
        "table_funcs",
        SINCE,
        "",
        "java_udf");
  }
}
