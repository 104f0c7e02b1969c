package org.neuroglia;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AscendingTimesTest {
  @Test
  void nanIsLast() {
    assertTrue(AscendingTimes.isAscending(new double[] {}));
    assertTrue(AscendingTimes.isAscending(new double[] {1, 1, 2, Double.NaN, Double.NaN}));
    assertFalse(AscendingTimes.isAscending(new double[] {1, Double.NaN, 2}));
    assertFalse(AscendingTimes.isAscending(new double[] {2, 1}));
    assertArrayEquals(
        new int[] {3, 1, 2, 0}, AscendingTimes.order(new double[] {Double.NaN, 2, 2, -1}));
  }

  @Test
  void searchEqualsCounting() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      double[] times =
          random.doubles(random.nextInt(100)).map(t -> Math.rint(t * 50)).sorted().toArray();
      double time = random.nextInt(52) - 1;
      int first = 0;
      while (first < times.length && times[first] < time) {
        first++;
      }
      for (int from = 0; from <= first; from++) {
        assertEquals(first, AscendingTimes.firstAtOrAfter(times, from, time));
      }
    }
  }
}
