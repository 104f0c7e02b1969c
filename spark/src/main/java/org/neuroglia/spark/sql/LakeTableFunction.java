package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** {@code lake_table(path, table[, version])}: a table of a lake at one moment. */
final class LakeTableFunction extends TableFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "lake_table";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Parameter.known("path", false, "folder of the lake"),
        Parameter.known(
            "table",
            false,
            "sessions, units, events/TABLE, traces/SERIES or failures, see lake_tables"),
        Parameter.known(
            "version",
            true,
            "of the table of sessions, which names the moment; default: the latest"));
  }

  @Override
  String returns() {
    return "Returns the rows of a table of a lake of sessions. Calls with one version belong"
        + " together, whatever is ingested meanwhile.";
  }

  @Override
  String examples() {
    return "> SELECT session, neuron, size(times) FROM lake_table('lake', 'units');";
  }

  @Override
  Dataset<Row> rows(SparkSession spark, List<Object> arguments) {
    return LakeTablesFunction.open(spark, arguments.get(0), arguments.subList(2, arguments.size()))
        .table(arguments.get(1).toString());
  }
}
