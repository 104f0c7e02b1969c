package org.neuroglia.spark.sql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.datasets.SyntheticRecordings;

/** {@code synthetic(recording, table[, options])}: a table of a made-up recording. */
final class SyntheticFunction extends TableFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Parameter.known("recording", false, String.join(", ", SyntheticRecordings.names())),
        Parameter.known("table", false, "units, events, traces, …"),
        Parameter.known(
            "options", true, "a map of texts, such as map('seed', '1'); default: none"));
  }

  @Override
  String returns() {
    return "Returns the rows of a table of a recording that is made up, the same on every machine;"
        + " it is not real data.";
  }

  @Override
  String examples() {
    return "> SELECT * FROM synthetic('choice_task', 'units', map('sessions', '3'));";
  }

  @Override
  Dataset<Row> rows(SparkSession spark, List<Object> arguments) {
    Map<String, String> options = new TreeMap<>();
    if (arguments.size() == 3) {
      if (!(arguments.get(2) instanceof Map<?, ?> given)) {
        throw new InvalidInputException(
            "the options of synthetic are a map of texts, such as map('seed', '1'), not "
                + arguments.get(2));
      }
      given.forEach((name, value) -> options.put(name.toString(), value.toString()));
    }
    return SyntheticRecordings.named(arguments.get(0).toString())
        .table(spark, arguments.get(1).toString(), options);
  }
}
