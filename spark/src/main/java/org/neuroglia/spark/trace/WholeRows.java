package org.neuroglia.spark.trace;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.spark.plan.RowOrigin;

/**
 * Whether rows that say that they are whole traces come straight from where that was made so. The
 * mark of a column survives a union, a join and a file to which others append, and then a neuron
 * may have several rows that all say it.
 */
final class WholeRows {
  private WholeRows() {}

  /**
   * Whether there is nothing between the rows and what made them, a neuron each (a grouping, or the
   * nwb source), but steps that keep a row as one row at most.
   */
  static boolean comeSo(Dataset<Row> rows) {
    return RowOrigin.isGroupingOrTable(rows, "nwb");
  }
}
