package org.neuroglia.spark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NullCurveTest {
  /** As of a decoder that always says the same: what it scores does not depend on labels. */
  @Test
  void nullsThatScoreTheSameAreNotBelow() {
    double[] scores = {0.34, 0.36, 0.35, 0.1, 0.7, 0.33};
    NullCurve curve = new NullCurve();
    Mean mean = new Mean();
    for (int i = scores.length - 1; i >= 0; i--) {
      curve.add(new double[] {scores[i], scores[i], scores[i]});
    }
    for (double score : scores) {
      mean.add(score);
    }
    assertEquals(1, curve.pValue(mean.mean()));
  }

  @Test
  void pValueCountsNullsThatReachTheScore() {
    NullCurve curve = new NullCurve();
    curve.add(new double[] {0.5, 0.25, 1});
    curve.add(new double[] {0.5, 0.75, 0});
    assertEquals(1, curve.pValue(0.5));
    assertEquals(0.25, curve.pValue(0.51));
  }
}
