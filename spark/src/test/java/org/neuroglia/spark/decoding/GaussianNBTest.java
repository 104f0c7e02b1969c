package org.neuroglia.spark.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;

class GaussianNBTest {
  private static String messageOf(GaussianNB bayes, Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> bayes.fit(rows)).getMessage();
  }

  @Test
  void settingsAreChecked() {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        "varSmoothing must be 0 or more, not -1.0",
        messageOf(new GaussianNB().setVarSmoothing(-1), trials));
    assertEquals(
        "the sum of the priors must be 1, not 1.5",
        messageOf(new GaussianNB().setPriors(0.5, 0.5, 0.5), trials));
    assertEquals(
        "there are 2 priors for 3 classes",
        messageOf(new GaussianNB().setPriors(0.5, 0.5), trials));
  }

  @Test
  void aNeuronThatIsSilentInAClassNeedsSmoothing() {
    List<double[]> rows = Trials.responses(true);
    for (int i = 1; i < rows.size(); i += 3) {
      rows.get(i)[0] = 0;
    }
    Dataset<Row> trials =
        Trials.of(rows, DataTypes.StringType, i -> i % 3 == 1 ? "rest" : "run", 3);
    assertEquals(
        "GaussianNB: class rest has a neuron, 0 (counted from 0), whose response does not vary;"
            + " give varSmoothing above 0",
        messageOf(new GaussianNB().setVarSmoothing(0), trials));
    GaussianNBModel model = new GaussianNB().fit(trials);
    assertEquals(model.epsilon(), model.variances().apply(0, 0));
  }

  @Test
  void paramsAndMomentsAreSaved(@TempDir Path directory) throws Exception {
    new GaussianNB()
        .setPriors(0.2, 0.3, 0.5)
        .setVarSmoothing(0.01)
        .write()
        .save(directory.resolve("bayes").toString());
    GaussianNB loaded = GaussianNB.load(directory.resolve("bayes").toString());
    assertEquals(0.01, loaded.getVarSmoothing());
    assertArrayEquals(new double[] {0.2, 0.3, 0.5}, loaded.getPriors());
    GaussianNBModel model = loaded.fit(Trials.named(2));
    model.write().save(directory.resolve("model").toString());
    GaussianNBModel again = GaussianNBModel.load(directory.resolve("model").toString());
    assertEquals(model.priors(), again.priors());
    assertEquals(model.means(), again.means());
    assertEquals(model.variances(), again.variances());
    assertEquals(model.epsilon(), again.epsilon());
  }
}
