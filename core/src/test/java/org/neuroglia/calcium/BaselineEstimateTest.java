package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselineEstimateTest {
  private static double bySorting(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = 0.15 * (sorted.length - 1);
    int below = (int) position;
    double part = position - below;
    return sorted[below] * (1 - part) + sorted[Math.min(below + 1, sorted.length - 1)] * part;
  }

  @Test
  void itIsTheFifteenthPercentile() {
    Random random = new Random(2);
    for (int n = 1; n < 300; n++) {
      double[] values = random.doubles(n).toArray();
      double[] before = values.clone();
      assertEquals(bySorting(values), BaselineEstimate.of(values), 1e-15);
      assertArrayEquals(before, values);
    }
  }

  @Test
  void tiesAndOrderDoNotMatter() {
    Random random = new Random(2);
    for (int kind = 0; kind < 4; kind++) {
      double[] values = new double[10_000];
      int choice = kind;
      Arrays.setAll(
          values,
          t ->
              switch (choice) {
                case 0 -> random.nextInt(3);
                case 1 -> t;
                case 2 -> -t;
                // An organ pipe, which is hard on a median of three.
                default -> Math.min(t, 9_999 - t);
              });
      assertEquals(bySorting(values), BaselineEstimate.of(values), 1e-9);
    }
  }
}
