package org.neuroglia.spark.report;

import java.util.Arrays;

/**
 * The scores of null labels, averaged over decodings null by null: how the mean of the decodings
 * would be distributed if labels meant nothing. Not thread-safe.
 */
final class NullCurve {
  private double[] sums = new double[0];
  private int decodings;

  /** Adds a decoding; decodings with fewer nulls than others leave those that all have. */
  void add(double[] scores) {
    if (decodings == 0) {
      sums = scores.clone();
    } else {
      sums = Arrays.copyOf(sums, Math.min(sums.length, scores.length));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += scores[i];
      }
    }
    decodings++;
  }

  int size() {
    return sums.length;
  }

  /** How many decodings were averaged. */
  int decodings() {
    return decodings;
  }

  /** The mean of each null over the decodings, ascending. */
  double[] ascending() {
    return Arrays.stream(sums).map(sum -> sum / decodings).sorted().toArray();
  }

  /**
   * (1 + #{null ≥ score}) / (1 + nulls), of the mean over the same decodings. Means that differ by
   * no more than the order of their sums are equal.
   */
  double pValue(double score) {
    double tied = score - 1e-12 * Math.max(1, Math.abs(score));
    long atLeast = Arrays.stream(ascending()).filter(one -> one >= tied).count();
    return (1.0 + atLeast) / (1 + sums.length);
  }

  /**
   * A quantile, as numpy's by default: linear between the two that are nearest.
   *
   * @param ascending at least one
   */
  static double quantile(double[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(ascending.length - 1, below + 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }
}
