package org.neuroglia.spark.cli;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;

/** Conditions in SQL that a user gives as an option. */
final class Sql {
  private Sql() {}

  /**
   * The rows for which a condition is true.
   *
   * @param option the option that holds the condition, for messages
   */
  static Dataset<Row> filter(Dataset<Row> rows, String condition, String option) {
    try {
      return rows.where(condition);
    } catch (Exception e) { // AnalysisException, which Spark's signature does not declare
      if (!(e instanceof SparkThrowable)) {
        throw e;
      }
      throw new InvalidInputException(
          option
              + " \""
              + condition
              + "\" is not a condition on these rows: "
              + message(e)
              + "; the columns are "
              + String.join(", ", rows.columns())
              + ".",
          e);
    }
  }

  /** The columns of rows, so that an unknown one can be named together with those that exist. */
  static void requireColumn(Dataset<Row> rows, String column, String option, String table) {
    List<String> columns = Arrays.asList(rows.columns());
    if (!columns.contains(column)) {
      throw new InvalidInputException(
          option
              + ": there is no column "
              + column
              + " in "
              + table
              + "; the columns are "
              + String.join(", ", columns)
              + ".");
    }
  }

  /** What Spark says, without its error class, SQL state and query plan. */
  static String message(Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("")
        .replaceFirst("^\\[[A-Z0-9_.]+\\]\\s*", "")
        .replaceFirst("\\s*SQLSTATE: .*$", "")
        .replaceFirst("[.;]$", "");
  }
}
