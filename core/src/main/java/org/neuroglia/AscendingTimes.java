package org.neuroglia;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Order of times and search in it. Ascending means ascending with NaN, if any, last. */
public final class AscendingTimes {
  private static final int LINEAR_STEPS = 8;

  private AscendingTimes() {}

  /** Whether times ascend, equal ones and NaN at the end included. */
  public static boolean isAscending(double[] times) {
    for (int i = 1; i < times.length; i++) {
      if (!(times[i - 1] <= times[i]) && !Double.isNaN(times[i])) {
        return false;
      }
    }
    return true;
  }

  /** The times themselves if they ascend, else a sorted copy. */
  public static double[] sorted(double[] times) {
    if (isAscending(times)) {
      return times;
    }
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** The positions of the times in ascending order; equal times keep their order. */
  public static int[] order(double[] times) {
    return IntStream.range(0, times.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> times[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The values at {@code positions}. */
  public static double[] gather(double[] values, int[] positions) {
    double[] gathered = new double[positions.length];
    for (int i = 0; i < positions.length; i++) {
      gathered[i] = values[positions[i]];
    }
    return gathered;
  }

  /**
   * The first index from {@code from} whose time is not before {@code time}, or the length; found
   * by galloping, so that what is near is found at once. NaN is before nothing.
   */
  public static int firstAtOrAfter(double[] times, int from, double time) {
    return firstAtOrAfter(times, from, times.length, time);
  }

  /** The same among the times before index {@code end}, which is returned if there is none. */
  public static int firstAtOrAfter(double[] times, int from, int end, double time) {
    int near = Math.min(end, from + LINEAR_STEPS);
    int i = from;
    while (i < near && times[i] < time) {
      i++;
    }
    if (i < near || i == end || !(times[i] < time)) {
      return i;
    }
    int step = LINEAR_STEPS;
    int low = i;
    int high = i + step;
    while (high < end && times[high] < time) {
      low = high;
      step *= 2;
      high = step < end - low ? low + step : end;
    }
    high = Math.min(high, end);
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
