package org.neuroglia.calcium;

import java.util.Arrays;

/**
 * A first guess of a trace's baseline: its 15th percentile, interpolated as {@code
 * numpy.percentile} does.
 */
final class BaselineEstimate {
  private static final double QUANTILE = 0.15;

  private BaselineEstimate() {}

  /**
   * @param values at least one, finite
   */
  static double of(double[] values) {
    double[] work = values.clone();
    double position = QUANTILE * (work.length - 1);
    int below = (int) position;
    double fraction = position - below;
    select(work, below);
    double low = work[below];
    if (below + 1 == work.length) {
      return low;
    }
    double high = work[below + 1];
    for (int i = below + 2; i < work.length; i++) {
      high = Math.min(high, work[i]);
    }
    return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction);
  }

  /** Puts in its place the value of one rank, lesser ones before it (Hoare 1961). */
  private static void select(double[] x, int rank) {
    int from = 0;
    int to = x.length - 1;
    // A pivot that splits badly every time would cost quadratic time; sorting then bounds it.
    for (int rounds = 0; from < to; rounds++) {
      if (rounds > 64) {
        Arrays.sort(x, from, to + 1);
        return;
      }
      double pivot = median(x[from], x[(from + to) >>> 1], x[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (x[i] < pivot) {
          i++;
        }
        while (x[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = x[i];
          x[i++] = x[j];
          x[j--] = swapped;
        }
      }
      if (rank <= j) {
        to = j;
      } else if (rank >= i) {
        from = i;
      } else {
        return;
      }
    }
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
