package org.neuroglia.spark.golden;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.spark.decoding.ClassificationEvaluator;
import org.neuroglia.spark.decoding.LinearDiscriminantAnalysis;
import org.neuroglia.spark.decoding.LinearDiscriminantAnalysisModel;

final class LinearDiscriminantAnalysisAdapter implements GoldenAdapter {
  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    Dataset<Row> train = LabelledRows.of(golden, "train");
    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis()
            .setSolver(golden.params().path("solver").asText("svd"))
            .setShrinkage(golden.params().path("shrinkage").asText("none"))
            .setTol(golden.params().path("tol").asDouble(1e-4))
            .setStoreCovariance(golden.params().path("store_covariance").asBoolean(false));
    if (golden.has("priors")) {
      lda.setPriors(golden.doubles("priors"));
    }
    if (golden.has("n_components")) {
      lda.setNComponents(golden.params().get("n_components").asInt());
    }
    if (!lda.getSolver().equals("lsqr")) {
      lda.setDiscriminantCol("axes");
    }
    LinearDiscriminantAnalysisModel model = lda.fit(train);
    List<Row> rows = model.transform(LabelledRows.of(golden, "test")).collectAsList();

    Map<String, GoldenValue> items = new HashMap<>();
    boolean numbers = golden.columnTypes("train").get("y").equals("int");
    items.put(
        "classes",
        GoldenValue.array(
            Arrays.stream(model.classLabels())
                .map(label -> numbers ? (Object) Double.valueOf(label) : label)
                .toList()));
    items.put("priors", vector(model.priors()));
    items.put("means", matrix(model.means()));
    items.put("coef", matrix(model.coefficients()));
    items.put("intercept", vector(model.intercepts()));
    items.put(
        "predict", GoldenValue.array(rows.stream().map(row -> row.getAs("prediction")).toList()));
    items.put(
        "predict_proba", StandardScalerAdapter.matrix(rows, rows.get(0).fieldIndex("probability")));
    items.put("decision_function", decision(rows, model.numClasses()));
    items.put(
        "train_score",
        GoldenValue.scalar(new ClassificationEvaluator().evaluate(model.transform(train))));
    model
        .explainedVarianceRatio()
        .ifPresent(ratio -> items.put("explained_variance_ratio", vector(ratio)));
    model.xbar().ifPresent(xbar -> items.put("xbar", vector(xbar)));
    model.covariance().ifPresent(covariance -> items.put("covariance", matrix(covariance)));
    if (!lda.getDiscriminantCol().isEmpty()) {
      items.put(
          "transform_abs",
          GoldenValue.array(
              rows.stream()
                  .map(row -> row.<Vector>getAs("axes").toArray())
                  .map(axes -> Arrays.stream(axes).map(Math::abs).toArray())
                  .toArray(double[][]::new)));
    }
    return new GoldenValue.Dict(items);
  }

  /** scikit-learn's: of two classes that of the second alone. */
  private static GoldenValue decision(List<Row> rows, int classes) {
    int column = rows.get(0).fieldIndex("rawPrediction");
    if (classes > 2) {
      return StandardScalerAdapter.matrix(rows, column);
    }
    return GoldenValue.array(
        rows.stream().mapToDouble(row -> row.<Vector>getAs(column).apply(1)).toArray(),
        rows.size());
  }

  private static GoldenValue vector(Vector vector) {
    return GoldenValue.array(vector.toArray(), vector.size());
  }

  private static GoldenValue matrix(Matrix matrix) {
    return GoldenValue.array(matrix.transpose().toArray(), matrix.numRows(), matrix.numCols());
  }
}
