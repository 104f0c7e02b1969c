package org.neuroglia.spark.golden;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;

/** The columns f0, f1, … of a case's table as a Vector column {@code features}. */
final class LabelledRows {
  private LabelledRows() {}

  static Dataset<Row> of(GoldenCase golden, String input) throws Exception {
    Dataset<Row> table = InputTable.of(golden, input);
    String[] features =
        golden.columnTypes(input).keySet().stream()
            .filter(name -> name.startsWith("f"))
            .toArray(String[]::new);
    Dataset<Row> rows =
        new VectorAssembler()
            .setInputCols(features)
            .setOutputCol("features")
            .setHandleInvalid("keep")
            .transform(table);
    return golden.columnTypes(input).containsKey("y")
        ? rows.select(col("features"), col("y").as("label"))
        : rows.select("features");
  }
}
