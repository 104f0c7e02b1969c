package org.neuroglia.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.RegressionCrossValidation;
import org.neuroglia.decoding.split.KFold;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;

class SessionRegressorTest {
  private static final int EVENTS = 40;
  private static final int NEURONS = 6;
  private static final double[] VALUES = {-1, 0.5, 2, 7};

  private final Random random = new Random(1);
  private final int[] y = random.ints(EVENTS, 0, VALUES.length).toArray();
  private final SessionLabels labels = new SessionLabels("s", y, VALUES.length);
  private final Responses rows = responses();

  private Responses responses() {
    double[] values = new double[EVENTS * NEURONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() + VALUES[y[i / NEURONS]] * (i % NEURONS) / 10;
    }
    return new Responses(values, EVENTS, NEURONS);
  }

  private static double[] valuesOf(int[] codes) {
    return Arrays.stream(codes).mapToDouble(code -> VALUES[code]).toArray();
  }

  private SessionRegression regression(Splits splits, NullLabels nulls) {
    return new SessionRegressor(3, true, splits, nulls, labels, VALUES).decode(rows);
  }

  @Test
  void stratifiedFoldsAreKFoldsAndRepeatsAreMeans() {
    SessionRegression one = regression(Splits.stratified(5), NullLabels.NONE);
    RegressionCrossValidation.Result expected =
        RegressionCrossValidation.run(3, true, rows, valuesOf(y), KFold.split(EVENTS, 5));
    assertArrayEquals(expected.prediction(), one.repeats().get(0).prediction());
    assertArrayEquals(expected.r2(), one.repeats().get(0).r2());
    assertTrue(Double.isNaN(one.pValue()));

    SessionRegression three = regression(Splits.stratified(4, 3, 8), NullLabels.NONE);
    assertEquals(3, three.repeats().size());
    assertArrayEquals(
        KFold.split(EVENTS, 4, 8).fold(), three.repeats().get(0).folds().fold(), "the seed's own");
    double mean =
        three.repeats().stream()
            .flatMapToDouble(repeat -> Arrays.stream(repeat.r2()))
            .average()
            .orElseThrow();
    assertEquals(mean, three.r2(), 1e-14);
  }

  @Test
  void nullTargetsScoreAsTheyWouldByThemselves() {
    NullLabels nulls = new NullLabels(NullLabels.Kind.SHUFFLE, 19, 4);
    SessionRegression decoded = regression(Splits.stratified(5), nulls);
    assertEquals(1.0 / 20, decoded.pValue(), 1e-15);
    int[][] drawn = nulls.draw(labels);
    for (int i = 0; i < drawn.length; i++) {
      double[] r2 =
          RegressionCrossValidation.run(3, true, rows, valuesOf(drawn[i]), KFold.split(EVENTS, 5))
              .r2();
      assertEquals(Arrays.stream(r2).average().orElseThrow(), decoded.nullR2().scores()[i], 1e-12);
    }
    assertEquals(regression(Splits.stratified(5), NullLabels.NONE).r2(), decoded.r2(), 1e-12);
  }

  @Test
  void targetsOfDonorsAreTheirOwnValues() {
    int[] foreign = new int[EVENTS];
    Arrays.setAll(foreign, i -> 4 + i % 2);
    double[] values = {-1, 0.5, 2, 7, 100, 101};
    SessionLabels donated = labels.withDonors(new int[][] {foreign}, 6);
    SessionRegression decoded =
        new SessionRegressor(
                3,
                true,
                Splits.stratified(5),
                new NullLabels(NullLabels.Kind.OTHER_SESSION, 1, 0),
                donated,
                values)
            .decode(rows);
    double[] target = Arrays.stream(foreign).mapToDouble(code -> values[code]).toArray();
    double[] r2 = RegressionCrossValidation.run(3, true, rows, target, KFold.split(EVENTS, 5)).r2();
    assertEquals(Arrays.stream(r2).average().orElseThrow(), decoded.nullR2().scores()[0], 1e-12);
  }

  @Test
  void whatHasNoVarianceToExplainIsRefused() {
    int[] alone = new int[EVENTS];
    Arrays.setAll(alone, i -> i);
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () ->
                new SessionRegressor(
                        1,
                        true,
                        Splits.leaveOneGroupOut(),
                        NullLabels.NONE,
                        labels.withGroups(alone),
                        VALUES)
                    .decode(rows));
    assertTrue(e.getMessage().contains("at least 2 events"), e.getMessage());
    assertThrows(
        InvalidInputException.class,
        () ->
            new SessionRegressor(-1, true, Splits.stratified(5), NullLabels.NONE, labels, VALUES));
    assertThrows(
        InvalidInputException.class,
        () ->
            new SessionRegressor(
                1, true, Splits.stratified(5), NullLabels.NONE, labels, new double[2]));
  }
}
