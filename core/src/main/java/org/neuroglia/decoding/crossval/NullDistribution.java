package org.neuroglia.decoding.crossval;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The scores of null labels.
 *
 * @param scores [null]; empty where none were asked for; not copied
 */
public record NullDistribution(double[] scores) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of no null labels. */
  public static final NullDistribution NONE = new NullDistribution(new double[0]);

  public int size() {
    return scores.length;
  }

  /**
   * The probability of a score at least as high from null labels, (1 + #{null ≥ score}) / (1 + N):
   * the true labels count as one of the orders, as in {@code permutation_test_score}; NaN without
   * null labels.
   */
  public double pValue(double score) {
    if (scores.length == 0) {
      return Double.NaN;
    }
    long asHigh = Arrays.stream(scores).filter(n -> n >= score).count();
    return (1.0 + asHigh) / (1.0 + scores.length);
  }

  /** NaN without null labels. */
  public double mean() {
    return Arrays.stream(scores).average().orElse(Double.NaN);
  }
}
