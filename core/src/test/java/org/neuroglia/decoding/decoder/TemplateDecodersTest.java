package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.split.Responses;

/** Nearest centroid and maximum correlation. */
class TemplateDecodersTest {
  private static final int[] Y = {0, 0, 1, 1};
  private static final Responses ROWS =
      Responses.of(new double[][] {{1, 2, 3}, {3, 4, 5}, {3, 2, 1}, {5, 3, 1}});

  @Test
  void ofCentroidsAtTheSameDistanceTheFirstWins() {
    Responses between = Responses.of(new double[][] {{0}, {2}, {4}, {6}});
    NearestCentroidModel model = new NearestCentroid().fit(momentsOf(between));
    assertArrayEquals(new double[] {1, 5}, model.centroids());
    assertArrayEquals(
        new int[] {0, 0, 1}, model.predict(Responses.of(new double[][] {{2.5}, {3}, {3.5}})));
  }

  private static ClassMoments momentsOf(Responses rows) {
    ClassMoments moments = ClassMoments.ofSquares(rows, 2);
    moments.add(rows, Y);
    return moments;
  }

  @Test
  void correlationHeedsThePatternAlone() {
    DecoderModel model = new MaximumCorrelation().fit(ROWS, Y, 2);
    double[] decision = model.decision(Responses.of(new double[][] {{101, 102, 103}, {9, 6, 3}}));
    assertArrayEquals(new double[] {1, -1, -1, 1}, decision, 1e-12);
  }

  @Test
  void aResponseOrATemplateWithoutAPatternCorrelatesWithNothing() {
    Responses rows =
        Responses.of(new double[][] {{0.1, 0.2, 0.3}, {0.3, 0.2, 0.1}, {3, 2, 1}, {5, 3, 1}});
    DecoderModel model = new MaximumCorrelation().fit(rows, Y, 2);
    double[] decision = model.decision(Responses.of(new double[][] {{7, 7, 7}, {1, 2, 3}}));
    assertArrayEquals(new double[] {0, 0, 0, -1}, decision, 1e-12);
    assertEquals(0, decision[2]);
    assertArrayEquals(
        new int[] {0, 0}, model.predict(Responses.of(new double[][] {{0, 0, 0}, {1, 2, 3}})));
  }

  @Test
  void oneNeuronIsDecodedByTheNearestMean() {
    Responses one = Responses.of(new double[][] {{0}, {2}, {4}, {6}});
    DecoderModel model = new MaximumCorrelation().fit(one, Y, 2);
    Responses others = Responses.of(new double[][] {{1.5}, {3.5}});
    assertArrayEquals(new double[] {-0.25, -12.25, -6.25, -2.25}, model.decision(others));
  }

  @Test
  void badInputIsRefused() {
    Responses same = Responses.of(new double[][] {{0.1}, {0.1}, {0.1}, {0.1}});
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> new NearestCentroid().fit(same, Y, 2));
    assertEquals(
        "no neuron's response varies, so there is nothing to decode with", error.getMessage());
    for (Decoder decoder : new Decoder[] {new NearestCentroid(), new MaximumCorrelation()}) {
      assertThrows(InvalidInputException.class, () -> decoder.fit(ROWS, new int[4], 1));
      Responses nan = Responses.of(new double[][] {{1}, {Double.NaN}, {1}, {2}});
      assertThrows(InvalidInputException.class, () -> decoder.fit(nan, Y, 2));
      DecoderModel model = decoder.fit(ROWS, Y, 2);
      assertEquals(0, model.decision(new Responses(new double[0], 0, 3)).length);
      assertThrows(InvalidInputException.class, () -> model.decision(same));
    }
  }
}
