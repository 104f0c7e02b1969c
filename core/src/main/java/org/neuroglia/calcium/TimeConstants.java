package org.neuroglia.calcium;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/**
 * How fast calcium decays, and with two coefficients also how fast it rises: the coefficients of an
 * autoregressive process c(t) = g₁ c(t−1) [+ g₂ c(t−2)] + s(t) that events s drive.
 *
 * <p>The roots of z² = g₁ z + g₂ are the factors by which the slow and the fast part shrink from
 * one sample to the next. A root d at a sampling rate f is a time constant of −1 / (f ln d)
 * seconds.
 */
public final class TimeConstants implements Serializable {
  private static final long serialVersionUID = 1L;

  /** neuroglia's number of lags of the autocovariance, beyond the order. */
  public static final int LAGS = 10;

  /** What neuroglia's deconvolution multiplies estimated roots by, against their bias. */
  public static final double FUDGE_FACTOR = 0.98;

  /** What takes the place of an estimated root of 1 or more, or below 0. */
  private static final double TOO_SLOW = 0.95;

  private static final double TOO_FAST = 0.15;

  /** Impulse responses this small are left out: they would only slow arithmetic down. */
  static final double NEGLIGIBLE = 1e-150;

  /** Two equal roots have a discriminant that rounding leaves this far below 0 at most. */
  private static final double ROUNDING = 1e-12;

  private final double[] coefficients;
  private final double decay;
  private final double rise;

  private TimeConstants(double decay, double rise, double... coefficients) {
    this.coefficients = coefficients;
    this.decay = decay;
    this.rise = rise;
  }

  /**
   * @param coefficients one (exponential decay), from 0 to below 1; or two (rise and decay), whose
   *     roots must be real and in the same range
   */
  public static TimeConstants of(double... coefficients) {
    double decay;
    double rise = 0;
    switch (coefficients.length) {
      case 1 -> decay = coefficients[0];
      case 2 -> {
        double discriminant = coefficients[0] * coefficients[0] + 4 * coefficients[1];
        double spread = discriminant < 0 && discriminant > -ROUNDING ? 0 : Math.sqrt(discriminant);
        decay = (coefficients[0] + spread) / 2;
        rise = (coefficients[0] - spread) / 2;
      }
      default ->
          throw new InvalidInputException(
              "An autoregressive model of calcium cannot have "
                  + coefficients.length
                  + " coefficients: 1 (exponential) or 2 (double exponential) are accepted.");
    }
    if (!(decay < 1 && rise >= 0 && decay >= 0)) {
      throw new InvalidInputException(
          "The autoregressive coefficients "
              + Arrays.toString(coefficients)
              + " are not those of decaying calcium: real roots from 0 to below 1 are accepted.");
    }
    return new TimeConstants(decay, rise, coefficients.clone());
  }

  /** As neuroglia's deconvolution estimates them. */
  public static TimeConstants estimate(double[] values, int order, double noise) {
    return estimate(values, order, noise, LAGS, FUDGE_FACTOR);
  }

  /**
   * Least squares on the recursion of the autocovariance, as {@code estimate_time_constant} of
   * neuroglia and OASIS. Complex roots lose their imaginary part; a root of 1 or more is taken for
   * 0.95, one below 0 for 0.15. (neuroglia adds a random number to those two; its expected value is
   * taken here, so that a result can be reproduced.)
   *
   * <p>Source: Pnevmatikakis et al. 2016, Neuron 89: 285–299; Friedrich, Zhou and Paninski 2017,
   * PLoS Comput. Biol. 13: e1005423.
   *
   * @param values of a trace, evenly spaced in time
   * @param order 1 or 2
   * @param noise standard deviation of the trace's noise, which adds to the autocovariance at lag 0
   * @param lags how many lags are fitted, beyond the order
   * @param fudgeFactor what roots are multiplied by, above 0; 1 leaves them
   */
  public static TimeConstants estimate(
      double[] values, int order, double noise, int lags, double fudgeFactor) {
    if (order != 1 && order != 2) {
      throw new InvalidInputException(
          "Time constants cannot be estimated for the order " + order + ": 1 or 2 is accepted.");
    }
    if (lags < 1 || !(fudgeFactor > 0 && fudgeFactor <= 1)) {
      throw new InvalidInputException(
          "Time constants cannot be estimated with "
              + lags
              + " lags and a fudge factor of "
              + fudgeFactor
              + ": at least 1 lag and a factor above 0, at most 1, are accepted.");
    }
    double[] covariance = autocovariance(values, lags + order);
    double variance = covariance[0] - noise * noise;
    if (order == 1) {
      double root = fudgeFactor * inRange(recursion(covariance, variance));
      return of(root);
    }
    double[] g = recursions(covariance, variance);
    double discriminant = Math.max(0, g[0] * g[0] + 4 * g[1]);
    double decay = fudgeFactor * inRange((g[0] + Math.sqrt(discriminant)) / 2);
    double rise = fudgeFactor * inRange((g[0] - Math.sqrt(discriminant)) / 2);
    // Replacing a slow root may leave the other one the slower.
    return new TimeConstants(
        Math.max(decay, rise), Math.min(decay, rise), decay + rise, -decay * rise);
  }

  private static double inRange(double root) {
    return root >= 1 ? TOO_SLOW : root < 0 ? TOO_FAST : root;
  }

  /** Autocovariances at the lags 0 to last, divided by the number of samples. */
  private static double[] autocovariance(double[] values, int last) {
    int n = values.length;
    double mean = 0;
    for (double value : values) {
      mean += value;
    }
    mean /= n;
    double[] centred = new double[n];
    for (int i = 0; i < n; i++) {
      centred[i] = values[i] - mean;
    }
    double[] covariance = new double[last + 1];
    for (int lag = 0; lag <= Math.min(last, n - 1); lag++) {
      covariance[lag] = laggedProduct(centred, lag) / n;
    }
    return covariance;
  }

  /** Four sums at once, because each addition has to wait for the one before. */
  private static double laggedProduct(double[] x, int lag) {
    int n = x.length - lag;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += x[i] * x[i + lag];
      b += x[i + 1] * x[i + 1 + lag];
      c += x[i + 2] * x[i + 2 + lag];
      d += x[i + 3] * x[i + 3 + lag];
    }
    for (; i < n; i++) {
      a += x[i] * x[i + lag];
    }
    return (a + b) + (c + d);
  }

  /** The g that fits covariance(k+1) = g covariance(k) best. */
  private static double recursion(double[] covariance, double variance) {
    double square = variance * variance;
    double product = variance * covariance[1];
    for (int k = 1; k + 1 < covariance.length; k++) {
      square += covariance[k] * covariance[k];
      product += covariance[k] * covariance[k + 1];
    }
    return square == 0 ? 0 : product / square;
  }

  /**
   * The g₁ and g₂ that fit covariance(k+1) = g₁ covariance(k) + g₂ covariance(|k−1|) best, by
   * orthogonalization of the two columns.
   */
  private static double[] recursions(double[] covariance, double variance) {
    int rows = covariance.length - 1;
    double[] first = new double[rows];
    double[] second = new double[rows];
    double[] target = Arrays.copyOfRange(covariance, 1, rows + 1);
    for (int k = 0; k < rows; k++) {
      first[k] = k == 0 ? variance : covariance[k];
      second[k] = k == 1 ? variance : covariance[Math.abs(k - 1)];
    }
    double norm = dot(first, first);
    double overlap = norm == 0 ? 0 : dot(first, second) / norm;
    for (int k = 0; k < rows; k++) {
      second[k] -= overlap * first[k];
    }
    double rest = dot(second, second);
    double g2 = rest == 0 ? 0 : dot(second, target) / rest;
    double g1 = norm == 0 ? 0 : dot(first, target) / norm - overlap * g2;
    return new double[] {g1, g2};
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** 1 or 2. */
  public int order() {
    return coefficients.length;
  }

  /** g₁, or g₁ and g₂. */
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** The greater root: the factor of the decay from one sample to the next. */
  public double decay() {
    return decay;
  }

  /** The lesser root, that of the rise; 0 for order 1. */
  public double rise() {
    return rise;
  }

  /** The calcium that one event of size 1 makes, at its own sample and those after it. */
  public double[] impulseResponse(int samples) {
    double[] response = new double[samples];
    double g1 = coefficients[0];
    double g2 = order() == 2 ? coefficients[1] : 0;
    for (int t = 0; t < samples; t++) {
      double value = t == 0 ? 1 : g1 * response[t - 1] + (t == 1 ? 0 : g2 * response[t - 2]);
      response[t] = value < NEGLIGIBLE ? 0 : value;
    }
    return response;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeConstants that && Arrays.equals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coefficients);
  }

  @Override
  public String toString() {
    return Arrays.toString(coefficients);
  }
}
