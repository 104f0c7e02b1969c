package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.lake.Lake;

/** {@code lake_tables(path[, version])}: which tables a lake has. */
final class LakeTablesFunction extends TableFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "lake_tables";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Parameter.known("path", false, "folder of the lake"),
        Parameter.known(
            "version",
            true,
            "of the table of sessions, which names the moment; default: the latest"));
  }

  @Override
  String returns() {
    return "Returns a row per table of a lake of sessions: its name, its version, its files and"
        + " their bytes.";
  }

  @Override
  String examples() {
    return "> SELECT table, version FROM lake_tables('lake');";
  }

  @Override
  Dataset<Row> rows(SparkSession spark, List<Object> arguments) {
    return open(spark, arguments.get(0), arguments.subList(1, arguments.size())).tables();
  }

  /**
   * @param version of the table of sessions, or nothing
   */
  static Lake open(SparkSession spark, Object path, List<Object> version) {
    if (version.isEmpty()) {
      return Lake.open(spark, path.toString());
    }
    if (version.get(0) instanceof Number number) {
      return Lake.open(spark, path.toString(), number.longValue());
    }
    throw new InvalidInputException("the version of a lake is a number, not " + version.get(0));
  }
}
