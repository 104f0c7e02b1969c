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
  private static boolean isAscending(double[] times, int from, int to) {
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
