package org.neuroglia.calcium;

/**
 * A sum added up in numpy's order, for where its last bit decides: halves of a multiple of 8 down
 * to 128 values, these in 8 strands ({@code pairwise_sum} in numpy's loops).
 */
final class PairwiseSum {
  private static final int BLOCK = 128;
  private static final int STRANDS = 8;

  private PairwiseSum() {}

  /** To the bit {@code numpy.sum(values)}. */
  static double of(double[] values) {
    return sum(values, 0, values.length);
  }

  private static double sum(double[] values, int from, int to) {
    int n = to - from;
    if (n > BLOCK) {
      int half = n / 2;
      int middle = from + half - half % STRANDS;
      return sum(values, from, middle) + sum(values, middle, to);
    }
    double sum = 0;
    int rest = from;
    if (n >= STRANDS) {
      double[] r = new double[STRANDS];
      rest = to - n % STRANDS;
      for (int i = from; i < rest; i++) {
        r[(i - from) % STRANDS] += values[i];
      }
      sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    }
    for (int i = rest; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }
}
