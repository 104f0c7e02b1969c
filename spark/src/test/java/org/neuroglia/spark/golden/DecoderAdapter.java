package org.neuroglia.spark.golden;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.decoding.ClassificationEvaluator;
import org.neuroglia.spark.decoding.DecoderEstimator;
import org.neuroglia.spark.decoding.FittedDecoder;

/** What the cases of all decoders have in common. */
abstract class DecoderAdapter<M extends FittedDecoder<M, ?>> implements GoldenAdapter {
  /** The stage with the case's parameters. */
  abstract DecoderEstimator<?, M> stage(GoldenCase golden);

  /** Adds what only this decoder gives; {@code rows} are the decoded rows of the test. */
  abstract void add(Map<String, GoldenValue> items, M model, List<Row> rows);

  Dataset<Row> train(GoldenCase golden) throws Exception {
    return LabelledRows.of(golden, "train");
  }

  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    Dataset<Row> train = train(golden);
    M model = stage(golden).fit(train);
    List<Row> rows = model.transform(LabelledRows.of(golden, "test")).collectAsList();

    Map<String, GoldenValue> items = new HashMap<>();
    boolean numbers = golden.columnTypes("train").get("y").equals("int");
    items.put(
        "classes",
        GoldenValue.array(
            Arrays.stream(model.classLabels())
                .map(label -> numbers ? (Object) Double.valueOf(label) : label)
                .toList()));
    items.put(
        "predict", GoldenValue.array(rows.stream().map(row -> row.getAs("prediction")).toList()));
    items.put("predict_proba", column(rows, "probability"));
    items.put(
        "train_score",
        GoldenValue.scalar(new ClassificationEvaluator().evaluate(model.transform(train))));
    add(items, model, rows);
    return new GoldenValue.Dict(items);
  }

  static GoldenValue column(List<Row> rows, String name) {
    return StandardScalerAdapter.matrix(rows, rows.get(0).fieldIndex(name));
  }

  /** A number per row. */
  interface OfVector {
    double apply(Vector vector);
  }

  static GoldenValue numbers(List<Row> rows, String name, OfVector number) {
    return GoldenValue.array(
        rows.stream().mapToDouble(row -> number.apply(row.<Vector>getAs(name))).toArray(),
        rows.size());
  }

  static GoldenValue vector(Vector vector) {
    return GoldenValue.array(vector.toArray(), vector.size());
  }

  static GoldenValue matrix(Matrix matrix) {
    return GoldenValue.array(matrix.transpose().toArray(), matrix.numRows(), matrix.numCols());
  }
}
