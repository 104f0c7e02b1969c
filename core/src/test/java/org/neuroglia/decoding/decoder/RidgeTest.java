package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.SavedFolds;
import org.neuroglia.decoding.crossval.RegressionCrossValidation;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.RegressionMoments;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.KFold;
import org.neuroglia.decoding.split.Responses;

class RidgeTest {
  static Stream<SavedFolds> data() {
    return SavedFolds.all().stream();
  }

  @ParameterizedTest
  @MethodSource("data")
  void foldsArePredictedAsByScikitLearn(SavedFolds data) {
    JsonNode saved = data.saved().get("regressed");
    double[] target = SavedFolds.value(saved.get("target"), double[].class);
    for (JsonNode expected : saved.get("cases")) {
      RegressionCrossValidation.Result result =
          RegressionCrossValidation.run(
              expected.get("alpha").asDouble(),
              expected.get("standardise").asBoolean(),
              data.rows(),
              target,
              KFold.split(target.length, 5));
      String name = "alpha " + expected.get("alpha") + " " + expected.get("standardise");
      assertClose(expected.get("prediction"), result.prediction(), name);
      assertClose(expected.get("r2"), result.r2(), name);
      assertClose(expected.get("correlation"), result.correlation(), name);
    }
  }

  private static void assertClose(JsonNode expected, double[] actual, String name) {
    assertArrayEquals(SavedFolds.value(expected, double[].class), actual, 1e-9, name);
  }

  private static Responses rows(int events, int neurons) {
    Random random = new Random(8);
    return new Responses(random.doubles((long) events * neurons, 0, 10).toArray(), events, neurons);
  }

  private static double[][] targets(int targets, int events) {
    Random random = new Random(9);
    return IntStream.range(0, targets)
        .mapToObj(t -> random.doubles(events, 50, 60).toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 90})
  void manyTargetsAtOnceAreEachAsAlone(int neurons) {
    Responses rows = rows(60, neurons);
    double[][] targets = targets(5, 60);
    Folds folds = KFold.split(60, 4, 3);
    List<RegressionCrossValidation.Result> together =
        RegressionCrossValidation.run(2, true, rows, targets, folds);
    for (int t = 0; t < 5; t++) {
      RegressionCrossValidation.Result alone =
          RegressionCrossValidation.run(2, true, rows, targets[t], folds);
      assertArrayEquals(alone.prediction(), together.get(t).prediction(), 1e-10);
      assertArrayEquals(alone.r2(), together.get(t).r2(), 1e-10);
      assertArrayEquals(alone.correlation(), together.get(t).correlation(), 1e-10);
    }
  }

  @Test
  void momentsAndRowsGiveTheSame() {
    Responses rows = rows(30, 45);
    double[][] targets = targets(3, 30);
    RegressionMoments moments = RegressionMoments.like(rows, targets);
    moments.add(rows, targets);
    RidgeModel small = new Ridge(0.5).fit(moments);
    RidgeModel dual = new Ridge(0.5).fit(rows, targets);
    assertArrayEquals(small.coefficients(), dual.coefficients(), 1e-9);
    assertArrayEquals(small.intercepts(), dual.intercepts(), 1e-7);
  }

  @Test
  void momentsAddAndSubtract() {
    Responses rows = rows(50, 4);
    double[][] targets = targets(2, 50);
    RegressionMoments total = RegressionMoments.like(rows, targets);
    total.add(rows, targets);
    RegressionMoments part = total.none();
    part.add(rows, targets, IntStream.range(0, 20).toArray());
    RegressionMoments rest = total.none();
    rest.add(rows, targets, IntStream.range(20, 50).toArray());
    RidgeModel expected = new Ridge().fit(rest);
    assertArrayEquals(
        expected.coefficients(), new Ridge().fit(total.minus(part)).coefficients(), 1e-11);
    part.merge(rest);
    assertEquals(50, part.events());
    assertArrayEquals(
        new Ridge().fit(total).coefficients(), new Ridge().fit(part).coefficients(), 1e-11);
    RegressionMoments other = RegressionMoments.like(rows(9, 4), targets(2, 9));
    assertThrows(IllegalArgumentException.class, () -> total.minus(other));
  }

  @Test
  void someNeuronsOnlyAreAsIfThereWereNoOthers() {
    Responses rows = rows(50, 6);
    double[][] targets = targets(2, 50);
    RegressionMoments all = RegressionMoments.like(rows, targets);
    all.add(rows, targets);
    int[] chosen = {4, 1, 5};
    double[][] kept =
        IntStream.range(0, 50)
            .mapToObj(i -> IntStream.of(chosen).mapToDouble(j -> rows.get(i, j)).toArray())
            .toArray(double[][]::new);
    assertArrayEquals(
        new Ridge().fit(Responses.of(kept), targets).coefficients(),
        new Ridge().fit(all.select(chosen)).coefficients(),
        1e-12);
  }

  @Test
  void leastSquaresFindWhatIsLinear() {
    Responses rows = rows(40, 3);
    double[] target =
        IntStream.range(0, 40).mapToDouble(i -> 2 + rows.get(i, 0) - 3 * rows.get(i, 2)).toArray();
    RidgeModel model = new Ridge(0).fit(rows, new double[][] {target});
    assertArrayEquals(new double[] {1, 0, -3}, model.coefficients(), 1e-10);
    assertArrayEquals(new double[] {2}, model.intercepts(), 1e-10);
    assertArrayEquals(target, model.predict(rows), 1e-9);
  }

  @Test
  void aNeuronThatDoesNotVaryHasNoWeight() {
    Responses rows = rows(40, 3);
    IntStream.range(0, 40).forEach(i -> rows.values()[3 * i + 1] = 0.1);
    assertEquals(0, new Ridge().fit(rows, targets(1, 40)).coefficients()[1]);
    int[] y = IntStream.range(0, 40).map(i -> i % 3).toArray();
    ClassMoments moments = ClassMoments.of(rows, y, 3);
    assertEquals(0, new RidgeClassifier().fit(moments).coefficients()[1]);
  }

  @Test
  void scoresOfConstantTargetsAreScikitLearns() {
    assertEquals(1, RegressionCrossValidation.r2(new double[] {3, 3}, new double[] {3, 3}));
    assertEquals(0, RegressionCrossValidation.r2(new double[] {3, 3}, new double[] {3, 4}));
    assertTrue(Double.isNaN(RegressionCrossValidation.r2(new double[] {3}, new double[] {3})));
    assertTrue(
        Double.isNaN(
            RegressionCrossValidation.correlation(new double[] {3, 3}, new double[] {1, 2})));
  }

  @Test
  void foldsWithoutClassesAreScikitLearns() {
    int[] fold = KFold.split(23, 5).fold();
    JsonNode saved = SavedFolds.root().get("folds").get("23 in 5");
    assertArrayEquals(SavedFolds.value(saved, int[].class), fold);
    int[] shuffled = KFold.split(23, 5, 1).fold();
    assertArrayEquals(fold, IntStream.of(shuffled).sorted().toArray());
    assertTrue(!Arrays.equals(fold, shuffled));
    assertArrayEquals(shuffled, KFold.split(23, 5, 1).fold());
    assertThrows(InvalidInputException.class, () -> KFold.split(23, 1));
    assertThrows(InvalidInputException.class, () -> KFold.split(3, 4));
  }

  @Test
  void badSettingsAndInputAreRefused() {
    Responses rows = rows(20, 3);
    double[][] target = targets(1, 20);
    assertThrows(InvalidInputException.class, () -> new Ridge(-1));
    assertThrows(InvalidInputException.class, () -> new RidgeClassifier(Double.NaN));
    assertThrows(InvalidInputException.class, () -> new Ridge().fit(rows, targets(1, 19)));
    double[][] nan = targets(1, 20);
    nan[0][7] = Double.NaN;
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> new Ridge().fit(rows, nan));
    assertEquals(
        "the target of event 7 (counted from 0) is NaN; regression takes finite numbers only",
        error.getMessage());
    for (int i = 0; i < 20; i++) {
      rows.values()[3 * i] = 2 * rows.get(i, 1) - rows.get(i, 2);
    }
    InvalidInputException collinear =
        assertThrows(InvalidInputException.class, () -> new Ridge(0).fit(rows, target));
    assertEquals(
        "with alpha = 0.0 the regression has no single solution; give a larger alpha",
        collinear.getMessage());
    RidgeModel model = new Ridge().fit(rows, target);
    assertEquals(0, model.predict(new Responses(new double[0], 0, 3)).length);
    assertThrows(InvalidInputException.class, () -> model.predict(rows(2, 2)));
    int[] one = new int[20];
    assertThrows(InvalidInputException.class, () -> new RidgeClassifier().fit(rows, one, 1));
  }
}
