package org.neuroglia.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class AnalysisOfVarianceTest {
  private static final double[] COUNTS = {3, 5, 4, 8, 9, 7, 10, 2, 1, 2, 4};
  private static final int[] CLASSES = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};

  /** What scikit-learn 1.9's f_classif gives, which is scipy's f_oneway. */
  @Test
  void ratioOfMeanSquaresIsScikitLearns() {
    AnalysisOfVariance test = AnalysisOfVariance.oneWay(COUNTS, CLASSES, 3);
    assertEquals(28.0, test.f(), 1e-12);
    assertEquals(2, test.between());
    assertEquals(8, test.within());
    double k = 2 * (test.f() - 1);
    assertEquals(k / (k + COUNTS.length), test.omegaSquared(), 1e-12, "Hays's other formula");
  }

  @Test
  void classesWithoutEventsDoNotCount() {
    assertEquals(
        AnalysisOfVariance.oneWay(COUNTS, CLASSES, 3),
        AnalysisOfVariance.oneWay(COUNTS, CLASSES, 7));
  }

  /** What scikit-learn 1.9's f_regression gives. */
  @Test
  void slopesAreTestedAsInScikitLearn() {
    double[] target = {0.1, 0.4, 0.2, 0.9, 1.4, 0.8, 1.1, 0.3, 0.0, 0.2, 0.7};
    AnalysisOfVariance test = AnalysisOfVariance.slope(COUNTS, target);
    assertEquals(48.372181796492576, test.f(), 1e-10);
    assertEquals(9, test.within());
  }

  @Test
  void equalResponsesExplainNothing() {
    AnalysisOfVariance test = AnalysisOfVariance.oneWay(new double[4], new int[] {0, 0, 1, 1}, 2);
    assertTrue(Double.isNaN(test.f()));
    assertEquals(0, test.omegaSquared());
    assertEquals(
        0, AnalysisOfVariance.slope(new double[4], new double[] {1, 2, 3, 4}).omegaSquared());
  }

  @Test
  void equalResponsesExplainNothingWhateverTheirSumRoundsTo() {
    double[] values = new double[60];
    int[] classes = new int[60];
    for (int i = 0; i < 60; i++) {
      values[i] = 0.1;
      classes[i] = i % 2;
    }
    AnalysisOfVariance test = AnalysisOfVariance.oneWay(values, classes, 2);
    assertTrue(Double.isNaN(test.f()));
    assertEquals(0, test.omegaSquared());
  }

  @Test
  void responsesThatOnlyClassesTellApartAreWhollyExplained() {
    AnalysisOfVariance test =
        AnalysisOfVariance.oneWay(new double[] {1, 1, 2, 2}, new int[] {0, 0, 1, 1}, 2);
    assertEquals(Double.POSITIVE_INFINITY, test.f());
    assertEquals(1, test.omegaSquared());
  }

  @Test
  void oneClassIsRefused() {
    assertThrows(
        InvalidInputException.class,
        () -> AnalysisOfVariance.oneWay(new double[] {1, 2}, new int[] {0, 0}, 2));
  }
}
