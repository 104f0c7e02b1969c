package org.neuroglia.nwb;

import java.util.Arrays;

/** Spike times as the library promises them: ascending within a unit, without NaN. */
final class Trains {
  private Trains() {}

  /** Sorts each list of doubles that is not ascending, after dropping its NaN. */
  static NwbValues ascending(NwbValues read) {
    double[] times = read.doubles();
    int[] from = read.offsets(0);
    if (isClean(times, from)) {
      return read;
    }
    int[] offsets = new int[from.length];
    double[] clean = new double[times.length];
    int n = 0;
    for (int row = 0; row < read.rows(); row++) {
      int start = n;
      for (int i = from[row]; i < from[row + 1]; i++) {
        if (!Double.isNaN(times[i])) {
          clean[n++] = times[i];
        }
      }
      Arrays.sort(clean, start, n);
      offsets[row + 1] = n;
    }
    return new NwbValues(NwbType.DOUBLE, Arrays.copyOf(clean, n), offsets);
  }

  /** As {@link #ascending(NwbValues)}, list by list. */
  static DoubleLists ascending(DoubleLists read) {
    return new DoubleLists() {
      @Override
      public int nextLength() {
        return read.nextLength();
      }

      @Override
      public int next(double[] target, int at) {
        int end = at + read.next(target, at);
        if (isAscending(target, at, end)) {
          return end - at;
        }
        int n = at;
        for (int i = at; i < end; i++) {
          if (!Double.isNaN(target[i])) {
            target[n++] = target[i];
          }
        }
        Arrays.sort(target, at, n);
        return n - at;
      }
    };
  }

  private static boolean isClean(double[] times, int[] offsets) {
    for (int row = 0; row + 1 < offsets.length; row++) {
      if (!isAscending(times, offsets[row], offsets[row + 1])) {
        return false;
      }
    }
    return true;
  }

  /** Also false where a NaN is. */
  static boolean isAscending(double[] times, int from, int to) {
    if (isAscendingFromZero(times, from, to)) {
      return true;
    }
    if (from < to && Double.isNaN(times[from])) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!(times[i - 1] <= times[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a list is surely ascending and without a negative number or NaN: then the bits of its
   * numbers, as integers, are neither negative nor is a difference of neighbours, and the last is
   * not beyond infinity. All signs together are looked at once, which takes half the time of a
   * branch for each.
   */
  private static boolean isAscendingFromZero(double[] times, int from, int to) {
    if (from >= to) {
      return true;
    }
    long last = Double.doubleToRawLongBits(times[from]);
    long even = last;
    long odd = 0;
    int i = from + 1;
    for (; i + 4 <= to; i += 4) {
      long a = Double.doubleToRawLongBits(times[i]);
      long b = Double.doubleToRawLongBits(times[i + 1]);
      long c = Double.doubleToRawLongBits(times[i + 2]);
      long d = Double.doubleToRawLongBits(times[i + 3]);
      even |= a | a - last | c | c - b;
      odd |= b | b - a | d | d - c;
      last = d;
    }
    for (; i < to; i++) {
      long next = Double.doubleToRawLongBits(times[i]);
      even |= next | next - last;
      last = next;
    }
    return (even | odd) >= 0 && last <= Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
  }

  /** What {@link #ascending} will do to these values. */
  static SpikeSummary summary(NwbValues read) {
    double[] times = read.doubles();
    int[] offsets = read.offsets(0);
    long nan = 0;
    int silent = 0;
    int unsorted = 0;
    double first = Double.NaN;
    double last = Double.NaN;
    for (int row = 0; row < read.rows(); row++) {
      long before = nan;
      double latest = Double.NEGATIVE_INFINITY;
      boolean sorted = true;
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        double time = times[i];
        if (Double.isNaN(time)) {
          nan++;
          continue;
        }
        sorted &= time >= latest;
        latest = Math.max(latest, time);
        first = first <= time ? first : time;
        last = last >= time ? last : time;
      }
      unsorted += sorted ? 0 : 1;
      silent += offsets[row + 1] - offsets[row] == nan - before ? 1 : 0;
    }
    return new SpikeSummary(read.rows(), times.length - nan, nan, unsorted, silent, first, last);
  }
}
