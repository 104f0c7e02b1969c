package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.decoding.QuadraticDiscriminantAnalysis;
import org.neuroglia.spark.decoding.QuadraticDiscriminantAnalysisModel;

final class QuadraticDiscriminantAnalysisAdapter
    extends DecoderAdapter<QuadraticDiscriminantAnalysisModel> {
  @Override
  QuadraticDiscriminantAnalysis stage(GoldenCase golden) {
    QuadraticDiscriminantAnalysis qda =
        new QuadraticDiscriminantAnalysis()
            .setRegParam(golden.params().path("reg_param").asDouble(0));
    return golden.has("priors") ? qda.setPriors(golden.doubles("priors")) : qda;
  }

  @Override
  void add(
      Map<String, GoldenValue> items, QuadraticDiscriminantAnalysisModel model, List<Row> rows) {
    items.put("priors", vector(model.priors()));
    items.put("means", matrix(model.means()));
    items.put(
        "decision_function",
        model.numClasses() > 2
            ? column(rows, "rawPrediction")
            : numbers(rows, "rawPrediction", raw -> raw.apply(1) - raw.apply(0)));
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    if (!golden.name().equals("wide_reg_0.5")) {
      return super.better(golden);
    }
    assertThrows(
        InvalidInputException.class, () -> stage(golden).setRegParam(0).fit(train(golden)));
    QuadraticDiscriminantAnalysisModel model =
        stage(golden).setStoreCovariance(true).fit(train(golden));
    List<Row> rows = train(golden).collectAsList();
    Object label = rows.get(0).getAs("label");
    double[][] own =
        rows.stream()
            .filter(row -> row.getAs("label").equals(label))
            .map(row -> row.<Vector>getAs("features").toArray())
            .toArray(double[][]::new);
    int code = Arrays.asList(model.classLabels()).indexOf(label.toString());
    Matrix covariance = model.covariances().get(code);
    for (int i = 0; i < 12; i++) {
      double[] row = new double[12];
      double[] expected = new double[12];
      for (int j = 0; j < 12; j++) {
        row[j] = covariance.apply(i, j);
        expected[j] = 0.5 * covariance(own, i, j) + (i == j ? 0.5 : 0);
      }
      assertArrayEquals(expected, row, 1e-12);
    }
    for (Row row : model.transform(train(golden)).collectAsList()) {
      double sum = Arrays.stream(row.<Vector>getAs("probability").toArray()).sum();
      assertEquals(1, sum, 1e-12);
    }
    return "with regParam above 0 classes may have fewer events than features";
  }

  private static double covariance(double[][] rows, int i, int j) {
    double meanI = Arrays.stream(rows).mapToDouble(row -> row[i]).average().orElseThrow();
    double meanJ = Arrays.stream(rows).mapToDouble(row -> row[j]).average().orElseThrow();
    return Arrays.stream(rows)
        .mapToDouble(row -> (row[i] - meanI) * (row[j] - meanJ))
        .average()
        .orElseThrow();
  }
}
