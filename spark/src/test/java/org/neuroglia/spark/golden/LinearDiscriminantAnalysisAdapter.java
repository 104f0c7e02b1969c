package org.neuroglia.spark.golden;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.decoding.LinearDiscriminantAnalysis;
import org.neuroglia.spark.decoding.LinearDiscriminantAnalysisModel;

final class LinearDiscriminantAnalysisAdapter
    extends DecoderAdapter<LinearDiscriminantAnalysisModel> {
  @Override
  LinearDiscriminantAnalysis stage(GoldenCase golden) {
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
    return lda.getSolver().equals("lsqr") ? lda : lda.setDiscriminantCol("axes");
  }

  @Override
  void add(Map<String, GoldenValue> items, LinearDiscriminantAnalysisModel model, List<Row> rows) {
    items.put("priors", vector(model.priors()));
    items.put("means", matrix(model.means()));
    items.put("coef", matrix(model.coefficients()));
    items.put("intercept", vector(model.intercepts()));
    items.put(
        "decision_function",
        model.numClasses() > 2
            ? column(rows, "rawPrediction")
            : numbers(rows, "rawPrediction", raw -> raw.apply(1)));
    model
        .explainedVarianceRatio()
        .ifPresent(ratio -> items.put("explained_variance_ratio", vector(ratio)));
    model.xbar().ifPresent(xbar -> items.put("xbar", vector(xbar)));
    model.covariance().ifPresent(covariance -> items.put("covariance", matrix(covariance)));
    if (!model.getDiscriminantCol().isEmpty()) {
      items.put(
          "transform_abs",
          GoldenValue.array(
              rows.stream()
                  .map(row -> row.<Vector>getAs("axes").toArray())
                  .map(axes -> Arrays.stream(axes).map(Math::abs).toArray())
                  .toArray(double[][]::new)));
    }
  }
}
