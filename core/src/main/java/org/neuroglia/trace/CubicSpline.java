package org.neuroglia.trace;

import org.neuroglia.InvalidInputException;

/**
 * The cubic spline through all samples of a trace with not-a-knot ends: the third derivative is
 * continuous at the second and the last but one sample too. Outside the trace the first and the
 * last polynomial go on.
 *
 * <p>The curve of scipy's {@code InterpolatedUnivariateSpline(times, values, k=3)}. Its slopes at
 * the samples solve a tridiagonal system (C. de Boor, A Practical Guide to Splines, chapter IV), in
 * time proportional to the samples. Immutable and thread safe.
 */
public final class CubicSpline {
  private final double[] times;
  private final double[] values;
  private final double[] slopes;

  /**
   * @param times in seconds: finite, strictly increasing, at least 4
   * @param values as many, finite
   * @throws InvalidInputException if they are not so
   */
  public CubicSpline(double[] times, double[] values) {
    check(times, values);
    this.times = times.clone();
    this.values = values.clone();
    this.slopes = slopes(times, values);
  }

  private static void check(double[] times, double[] values) {
    int n = times.length;
    if (values.length != n || n < 4) {
      throw new InvalidInputException(
          String.format(
              "a cubic spline needs at least 4 samples, and as many times as values: there are %d"
                  + " times and %d values",
              n, values.length));
    }
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(times[i]) || !Double.isFinite(values[i])) {
        throw new InvalidInputException(
            String.format(
                "sample %d of the trace is %s at %s s: a cubic spline needs finite samples",
                i, values[i], times[i]));
      }
      if (i > 0 && !(times[i] > times[i - 1])) {
        throw new InvalidInputException(
            String.format(
                "times of the trace go from %s to %s at sample %d: a cubic spline needs strictly"
                    + " increasing times",
                times[i - 1], times[i], i));
      }
    }
  }

  /** Thomas' algorithm: elimination of the lower diagonal, then substitution from the end. */
  private static double[] slopes(double[] x, double[] y) {
    int n = x.length;
    double[] upper = new double[n]; // of the eliminated rows, whose diagonal is 1
    double[] slopes = new double[n];

    double h0 = x[1] - x[0];
    double h1 = x[2] - x[1];
    double two = h0 + h1;
    upper[0] = two / h1;
    slopes[0] = ((h0 + 2 * two) * h1 * secant(x, y, 0) + h0 * h0 * secant(x, y, 1)) / two / h1;

    for (int i = 1; i < n - 1; i++) {
      double before = x[i] - x[i - 1];
      double after = x[i + 1] - x[i];
      double right = 3 * (after * secant(x, y, i - 1) + before * secant(x, y, i));
      double pivot = 2 * (before + after) - after * upper[i - 1];
      upper[i] = before / pivot;
      slopes[i] = (right - after * slopes[i - 1]) / pivot;
    }

    h0 = x[n - 1] - x[n - 2];
    h1 = x[n - 2] - x[n - 3];
    two = h0 + h1;
    double right =
        ((h0 + 2 * two) * h1 * secant(x, y, n - 2) + h0 * h0 * secant(x, y, n - 3)) / two;
    slopes[n - 1] = (right - two * slopes[n - 2]) / (h1 - two * upper[n - 2]);

    for (int i = n - 2; i >= 0; i--) {
      slopes[i] -= upper[i] * slopes[i + 1];
    }
    return slopes;
  }

  private static double secant(double[] x, double[] y, int i) {
    return (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
  }

  /** The value at a time in seconds; NaN at one that is not finite. */
  public double at(double time) {
    return value(interval(time, 0), time);
  }

  /**
   * The values at the doubles {@code offsets[j] + start}, in any order; where they ascend, as they
   * do around an event, each is found from the one before.
   *
   * @param out takes a value per offset, from index {@code from} on; NaN at a time that is not
   *     finite
   */
  public void at(double[] offsets, double start, double[] out, int from) {
    int interval = 0;
    for (int j = 0; j < offsets.length; j++) {
      double time = offsets[j] + start;
      interval = interval(time, time >= times[interval] ? interval : 0);
      out[from + j] = value(interval, time);
    }
  }

  /**
   * The interval whose polynomial serves {@code time}, which is not before that of {@code from}.
   */
  private int interval(double time, int from) {
    int last = times.length - 2;
    if (!(time >= times[from + 1])) {
      return from;
    }
    int low = from + 1; // its time is not after the time
    int step = 1;
    while (low + step <= last && times[low + step] <= time) {
      low += step;
      step *= 2;
    }
    int high = Math.min(low + step, last + 1);
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= time) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.min(low, last);
  }

  private double value(int i, double time) {
    if (!Double.isFinite(time)) {
      return Double.NaN;
    }
    double h = times[i + 1] - times[i];
    double secant = secant(times, values, i);
    double cubic = (slopes[i] + slopes[i + 1] - 2 * secant) / h;
    double square = (secant - slopes[i]) / h - cubic;
    double d = time - times[i];
    return values[i] + d * (slopes[i] + d * (square + d * (cubic / h)));
  }
}
