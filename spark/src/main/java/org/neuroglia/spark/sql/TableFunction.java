package org.neuroglia.spark.sql;

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
import org.neuroglia.spark.plan.Refusal;
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
abstract class TableFunction extends DocumentedFunction {
  private static final long serialVersionUID = 1L;

  /**
   * The rows.
   *
   * @param arguments texts, numbers and maps of texts, as many as there are
   * @throws InvalidInputException if there are no such rows
   */
  abstract Dataset<Row> rows(SparkSession spark, List<Object> arguments);

  @Override
  final String group() {
    return "table_funcs";
  }

  /** What Spark registers. */
  final Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, LogicalPlan>>
      description() {
    return new Tuple3<>(new FunctionIdentifier(name()), info(), this::plan);
  }

  private LogicalPlan plan(Seq<Expression> expressions) {
    List<Object> arguments = arguments(CollectionConverters.asJava(expressions));
    return Refusal.orResult(() -> rows(SparkSession.active(), arguments))
        .queryExecution()
        .analyzed();
  }

  private List<Object> arguments(List<Expression> given) {
    requireArguments(given);
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      arguments.add(value(given.get(i), parameters().get(i)));
    }
    return arguments;
  }

  private Object value(Expression expression, Parameter parameter) {
    Object value = expression.foldable() ? withTexts(expression).eval(null) : null;
    if (value instanceof UTF8String text) {
      return text.toString();
    } else if (value instanceof MapData map) {
      return texts(map, parameter.name());
    } else if (value instanceof Number) {
      return value;
    }
    throw parameter.refused(name(), expression.sql());
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
        throw Refusal.of(parameter + " of " + name() + ": " + key + " is NULL");
      }
      texts.put(key, map.valueArray().getUTF8String(i).toString());
    }
    return texts;
  }
}
