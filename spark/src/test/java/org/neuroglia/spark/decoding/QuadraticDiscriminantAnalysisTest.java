package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;

class QuadraticDiscriminantAnalysisTest {
  private static String messageOf(QuadraticDiscriminantAnalysis qda, Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> qda.fit(rows)).getMessage();
  }

  @Test
  void aClassThatCannotBeFittedIsNamed() {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        "QuadraticDiscriminantAnalysis: class setosa has only 1 event, from which no covariance"
            + " follows; at least 2 are needed",
        messageOf(
            new QuadraticDiscriminantAnalysis(), trials.where("label != 'setosa' or event = 1")));
    assertEquals(
        "QuadraticDiscriminantAnalysis: class setosa has 3 events, too few for 3 neurons; give"
            + " regParam above 0",
        messageOf(
            new QuadraticDiscriminantAnalysis(), trials.where("label != 'setosa' or event < 9")));
  }

  @Test
  void settingsAreChecked() {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        "regParam must be 0 to 1, not 1.5",
        messageOf(new QuadraticDiscriminantAnalysis().setRegParam(1.5), trials));
    assertEquals(
        "the tolerance must not be negative",
        messageOf(new QuadraticDiscriminantAnalysis().setTol(-1), trials));
    assertEquals(
        "there are 2 priors for 3 classes",
        messageOf(new QuadraticDiscriminantAnalysis().setPriors(0.5, 0.5), trials));
  }

  @Test
  void paramsAndCovariancesAreSaved(@TempDir Path directory) throws Exception {
    QuadraticDiscriminantAnalysis qda =
        new QuadraticDiscriminantAnalysis()
            .setRegParam(0.25)
            .setPriors(0.2, 0.3, 0.5)
            .setTol(1e-3)
            .setStoreCovariance(true);
    qda.write().save(directory.resolve("qda").toString());
    QuadraticDiscriminantAnalysis loaded =
        QuadraticDiscriminantAnalysis.load(directory.resolve("qda").toString());
    assertEquals(0.25, loaded.getRegParam());
    assertEquals(1e-3, loaded.getTol());
    assertTrue(loaded.getStoreCovariance());
    assertArrayEquals(new double[] {0.2, 0.3, 0.5}, loaded.getPriors());

    QuadraticDiscriminantAnalysisModel model = loaded.fit(Trials.named(2));
    model.write().save(directory.resolve("model").toString());
    QuadraticDiscriminantAnalysisModel again =
        QuadraticDiscriminantAnalysisModel.load(directory.resolve("model").toString());
    assertEquals(model.priors(), again.priors());
    assertEquals(model.means(), again.means());
    assertEquals(3, model.covariances().size());
    assertEquals(model.covariances(), again.covariances());
    assertEquals(0, new QuadraticDiscriminantAnalysis().fit(Trials.named(2)).covariances().size());
  }

  @Test
  void aPriorOf0IsNeverPredicted() {
    Dataset<Row> decoded =
        new QuadraticDiscriminantAnalysis()
            .setPriors(0, 0.5, 0.5)
            .fit(Trials.named(2))
            .transform(Trials.named(2));
    assertEquals(0, decoded.where(col("prediction").equalTo("Virginica")).count());
    for (Row row : decoded.collectAsList()) {
      assertEquals(0, row.<Vector>getAs("probability").apply(0));
    }
  }
}
