package org.neuroglia.decoding.nulls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.TrainingSets;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.decoder.GaussianNB;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.decoder.QuadraticDiscriminantAnalysis;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.StratifiedKFold;

/** What nulls share must not show: each is predicted as by a cross-validation of its own. */
class NullScorerTest {
  private static final int NULLS = 12;

  /** Keeps every outcome, and how many nulls were fitted by themselves. */
  private static final class Recording extends NullTally {
    private final boolean[][] right; // [null × event]
    private int refits;

    Recording(int[][] nulls, int classes, int events) {
      super(nulls, classes);
      right = new boolean[nulls.length][events];
    }

    @Override
    public void add(int number, int fold, int[] events, boolean[] asPredicted) {
      for (int i = 0; i < events.length; i++) {
        right[number][events[i]] = asPredicted[i];
      }
      super.add(number, fold, events, asPredicted);
    }

    @Override
    public void add(int number, int fold, int[] events, int[] predicted) {
      refits++;
      super.add(number, fold, events, predicted);
    }
  }

  /** What a test is about. */
  private record Nulls(
      Responses rows, int[] y, int classes, Folds folds, int[][] nulls, Decoder decoder) {

    Nulls with(Decoder other) {
      return new Nulls(rows, y, classes, folds, nulls, other);
    }

    Recording score(boolean standardise) {
      Recording tally = new Recording(nulls, classes, rows.events());
      NullScorer.of(decoder, nulls, classes)
          .score(
              TrainingSets.of(decoder, standardise, rows, y, classes, List.of(folds)),
              folds,
              List.of(rows),
              List.of(tally.repeat(folds.count())));
      return tally;
    }

    /** Each null alone; what the two say may differ only where its two classes are level. */
    Recording assertAsEachAlone(boolean standardise) {
      Recording tally = score(standardise);
      double[] accuracy = tally.accuracy().scores();
      double[] balanced = tally.balancedAccuracy().scores();
      for (int i = 0; i < nulls.length; i++) {
        CrossValidation.Result alone =
            CrossValidation.run(decoder, standardise, rows, nulls[i], classes, folds);
        boolean level = false;
        for (int event = 0; event < rows.events(); event++) {
          int own = nulls[i][event];
          int predicted = alone.prediction()[event];
          if (predicted >= 0 && tally.right[i][event] != (predicted == own)) {
            double[] p = alone.probability();
            double best = 0;
            for (int k = 0; k < classes; k++) {
              best = k == own ? best : Math.max(best, p[event * classes + k]);
            }
            assertEquals(best, p[event * classes + own], 1e-9, "null " + i + ", event " + event);
            level = true;
          }
        }
        if (!level) {
          assertEquals(Arrays.stream(alone.accuracy()).sum() / folds.count(), accuracy[i]);
          assertEquals(
              ConfusionMatrix.of(nulls[i], alone.prediction(), classes).balancedAccuracy(),
              balanced[i]);
        }
      }
      return tally;
    }
  }

  /** Many classes take time, and are many cases in one. */
  private static int seeds(int classes) {
    return classes > 100 ? 1 : 3;
  }

  private static int[] labels(Random random, int events, int classes) {
    // Every class at least four times, then at random.
    int[] y = IntStream.range(0, events).map(i -> i < 4 * classes ? i % classes : -1).toArray();
    for (int i = 0; i < events; i++) {
      y[i] = y[i] < 0 ? random.nextInt(classes) : y[i];
    }
    return y;
  }

  private static Responses counts(Random random, int[] y, int neurons) {
    double[] values = new double[y.length * neurons];
    for (int i = 0; i < values.length; i++) {
      double rate = 3 + (y[i / neurons] * (i % neurons + 1)) % 5;
      values[i] = Math.rint(Math.max(0, rate + 2 * random.nextGaussian()));
    }
    return new Responses(values, y.length, neurons);
  }

  private static Nulls nulls(
      long seed, int events, int neurons, int classes, Solver solver, int folds) {
    Random random = new Random(seed);
    int[] y = labels(random, events, classes);
    SessionLabels session = new SessionLabels("s", y, classes);
    return new Nulls(
        counts(random, y, neurons),
        y,
        classes,
        StratifiedKFold.split(y, folds, seed),
        new NullLabels(NullLabels.Kind.SHUFFLE, NULLS, seed).draw(session),
        new LinearDiscriminantAnalysis(solver, Shrinkage.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "60, 1, 2, SVD, 2",
    "60, 5, 2, SVD, 5",
    "200, 30, 2, LSQR, 5",
    "200, 61, 2, SVD, 10",
    "90, 6, 3, SVD, 3",
    "90, 2, 3, LSQR, 3",
    "90, 1, 3, SVD, 3",
    "150, 7, 10, SVD, 5",
    "150, 9, 10, SVD, 5",
    "150, 10, 10, SVD, 5",
    "150, 25, 10, LSQR, 5",
    "600, 20, 119, SVD, 3",
    "700, 69, 119, LSQR, 3",
    "700, 130, 119, SVD, 3",
  })
  void nullsArePredictedAsEachAlone(
      int events, int neurons, int classes, Solver solver, int folds) {
    for (long seed = 1; seed <= seeds(classes); seed++) {
      Nulls nulls = nulls(seed, events, neurons, classes, solver, folds);
      Recording tally = nulls.assertAsEachAlone(seed % 2 == 0);
      // Of as many axes as neurons one may happen to be short.
      int most = neurons == classes - 1 ? 2 : 0;
      assertTrue(tally.refits <= most, tally.refits + " nulls were fitted by themselves");
    }
  }

  /** Fewer events than neurons among them, also in the training set alone. */
  @ParameterizedTest
  @CsvSource({"60, 8, 2", "60, 50, 2", "90, 120, 4"})
  void everyDecoderPredictsNullsAsEachAlone(int events, int neurons, int classes) {
    Nulls nulls = nulls(3, events, neurons, classes, Solver.SVD, 5);
    nulls.assertAsEachAlone(true);
    nulls.assertAsEachAlone(false);
    for (String name : List.of("centroid", "correlation", "gnb", "pnb", "ridge")) {
      Nulls other = nulls.with(Decoders.named(name));
      other.assertAsEachAlone(false);
      if (!name.equals("pnb")) {
        other.assertAsEachAlone(true);
      }
    }
    nulls.with(new LinearDiscriminantAnalysis(Solver.LSQR, Shrinkage.AUTO)).assertAsEachAlone(true);
    nulls
        .with(new QuadraticDiscriminantAnalysis(new double[0], 0.3, 1e-4, false))
        .assertAsEachAlone(true);
  }

  @Test
  void responsesFarFromZeroLoseNothing() {
    Nulls nulls = nulls(4, 120, 6, 2, Solver.SVD, 5);
    double[] values = nulls.rows.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = 1e6 + 0.37 * values[i] * (i % 6 + 1);
    }
    assertEquals(0, nulls.assertAsEachAlone(true).refits);
  }

  @Test
  void neuronsThatDoNotVaryHaveNoPart() {
    for (int classes : new int[] {2, 3, 10}) {
      Nulls nulls = nulls(5, 150, 6, classes, Solver.SVD, 5);
      for (int event = 0; event < 150; event++) {
        nulls.rows.values()[6 * event] = 7.3;
        nulls.rows.values()[6 * event + 3] = 0;
      }
      assertEquals(0, nulls.assertAsEachAlone(true).refits);
      assertEquals(0, nulls.assertAsEachAlone(false).refits);
    }
  }

  @Test
  void aNeuronThatVariesInOneFoldOnlyIsConstantForTheOther() {
    Nulls nulls = nulls(6, 100, 4, 2, Solver.SVD, 5);
    int varying = nulls.folds.test(2)[1];
    for (int event = 0; event < 100; event++) {
      nulls.rows.values()[4 * event + 1] = event == varying ? 5 : 0.1;
    }
    nulls.assertAsEachAlone(true);
  }

  @ParameterizedTest
  @CsvSource({"2, SVD", "2, LSQR", "3, SVD", "10, SVD", "10, LSQR"})
  void duplicatedNeuronsAreFittedOneByOne(int classes, Solver solver) {
    Nulls nulls = nulls(7, 150, 6, classes, solver, 5);
    for (int event = 0; event < 150; event++) {
      nulls.rows.values()[6 * event + 5] = nulls.rows.values()[6 * event] + 1;
    }
    assertEquals(NULLS * 5, nulls.assertAsEachAlone(true).refits);
  }

  @ParameterizedTest
  @CsvSource({"2", "3"})
  void moreNeuronsThanEventsAreFittedOneByOne(int classes) {
    Nulls nulls = nulls(8, 30, 40, classes, Solver.SVD, 3);
    assertEquals(NULLS * 3, nulls.assertAsEachAlone(true).refits);
  }

  @Test
  void almostAsManyNeuronsAsEventsArePredictedAsEachAlone() {
    for (int neurons = 60; neurons < 84; neurons += 8) {
      nulls(9, 100, neurons, 2, Solver.SVD, 5).assertAsEachAlone(true);
      nulls(9, 100, neurons, 3, Solver.SVD, 5).assertAsEachAlone(true);
    }
  }

  @Test
  void aNeuronThatIsConstantWithinEachNullClassIsLeftToAFit() {
    Nulls nulls = nulls(10, 80, 4, 2, Solver.SVD, 4);
    for (int event = 0; event < 80; event++) {
      nulls.rows.values()[4 * event + 2] = nulls.nulls[3][event];
    }
    assertEquals(4, nulls.assertAsEachAlone(true).refits);
  }

  @Test
  void axesOnWhichMeansHardlyDifferAreLeftToAFit() {
    Nulls nulls = nulls(11, 200, 2, 3, Solver.SVD, 2);
    int[] tested = nulls.folds.test(0);
    for (int event = 0; event < 200; event++) { // class means on a line, but for 1e-6
      int own = nulls.nulls[0][event];
      nulls.rows.values()[2 * event] = 10 * own + event % 7;
      nulls.rows.values()[2 * event + 1] = event * event % 11;
    }
    for (int fold = 0; fold < 2; fold++) {
      for (int k = 0; k < 3; k++) {
        int code = k;
        int[] members =
            Arrays.stream(nulls.folds.test(fold))
                .filter(event -> nulls.nulls[0][event] == code)
                .toArray();
        double mean =
            Arrays.stream(members)
                .mapToDouble(event -> nulls.rows.values()[2 * event + 1])
                .average()
                .orElseThrow();
        for (int event : members) {
          nulls.rows.values()[2 * event + 1] -= mean;
        }
        double along =
            Arrays.stream(members)
                .mapToDouble(event -> nulls.rows.values()[2 * event] - 10 * code)
                .average()
                .orElseThrow();
        for (int event : members) {
          nulls.rows.values()[2 * event] -= along;
        }
      }
    }
    assertTrue(tested.length > 0);
    assertTrue(nulls.assertAsEachAlone(true).refits >= 2);
  }

  @Test
  void aClassThatATrainingSetHasNotIsNotPredicted() {
    for (int classes : new int[] {3, 4, 12}) {
      Nulls nulls = nulls(12, 160, 6, classes, Solver.SVD, 4);
      int[] tested = nulls.folds.test(1);
      for (int[] labels : nulls.nulls) {
        for (int event = 0; event < labels.length; event++) {
          if (labels[event] == classes - 1) {
            labels[event] = 0;
          }
        }
        labels[tested[0]] = classes - 1;
        labels[tested[3]] = classes - 1;
      }
      assertEquals(0, nulls.assertAsEachAlone(true).refits);
    }
  }

  @Test
  void ofOneClassInATrainingSetThatIsPredicted() {
    for (int classes : new int[] {2, 3}) {
      Nulls nulls = nulls(13, 60, 4, classes, Solver.SVD, 3);
      int[] tested = nulls.folds.test(1);
      Arrays.fill(nulls.nulls[0], 1);
      nulls.nulls[0][tested[0]] = 0;
      Recording tally = nulls.score(true);
      for (int fold = 0; fold < 3; fold++) {
        for (int event : nulls.folds.test(fold)) {
          if (fold == 1) {
            assertEquals(event != tested[0], tally.right[0][event]);
          }
        }
      }
    }
  }

  @Test
  void eventsThatNoFoldTestsAreTrainedOn() {
    Nulls all = nulls(14, 120, 5, 3, Solver.SVD, 4);
    int[] fold = Arrays.stream(all.folds.fold()).map(f -> f == 3 ? -1 : f).toArray();
    new Nulls(all.rows, all.y, 3, new Folds(fold, 3, ""), all.nulls, all.decoder)
        .assertAsEachAlone(true);
  }

  @ParameterizedTest
  @CsvSource({"60, 1, 2", "200, 30, 2", "90, 6, 3", "150, 7, 10", "600, 20, 119", "40, 60, 2"})
  void naiveBayesPredictsNullsAsEachAlone(int events, int neurons, int classes) {
    for (long seed = 1; seed <= seeds(classes); seed++) {
      Nulls nulls = nulls(seed, events, neurons, classes, Solver.SVD, 4).with(new GaussianNB());
      assertEquals(0, nulls.assertAsEachAlone(true).refits);
      assertEquals(0, nulls.assertAsEachAlone(false).refits);
      for (int i = 0; i < nulls.rows.values().length; i++) {
        nulls.rows.values()[i] = 0.37 * nulls.rows.values()[i] + 100;
      }
      nulls.assertAsEachAlone(true);
      nulls.assertAsEachAlone(false);
    }
  }

  @Test
  void naiveBayesOfNeuronsThatDoNotVaryInAClass() {
    for (double step : new double[] {1, 0.1}) {
      Nulls nulls = nulls(16, 90, 4, 3, Solver.SVD, 3).with(new GaussianNB());
      for (int event = 0; event < 90; event++) {
        nulls.rows.values()[4 * event] = 7 * step;
        nulls.rows.values()[4 * event + 2] = nulls.nulls[0][event] == 1 ? 3 * step : event % 5;
        nulls.rows.values()[4 * event + 3] = nulls.nulls[1][event] * step;
      }
      Recording standardised = nulls.assertAsEachAlone(true);
      nulls.assertAsEachAlone(false);
      assertEquals(step == 1, standardised.refits == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"lda, 0.3", "eigen, 0", "knn, 0", "qda, 0"})
  void otherDecodersAreFittedToEachNull(String name, double shrinkage) {
    Nulls lda = nulls(15, 120, 5, 3, Solver.SVD, 4);
    Decoder decoder =
        switch (name) {
          case "lda" ->
              new LinearDiscriminantAnalysis(
                  Solver.LSQR, Shrinkage.parse(Double.toString(shrinkage)));
          case "eigen" -> new LinearDiscriminantAnalysis(Solver.EIGEN, Shrinkage.NONE);
          default -> Decoders.named(name);
        };
    Nulls nulls = lda.with(decoder);
    assertEquals(NULLS * 4, nulls.assertAsEachAlone(true).refits);
    nulls.assertAsEachAlone(false);
  }
}
