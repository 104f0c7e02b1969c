package org.neuroglia.calcium;

import java.util.Arrays;

/**
 * The values in a window that slides over a series, in order: a value comes, goes, and the k-th is
 * found in time proportional to the logarithm of the series, whatever the window is.
 *
 * <p>A tree of counts over the ranks of the series' values (P. M. Fenwick, A new data structure for
 * cumulative frequency tables, 1994). NaN ranks above every number. Not thread safe.
 */
final class RankedWindow {
  private final double[] ranked;
  private final int[] rank;
  private final int[] counts;
  private final int top;

  /** An empty window on a series, whose positions name its values from here on. */
  RankedWindow(double[] series) {
    double[] sorted = series.clone();
    Arrays.sort(sorted);
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || Double.compare(sorted[i], sorted[i - 1]) != 0) {
        sorted[distinct++] = sorted[i];
      }
    }
    this.ranked = Arrays.copyOf(sorted, distinct);
    this.rank = new int[series.length];
    for (int i = 0; i < rank.length; i++) {
      rank[i] = Arrays.binarySearch(ranked, series[i]);
    }
    this.counts = new int[distinct + 1];
    this.top = Integer.highestOneBit(distinct);
  }

  /** The value at a position of the series comes in. */
  void add(int position) {
    change(position, 1);
  }

  /** A value that came in goes. */
  void remove(int position) {
    change(position, -1);
  }

  private void change(int position, int by) {
    for (int i = rank[position] + 1; i < counts.length; i += i & -i) {
      counts[i] += by;
    }
  }

  /** The value that has {@code k} others before it in order; k is below the size of the window. */
  double get(int k) {
    int before = 0;
    int remaining = k;
    for (int step = top; step > 0; step >>= 1) {
      int next = before + step;
      if (next < counts.length && counts[next] <= remaining) {
        before = next;
        remaining -= counts[next];
      }
    }
    return ranked[before];
  }
}
