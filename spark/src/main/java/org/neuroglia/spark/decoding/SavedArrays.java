package org.neuroglia.spark.decoding;

import java.util.List;
import org.apache.spark.sql.Row;

/** Arrays of a saved model's row. */
final class SavedArrays {
  private SavedArrays() {}

  static double[] doubles(Row row, String column) {
    List<Double> values = row.getList(row.fieldIndex(column));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static List<String> strings(Row row, String column) {
    return row.getList(row.fieldIndex(column));
  }
}
