package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class NormalizeTest {
  private static final double NAN = Double.NaN;

  @Test
  void percentilesEqualSortingEachWindow() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(40);
      int window = 1 + random.nextInt(n);
      double quantile = random.nextInt(101) / 100.0;
      double[] values = random.doubles(n, -3, 3).map(v -> Math.rint(v * 4) / 4).toArray();
      if (round % 3 == 0) {
        values[random.nextInt(n)] = NAN;
      }
      double[] out = Normalize.percentiles(values, window, quantile);
      for (int i = 0; i < n; i++) {
        assertEquals(percentile(values, i - window / 2, window, quantile), out[i], 1e-15);
      }
    }
  }

  private static double percentile(double[] values, int from, int window, double quantile) {
    if (from < 0 || from + window > values.length) {
      return NAN;
    }
    double[] sorted = Arrays.copyOfRange(values, from, from + window);
    Arrays.sort(sorted);
    double place = quantile * (window - 1);
    int below = (int) place;
    double above = sorted[Math.min(below + 1, window - 1)];
    return Double.isNaN(sorted[window - 1])
        ? NAN
        : sorted[below] * (1 - (place - below)) + above * (place - below);
  }

  @Test
  void windowLongerThanTheTraceIsTheWholeTrace() {
    double[] times = {0, 1, 2};
    double[] values = {1, 2, 4};
    assertArrayEquals(new double[] {-0.5, 0, 1}, new Normalize(1e9, 50).apply(times, values));
    assertArrayEquals(new double[] {0}, new Normalize().apply(new double[] {7}, new double[] {5}));
  }

  @Test
  void noChangeFromABaselineOfZeroIsZero() {
    double[] times = IntStream.range(0, 10).mapToDouble(i -> i).toArray();
    double[] values = new double[10];
    values[3] = -0.0;
    values[5] = 2;
    double[] wanted = new double[10];
    wanted[5] = Double.POSITIVE_INFINITY;
    assertArrayEquals(wanted, new Normalize(3, 50).apply(times, values));
  }

  @Test
  void tracesWithoutAFiniteSampleAreNaN() {
    double[] out = new Normalize().apply(new double[] {0, 1}, new double[] {NAN, NAN});
    assertArrayEquals(new double[] {NAN, NAN}, out);
    assertEquals(0, new Normalize().apply(new double[0], new double[0]).length);
  }

  @Test
  void whatCannotBeIsRefused() {
    for (double window : new double[] {0, -1, NAN, Double.POSITIVE_INFINITY}) {
      assertThrows(InvalidInputException.class, () -> new Normalize(window, 8));
    }
    for (double percentile : new double[] {-1, 100.5, NAN}) {
      assertThrows(InvalidInputException.class, () -> new Normalize(3, percentile));
    }
    double[] two = {1, 2};
    for (double last : new double[] {1, 0, NAN}) {
      assertThrows(
          InvalidInputException.class, () -> new Normalize().apply(new double[] {1, last}, two));
    }
  }

  /** numpy 1.26: the sum of 0.1 so many times. */
  @Test
  void sumsAreNumpysToTheLastBit() {
    int[] counts = {0, 1, 7, 8, 9, 127, 128, 129, 1000, 29999};
    double[] sums = {
      0.0,
      0.1,
      0.7,
      0.8,
      0.9,
      12.7,
      12.800000000000002,
      12.899999999999999,
      100.00000000000001,
      2999.9000000000005
    };
    for (int i = 0; i < counts.length; i++) {
      double[] values = new double[counts[i]];
      Arrays.fill(values, 0.1);
      assertEquals(sums[i], PairwiseSum.of(values));
    }
  }
}
