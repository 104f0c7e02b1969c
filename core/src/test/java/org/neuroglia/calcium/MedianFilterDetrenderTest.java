package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

class MedianFilterDetrenderTest {
  private static final double NAN = Double.NaN;

  @Test
  void medianFilterEqualsSortingEachWindow() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      int n = random.nextInt(40);
      int window = 1 + 2 * random.nextInt(50);
      double[] values = random.doubles(n, -3, 3).map(v -> Math.rint(v * 4) / 4).toArray();
      if (n > 0 && round % 3 == 0) {
        values[random.nextInt(n)] = round % 2 == 0 ? NAN : Double.POSITIVE_INFINITY;
      }
      double[] wanted = new double[n];
      for (int i = 0; i < n; i++) {
        double[] around = new double[window];
        for (int j = 0; j < window; j++) {
          int position = i - window / 2 + j;
          around[j] = position >= 0 && position < n ? values[position] : 0;
        }
        Arrays.sort(around);
        wanted[i] = around[window / 2];
      }
      double[] medians = MedianFilterDetrender.medianFilter(values, window);
      for (int i = 0; i < n; i++) {
        assertEquals(wanted[i] + 0.0, medians[i] + 0.0);
      }
    }
  }

  @Test
  void nanStaysWhereItIs() {
    double[] values = {1, 2, NAN, 2, 1, 2};
    double[] out = new MedianFilterDetrender(3, 4).apply(new double[6], values);
    // medians 1 2 2 2 2 1, their MAD 0, so the cap is 0
    assertArrayEquals(new double[] {1, 2, NAN, 2, 1, 2}, out);
    double[] negative = {-1, -2, NAN, -2, -1, -2};
    assertArrayEquals(
        new double[] {0, -1, NAN, -1, 1, -1},
        new MedianFilterDetrender(3, 4).apply(new double[6], negative));
    double[] all = {NAN, NAN, NAN};
    assertArrayEquals(all, new MedianFilterDetrender(1, 4).apply(new double[3], all));
  }

  @Test
  void emptyShortAndHugeWindows() {
    assertEquals(0, new MedianFilterDetrender().apply(new double[0], new double[0]).length);
    double[] short1 = {1, -2, 3};
    assertArrayEquals(
        short1, new MedianFilterDetrender(Integer.MAX_VALUE, 4).apply(new double[3], short1));
    assertEquals(TraceFilter.WHOLE, new MedianFilterDetrender().reach());
  }

  @Test
  void windowsWithoutAMiddleAreRefused() {
    for (int window : new int[] {10, 0, -1}) {
      assertThrows(InvalidInputException.class, () -> new MedianFilterDetrender(window, 4));
    }
    assertThrows(InvalidInputException.class, () -> new MedianFilterDetrender(3, NAN));
  }
}
