package org.neuroglia.spark.golden;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.decoding.StandardScaler;
import org.neuroglia.spark.decoding.StandardScalerModel;

final class StandardScalerAdapter implements GoldenAdapter {
  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    StandardScalerModel model =
        new StandardScaler()
            .setWithMean(golden.params().path("with_mean").asBoolean(true))
            .setWithStd(golden.params().path("with_std").asBoolean(true))
            .setOutputCol("scaled")
            .fit(LabelledRows.of(golden, "train"));
    Dataset<Row> scaled = model.transform(LabelledRows.of(golden, "test"));
    List<Row> rows =
        model
            .inverseTransform(scaled.drop("features"))
            .select("scaled", "features")
            .collectAsList();
    return new GoldenValue.Dict(
        Map.of(
            "transform", matrix(rows, 0),
            "inverse", matrix(rows, 1),
            "mean", GoldenValue.array(model.mean().toArray(), model.mean().size()),
            "var", GoldenValue.array(model.variance().toArray(), model.mean().size()),
            "scale", GoldenValue.array(model.scale().toArray(), model.mean().size())));
  }

  static GoldenValue matrix(List<Row> rows, int column) {
    return GoldenValue.array(
        rows.stream().map(row -> row.<Vector>getAs(column).toArray()).toArray(double[][]::new));
  }
}
