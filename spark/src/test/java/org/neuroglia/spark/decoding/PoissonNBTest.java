package org.neuroglia.spark.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

/** It takes counts alone; what holds of every decoder is therefore tested here again. */
class PoissonNBTest {
  private static List<Row> decoded(Dataset<Row> decoded) {
    return decoded
        .orderBy("event")
        .select("event", "rawPrediction", "probability", "prediction")
        .collectAsList();
  }

  private static String messageOf(PoissonNB bayes, Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> bayes.fit(rows)).getMessage();
  }

  @Test
  void everyPartitioningGivesTheSameToTheBit() {
    Dataset<Row> trials = Trials.named(1);
    List<Row> one = decoded(new PoissonNB().fit(trials).transform(trials));
    for (int partitions : new int[] {2, 7, 50}) {
      Dataset<Row> many = Trials.named(partitions);
      assertEquals(one, decoded(new PoissonNB().fit(many).transform(many)));
    }
    assertTrue(
        new ClassificationEvaluator().evaluate(new PoissonNB().fit(trials).transform(trials))
            > 0.6);
  }

  @Test
  void theModelEqualsTheArithmetic() {
    Responses rows = Responses.of(Trials.responses(true).toArray(new double[0][]));
    int[] y = IntStream.range(0, Trials.EVENTS).map(i -> i % 3).toArray();
    Dataset<Row> trials = Trials.of(Trials.responses(true), DataTypes.LongType, i -> i % 3L, 4);
    double[] actual =
        decoded(new PoissonNB().fit(trials).transform(trials)).stream()
            .flatMapToDouble(row -> Arrays.stream(row.<Vector>getAs("probability").toArray()))
            .toArray();
    assertArrayEquals(
        new org.neuroglia.decoding.decoder.PoissonNB().fit(rows, y, 3).probability(rows),
        actual,
        1e-12);
  }

  @Test
  void settingsAreChecked() {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        "binWidth must be above 0 seconds, not 0.0",
        messageOf(new PoissonNB().setBinWidth(0), trials));
    assertEquals(
        "smoothing must be 0 spikes/s or more, not -1.0",
        messageOf(new PoissonNB().setSmoothing(-1), trials));
    assertEquals(
        "there are 2 priors for 3 classes", messageOf(new PoissonNB().setPriors(0.5, 0.5), trials));
    assertEquals(
        "a prior is uniform or given by numbers, not both",
        messageOf(new PoissonNB().setPriors(0.2, 0.3, 0.5).setUniformPrior(true), trials));
  }

  @Test
  void negativeFeaturesAreRefusedWhereverTheyAre() {
    List<double[]> rows = Trials.responses(true);
    rows.get(77)[1] = -2;
    assertEquals(
        "Poisson naive Bayes takes counts of spikes, 0 or more and not standardised, but a"
            + " response of neuron 1 (counted from 0) is -2.0",
        messageOf(new PoissonNB(), Trials.of(rows, DataTypes.IntegerType, i -> i % 3, 2)));
  }

  @Test
  void paramsAndRatesAreSaved(@TempDir Path directory) throws Exception {
    new PoissonNB()
        .setUniformPrior(true)
        .setBinWidth(0.25)
        .setSmoothing(0.5)
        .write()
        .save(directory.resolve("bayes").toString());
    PoissonNB loaded = PoissonNB.load(directory.resolve("bayes").toString());
    assertTrue(loaded.getUniformPrior());
    assertEquals(0.25, loaded.getBinWidth());
    assertEquals(0.5, loaded.getSmoothing());
    Dataset<Row> trials = Trials.named(2);
    PoissonNBModel model = loaded.fit(trials);
    assertEquals(1.0 / 3, model.priors().apply(1));
    model.write().save(directory.resolve("model").toString());
    PoissonNBModel again = PoissonNBModel.load(directory.resolve("model").toString());
    assertEquals(model.priors(), again.priors());
    assertEquals(model.rates(), again.rates());
    assertEquals(decoded(model.transform(trials)), decoded(again.transform(trials)));
  }
}
