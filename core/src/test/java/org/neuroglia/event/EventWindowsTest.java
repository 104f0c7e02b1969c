package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWindowsTest {
  @Test
  void bothEndsBelongToAWindowAndWindowsThatTouchAreOne() {
    EventWindows windows = EventWindows.around(new double[] {1, 2, 5}, -0.5, 0.5);
    double[] inside = {0.5, 1, 1.5, Math.nextUp(1.5), 2.5, 4.5, 5.5};
    double[] outside = {Math.nextDown(0.5), Math.nextUp(2.5), 3, Math.nextDown(4.5), 5.6, -1};
    for (double time : inside) {
      assertTrue(windows.cover(time), () -> String.valueOf(time));
    }
    for (double time : outside) {
      assertFalse(windows.cover(time), () -> String.valueOf(time));
    }
  }

  @Test
  void allOfTimeAndNone() {
    for (double time : new double[] {Double.NEGATIVE_INFINITY, -1, 0, Double.POSITIVE_INFINITY}) {
      assertTrue(EventWindows.everywhere().cover(time));
      assertFalse(EventWindows.nowhere().cover(time));
    }
    assertFalse(EventWindows.everywhere().cover(Double.NaN));
    assertFalse(EventWindows.around(new double[] {}, 0, 1).cover(0.5));
    EventWindows one = EventWindows.around(new double[] {0}, 0, 1);
    assertFalse(one.cover(Double.POSITIVE_INFINITY));
    assertFalse(one.cover(Double.NEGATIVE_INFINITY));
    assertTrue(one.cover(-0.0));
  }

  /** In whatever order times come, a time is covered if the sampler gives it a bin. */
  @ParameterizedTest
  @ValueSource(strings = {"ascending", "descending", "random"})
  void agreesWithTheSampler(String order) {
    SplittableRandom random = new SplittableRandom(7);
    for (double width : new double[] {0, 0.01, 0.25, 3}) {
      double[] events = random.doubles(50, 0, 60).sorted().toArray();
      double[] edges = {-0.1, width / 2 - 0.1, width - 0.1};
      PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(edges);
      EventWindows windows = EventWindows.around(events, sampler.first(), sampler.last());
      double[] times = random.doubles(2000, -1, 61).toArray();
      for (int i = 0; i < 100; i++) { // ends of windows, and what is next to them
        double end = edges[i % 2 * 2] + events[i / 2];
        times[3 * i] = end;
        times[3 * i + 1] = Math.nextUp(end);
        times[3 * i + 2] = Math.nextDown(end);
      }
      if (!order.equals("random")) {
        Arrays.sort(times);
      }
      for (int i = 0; i < times.length; i++) {
        double time = times[order.equals("descending") ? times.length - 1 - i : i];
        boolean inside = Arrays.stream(events).anyMatch(event -> sampler.bin(time, event) >= 0);
        assertEquals(inside, windows.cover(time), () -> "at " + time);
      }
    }
  }

  @Test
  void timesThatFollowEachOtherAreToldTogether() {
    double nan = Double.NaN;
    double[] times = {nan, 0.25, nan, nan, 0.5, 1, 1.5, 3, 9, 0.75, 0.8, nan};
    int[] ends = {1, 2, 3, 4, 6, -1, 7, 8, 9, 11, -1, 12};
    boolean[] inside = {
      false, true, false, false, true, true, false, true, false, true, true, false
    };
    EventWindows windows = EventWindows.around(new double[] {0, 2}, 0, 1);
    for (int from = 0; from < times.length; ) {
      assertEquals(inside[from], windows.cover(times[from]));
      int end = windows.endOfSame(times, from, times.length);
      assertEquals(ends[from], end, "after " + from);
      from = end;
    }
    EventWindows everywhere = EventWindows.everywhere();
    assertTrue(everywhere.cover(1));
    assertEquals(3, everywhere.endOfSame(new double[] {1, 5, 3, nan}, 0, 4));
    assertFalse(everywhere.cover(nan));
    assertEquals(1, everywhere.endOfSame(new double[] {nan, 5, 3, nan}, 0, 4));
  }
}
