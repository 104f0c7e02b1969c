package org.neuroglia.decoding.linalg;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

/**
 * Count, mean and variance of each feature, NaN left out.
 *
 * <p>Sums are kept with twice the precision of a double (Ogita, Rump and Oishi 2005, Sum2 and
 * Dot2), so that mean and variance do not depend on the order of the rows or on how they were
 * split, up to an error far below the last digit of a double. Not thread-safe.
 */
public final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] count;
  private final double[] sum;
  private final double[] sumTail;
  private final double[] square;
  private final double[] squareTail;

  public FeatureMoments(int features) {
    count = new long[features];
    sum = new double[features];
    sumTail = new double[features];
    square = new double[features];
    squareTail = new double[features];
  }

  public int features() {
    return count.length;
  }

  /** Adds a row that begins at {@code offset}. */
  public void add(double[] values, int offset) {
    for (int j = 0; j < count.length; j++) {
      double x = values[offset + j];
      if (Double.isNaN(x)) {
        continue;
      }
      if (Double.isInfinite(x)) {
        throw new InvalidInputException(
            "feature "
                + j
                + " (counted from 0) holds "
                + x
                + "; finite numbers and NaN are"
                + " accepted");
      }
      count[j]++;
      double squared = x * x;
      addTo(sum, sumTail, j, x, 0);
      addTo(square, squareTail, j, squared, Math.fma(x, x, -squared));
    }
  }

  public void add(Responses rows) {
    for (int event = 0; event < rows.events(); event++) {
      add(rows.values(), event * rows.neurons());
    }
  }

  /** Adds some of the rows. */
  public void add(Responses rows, int[] chosen) {
    if (sumsAreExact(rows, chosen)) {
      for (int event : chosen) {
        addExactly(rows.values(), event * rows.neurons());
      }
      for (int j = 0; j < count.length; j++) {
        count[j] += chosen.length;
      }
      return;
    }
    for (int event : chosen) {
      add(rows.values(), event * rows.neurons());
    }
  }

  /**
   * Whether nothing was added yet, and values are integers whose squares' sum a double can tell.
   */
  private boolean sumsAreExact(Responses rows, int[] chosen) {
    double largest = 0;
    boolean integers = true;
    int neurons = rows.neurons();
    for (int event : chosen) {
      for (int i = event * neurons; i < (event + 1) * neurons; i++) {
        double x = rows.values()[i];
        integers &= Math.rint(x) == x; // not so of NaN
        largest = Math.max(largest, Math.abs(x));
      }
    }
    boolean none = Arrays.stream(count).allMatch(n -> n == 0);
    return none && integers && chosen.length * largest * largest < 0x1p52;
  }

  /** What {@link #add(double[], int)} comes to where nothing is rounded. */
  private void addExactly(double[] values, int offset) {
    for (int j = 0; j < sum.length; j++) {
      double x = values[offset + j];
      sum[j] += x;
      square[j] += x * x;
    }
  }

  public void merge(FeatureMoments other) {
    for (int j = 0; j < count.length; j++) {
      count[j] += other.count[j];
      addTo(sum, sumTail, j, other.sum[j], other.sumTail[j]);
      addTo(square, squareTail, j, other.square[j], other.squareTail[j]);
    }
  }

  private static void addTo(double[] head, double[] tail, int j, double x, double xTail) {
    double total = head[j] + x;
    tail[j] += twoSumError(head[j], x, total) + xTail;
    head[j] = total;
  }

  /** What a + b lost when it was rounded to {@code total} (Knuth). */
  private static double twoSumError(double a, double b, double total) {
    double bRounded = total - a;
    return (a - (total - bRounded)) + (b - bRounded);
  }

  public long count(int feature) {
    return count[feature];
  }

  /** NaN for a feature without a value. */
  public double mean(int feature) {
    return (sum[feature] + sumTail[feature]) / count[feature];
  }

  public double[] means() {
    double[] means = new double[features()];
    for (int j = 0; j < means.length; j++) {
      means[j] = mean(j);
    }
    return means;
  }

  /** Divided by n. NaN for a feature without a value. */
  public double variance(int feature) {
    double n = count[feature];
    if (n == 0) {
      return Double.NaN;
    }
    // (Σx² − (Σx)² / n) / n in double-double arithmetic.
    double head = sum[feature] + sumTail[feature];
    double tail = sumTail[feature] - (head - sum[feature]);
    double product = head * head;
    double productTail = Math.fma(head, head, -product) + 2 * head * tail;
    double quotient = product / n;
    double quotientTail = (Math.fma(-quotient, n, product) + productTail) / n;
    double difference = square[feature] - quotient;
    double differenceTail =
        twoSumError(square[feature], -quotient, difference) + squareTail[feature] - quotientTail;
    return Math.max(0, (difference + differenceTail) / n);
  }

  public double[] variances() {
    double[] variances = new double[features()];
    for (int j = 0; j < variances.length; j++) {
      variances[j] = variance(j);
    }
    return variances;
  }

  /**
   * Standard deviations, 1 for a feature whose variance cannot be told from that of a constant:
   * scikit-learn's {@code _is_constant_feature} (Chan, Golub and LeVeque 1983).
   */
  public double[] scales() {
    double[] scales = new double[features()];
    for (int j = 0; j < scales.length; j++) {
      double variance = variance(j);
      double n = count[j];
      double rounding = n * mean(j) * LinearAlgebra.EPS;
      boolean constant = variance <= n * LinearAlgebra.EPS * variance + rounding * rounding;
      scales[j] = constant ? 1 : Math.sqrt(variance);
    }
    return scales;
  }
}
