package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.StratifiedKFold;

/** Products of events give what products of neurons give. */
class FewerEventsThanNeuronsTest {
  private static final int N = 40;
  private static final int P = 70;
  private static final int[] Y = IntStream.range(0, N).map(i -> i * i % 11 % 3).toArray();

  private static Responses rows(int events, int neurons, long seed) {
    Random random = new Random(seed);
    double[] values = new double[events * neurons];
    for (int i = 0; i < values.length; i++) {
      int j = i % neurons;
      values[i] = 100 + (1 + j % 5) * random.nextGaussian() + i / neurons % 3 * (j % 4);
    }
    return new Responses(values, events, neurons);
  }

  private static Responses trained() {
    Responses rows = rows(N, P, 1);
    for (int i = 0; i < N; i++) {
      rows.values()[i * P + 5] = 0.1; // never varies
      rows.values()[i * P + 6] = Y[i]; // not within a class
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"false, ''", "true, ''", "false, 0.2;0.5;0.3", "true, 0.2;0.5;0.3"})
  void svdIsTheSame(boolean twins, String priorText) {
    double[] priors = priors(priorText);
    Responses rows = trained();
    if (twins) { // events of the same response cost rank
      System.arraycopy(rows.values(), first(1, 0) * P, rows.values(), first(1, 1) * P, P);
    }
    LinearDiscriminantAnalysis svd =
        new LinearDiscriminantAnalysis(Solver.SVD, Shrinkage.NONE, priors, 0, 1e-4, false);
    LinearDiscriminantModel expected = svd.fit(ClassMoments.of(rows, Y, 3));
    LinearDiscriminantModel actual = svd.fit(rows, Y, 3);
    Responses others = rows(9, P, 2);
    assertArrayEquals(expected.decision(others), actual.decision(others), 1e-6);
    assertArrayEquals(expected.explainedVarianceRatio(), actual.explainedVarianceRatio(), 1e-9);
    assertEquals(0, actual.coefficients()[5]);
    assertEquals(0, actual.coefficients()[6]);
  }

  /** Taking the class means out costs a rank per class. */
  @ParameterizedTest
  @ValueSource(ints = {70, 72, 73})
  void aFewEventsMoreThanNeuronsMakeNoDifference(int events) {
    Responses rows = rows(events, P, 3);
    int[] y = IntStream.range(0, events).map(i -> i % 3).toArray();
    Responses others = rows(9, P, 2);
    for (Solver solver : new Solver[] {Solver.SVD, Solver.LSQR}) {
      LinearDiscriminantAnalysis lda = new LinearDiscriminantAnalysis(solver, Shrinkage.NONE);
      double[] expected = lda.fit(ClassMoments.of(rows, y, 3)).decision(others);
      double[] actual = lda.fitForPrediction(rows, y, 3).decision(others);
      double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertArrayEquals(expected, actual, 1e-6 * size, solver.toString());
    }
  }

  /** The place of a member of a class. */
  private static int first(int code, int skipped) {
    return IntStream.range(0, N).filter(i -> Y[i] == code).skip(skipped).findFirst().orElseThrow();
  }

  private static double[] priors(String text) {
    return text.isEmpty()
        ? new double[0]
        : Arrays.stream(text.split(";")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "lsqr, none, ''",
    "lsqr, 0.3, ''",
    "lsqr, 0.3, 0.2;0.5;0.3",
    "lsqr, 1e-13, ''",
    "lsqr, 1, ''",
    "lsqr, auto, ''",
    "lsqr, auto, 0.2;0.5;0.3",
    "eigen, 0.3, ''",
    "eigen, auto, ''",
    "eigen, auto, 0.2;0.5;0.3"
  })
  void coefficientsAreTheSame(String solver, String shrinkage, String priorText) {
    Responses rows = trained();
    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis(
            Solver.parse(solver), Shrinkage.parse(shrinkage), priors(priorText), 0, 1e-4, false);
    LinearDiscriminantModel expected = lda.fit(rows, Y, 3);
    LinearDiscriminantModel actual = lda.fitForPrediction(rows, Y, 3);
    double size = 0;
    for (double c : expected.coefficients()) {
      size = Math.max(size, Math.abs(c));
    }
    assertArrayEquals(expected.coefficients(), actual.coefficients(), 1e-8 * size);
    assertArrayEquals(expected.priors(), actual.priors());
    Responses others = rows(9, P, 2);
    assertArrayEquals(expected.predict(others), actual.predict(others));
  }

  @Test
  void eigenWithoutShrinkageIsRefused() {
    LinearDiscriminantAnalysis eigen = new LinearDiscriminantAnalysis(Solver.EIGEN, Shrinkage.NONE);
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> eigen.fitForPrediction(trained(), Y, 3));
    assertEquals(
        "the within-class covariance is singular: 40 events of 3 classes are too few for 70 neurons;"
            + " use the solver svd, or shrinkage",
        error.getMessage());
  }

  @Test
  void noVarianceWithinClassesLeavesNothingToDecodeWith() {
    Responses rows = Responses.of(new double[][] {{1, 2, 3, 4}, {1, 2, 3, 4}, {5, 2, 1, 0}});
    assertThrows(
        InvalidInputException.class,
        () -> new LinearDiscriminantAnalysis().fit(rows, new int[] {0, 0, 1}, 2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.4, 1})
  void quadraticDiscriminantIsTheSame(double regParam) {
    Responses rows = trained();
    QuadraticDiscriminantAnalysis qda =
        new QuadraticDiscriminantAnalysis(new double[0], regParam, 1e-4, false);
    DecoderModel expected = qda.fit(rows, Y, 3);
    DecoderModel actual = qda.fitForPrediction(rows, Y, 3);
    assertTrue(!expected.getClass().equals(actual.getClass()));
    Responses others = rows(300, P, 2);
    double[] decision = expected.decision(others);
    double[] wide = actual.decision(others);
    for (int i = 0; i < decision.length; i++) {
      assertEquals(decision[i], wide[i], 1e-9 * Math.abs(decision[i]));
    }
  }

  /** One class has more events than there are neurons. */
  @Test
  void classesOfEverySizeAreTaken() {
    int[] y = IntStream.range(0, N).map(i -> i < 6 ? 0 : i < 12 ? 1 : 2).toArray();
    Responses rows = rows(N, 20, 4);
    QuadraticDiscriminantAnalysis qda =
        new QuadraticDiscriminantAnalysis(new double[0], 0.2, 1e-4, false);
    assertArrayEquals(
        qda.fit(rows, y, 3).decision(rows), qda.fitForPrediction(rows, y, 3).decision(rows), 1e-8);
    UnfitClassException error =
        assertThrows(
            UnfitClassException.class,
            () -> new QuadraticDiscriminantAnalysis().fitForPrediction(rows, y, 3));
    assertEquals(
        "class 0 (counted from 0) has 6 events, too few for 20 neurons; give regParam above 0",
        error.getMessage());
  }

  /** Matrices [neuron × neuron] alone would be 72 MB each. */
  @Test
  void aSessionOfThousandsOfNeuronsIsDecoded() {
    Responses rows = rows(300, 3000, 5);
    int[] y = IntStream.range(0, 300).map(i -> i % 3).toArray();
    for (Decoder decoder :
        new Decoder[] {
          new LinearDiscriminantAnalysis(),
          new LinearDiscriminantAnalysis(Solver.LSQR, Shrinkage.AUTO),
          new QuadraticDiscriminantAnalysis(new double[0], 0.5, 1e-4, false),
          new RidgeClassifier()
        }) {
      CrossValidation.Result result =
          CrossValidation.run(decoder, true, rows, y, 3, StratifiedKFold.split(y, 3));
      for (double accuracy : result.accuracy()) {
        assertTrue(accuracy > 0.7, decoder + ": " + accuracy);
      }
    }
  }
}
