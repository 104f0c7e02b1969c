package org.neuroglia.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class CubicSplineTest {
  private static final DoubleUnaryOperator CUBIC = t -> 2 - t + 0.5 * t * t - 0.25 * t * t * t;

  private static double[] irregular(Random random, int n) {
    double[] times = new double[n];
    for (int i = 1; i < n; i++) {
      times[i] = times[i - 1] + 0.05 + random.nextDouble();
    }
    return times;
  }

  @Test
  void aCubicIsItselfInsideAndOutside() {
    for (int n : new int[] {4, 5, 20}) {
      double[] times = irregular(new Random(n), n);
      CubicSpline spline = new CubicSpline(times, Arrays.stream(times).map(CUBIC).toArray());
      for (double t = -1; t < times[n - 1] + 1; t += 0.01) {
        double wanted = CUBIC.applyAsDouble(t);
        assertEquals(wanted, spline.at(t), 1e-11 * (1 + Math.abs(wanted)));
      }
    }
  }

  @Test
  void curveGoesThroughTheSamplesWithTwoContinuousDerivativesAndNoKnotNearTheEnds() {
    Random random = new Random(2);
    double[] times = irregular(random, 50);
    CubicSpline spline = new CubicSpline(times, random.doubles(50).toArray());
    double h = 1e-3;
    for (int i = 1; i < 49; i++) {
      double t = times[i];
      assertEquals(slope(spline, t, h), slope(spline, t, -h), 1e-9);
      assertEquals(bend(spline, t, h), bend(spline, t, -h), 1e-5);
      double jump = jerk(spline, t, h) - jerk(spline, t, -h);
      assertTrue((i == 1 || i == 48) == (Math.abs(jump) < 0.01), i + ": " + jump);
    }
  }

  // derivatives of a cubic from the side of h, exact but for rounding
  private static double slope(CubicSpline s, double t, double h) {
    return (-11 * s.at(t) + 18 * s.at(t + h) - 9 * s.at(t + 2 * h) + 2 * s.at(t + 3 * h)) / 6 / h;
  }

  private static double bend(CubicSpline s, double t, double h) {
    return (2 * s.at(t) - 5 * s.at(t + h) + 4 * s.at(t + 2 * h) - s.at(t + 3 * h)) / h / h;
  }

  private static double jerk(CubicSpline s, double t, double h) {
    return (-s.at(t) + 3 * s.at(t + h) - 3 * s.at(t + 2 * h) + s.at(t + 3 * h)) / h / h / h;
  }

  @Test
  void manyAtOnceEqualOneByOneInAnyOrder() {
    Random random = new Random(3);
    double[] times = irregular(random, 300);
    double[] values = random.doubles(300).toArray();
    CubicSpline spline = new CubicSpline(times, values);
    double[] offsets = random.doubles(1000, -5, 180).toArray();
    offsets[7] = Double.NaN;
    for (int round = 0; round < 2; round++) {
      double[] out = new double[1001];
      spline.at(offsets, 0.5, out, 1);
      for (int j = 0; j < 1000; j++) {
        assertEquals(spline.at(offsets[j] + 0.5), out[j + 1]);
      }
      Arrays.sort(offsets);
    }
    assertTrue(
        IntStream.range(0, 300).allMatch(i -> Math.abs(spline.at(times[i]) - values[i]) < 1e-14));
  }

  @Test
  void timesThatAreNotFiniteHaveNoValue() {
    CubicSpline spline = new CubicSpline(new double[] {0, 1, 2, 3}, new double[] {1, 2, 4, 3});
    assertEquals(Double.NaN, spline.at(Double.NaN));
    assertEquals(Double.NaN, spline.at(Double.NEGATIVE_INFINITY));
    assertEquals(Double.NaN, spline.at(Double.POSITIVE_INFINITY));
  }

  @Test
  void tracesWithoutACurveAreRefused() {
    double[] four = {0, 1, 2, 3};
    refused(new double[] {0, 1, 2}, new double[] {0, 1, 2}, "at least 4 samples");
    refused(four, new double[] {0, 1, 2}, "4 times and 3 values");
    refused(new double[] {0, 1, 1, 2}, four, "from 1.0 to 1.0 at sample 2");
    refused(new double[] {0, 2, 1, 3}, four, "strictly increasing");
    refused(new double[] {0, 1, 2, Double.POSITIVE_INFINITY}, four, "finite");
    refused(four, new double[] {0, 1, Double.NaN, 3}, "sample 2 of the trace is NaN at 2.0 s");
  }

  private static void refused(double[] times, double[] values, String reason) {
    String message =
        assertThrows(InvalidInputException.class, () -> new CubicSpline(times, values))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }
}
