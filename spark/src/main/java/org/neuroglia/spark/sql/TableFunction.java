package org.neuroglia.spark.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.plan.Refusal;
import org.neuroglia.spark.plan.SqlExpression;

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

  /** The rows of a call. */
  final Dataset<Row> called(List<SqlExpression> given) {
    List<Object> arguments = arguments(given);
    return Refusal.orResult(() -> rows(SparkSession.active(), arguments));
  }

  private List<Object> arguments(List<SqlExpression> given) {
    requireArguments(given);
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      arguments.add(value(given.get(i), parameters().get(i)));
    }
    return arguments;
  }

  private Object value(SqlExpression expression, Parameter parameter) {
    Object value = expression.isStated() ? withTexts(expression).stated().orElse(null) : null;
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
  private static SqlExpression withTexts(SqlExpression expression) {
    return expression.type() instanceof MapType
        ? expression.cast(DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
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
