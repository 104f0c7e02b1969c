package org.neuroglia.calcium;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

/**
 * Subtracts from a trace its Savitzky–Golay filter: at each sample, the value of the polynomial
 * that fits the window around it best.
 *
 * <p>The first and the last half window come from the polynomials that fit the first and the last
 * window, as {@code scipy.signal.savgol_filter} with {@code mode='interp'}. Each value is a dot
 * product of the window with weights, a row of the projection onto polynomials. NaN makes NaN of
 * every window that holds it.
 *
 * <p>Same numbers as neuroglia's {@code SavGolFilterDetrender}. Source: Savitzky and Golay 1964,
 * Anal. Chem. 36: 1627.
 */
public final class SavGolFilterDetrender implements TraceFilter {
  private static final long serialVersionUID = 1L;

  private final int window;

  /** Row j holds the weights of the samples for the polynomial's value at sample j. */
  private final double[][] projection;

  /**
   * @param window samples, odd; neuroglia's default is 201
   * @param order of the polynomials, less than the window; neuroglia's default is 3
   * @throws InvalidInputException if one of them is not so
   */
  public SavGolFilterDetrender(int window, int order) {
    if (window < 1 || window % 2 == 0) {
      throw new InvalidInputException(
          "window is " + window + ": the filter needs an odd number of samples, 1 or more");
    }
    if (order < 0 || order >= window) {
      throw new InvalidInputException(
          "order is "
              + order
              + ": polynomials of order 0 to "
              + (window - 1)
              + " can be fitted to a window of "
              + window
              + " samples");
    }
    this.window = window;
    this.projection = projection(window, order);
  }

  /**
   * The orthogonal projection of a window onto polynomials, from an orthonormal basis of them by
   * Gram and Schmidt, each vector made orthogonal twice.
   */
  private static double[][] projection(int window, int order) {
    int half = window / 2;
    double[][] basis = new double[order + 1][window];
    for (int p = 0; p <= order; p++) {
      double[] vector = basis[p];
      for (int j = 0; j < window; j++) {
        double x = half == 0 ? 0 : (j - half) / (double) half;
        vector[j] = p == 0 ? 1 : x * basis[p - 1][j];
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int q = 0; q < p; q++) {
          double overlap = dot(vector, basis[q], 0);
          for (int j = 0; j < window; j++) {
            vector[j] -= overlap * basis[q][j];
          }
        }
        double length = Math.sqrt(dot(vector, vector, 0));
        for (int j = 0; j < window; j++) {
          vector[j] /= length;
        }
      }
    }
    double[][] projection = new double[window][window];
    for (int j = 0; j < window; j++) {
      for (int k = 0; k < window; k++) {
        for (double[] vector : basis) {
          projection[j][k] += vector[j] * vector[k];
        }
      }
    }
    return projection;
  }

  private static double dot(double[] weights, double[] values, int from) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * values[from + k];
    }
    return sum;
  }

  /**
   * @param values at least a window of them, or none
   * @throws InvalidInputException if there are fewer
   */
  @Override
  public double[] apply(double[] times, double[] values) {
    int n = values.length;
    if (n == 0) {
      return new double[0];
    }
    if (n < window) {
      throw new InvalidInputException(
          "a trace of " + n + " samples is shorter than the window of " + window);
    }
    int half = window / 2;
    double[] detrended = Arrays.copyOf(values, n);
    for (int i = 0; i < n; i++) {
      int from = Math.max(0, Math.min(n - window, i - half));
      detrended[i] -= dot(projection[i - from], values, from);
    }
    return detrended;
  }

  /** A window: the end of a trace is fitted by all of its last window. */
  @Override
  public int reach() {
    return window;
  }
}
