package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.LinearAlgebra;
import org.neuroglia.trace.TraceFilter;

/**
 * Takes from a trace its Savitzky–Golay filter: at each sample the polynomial that fits the window
 * around it best (least squares). The first and the last half window take the polynomial of the
 * first and the last window, scipy's mode {@code interp}.
 *
 * <p>Each value is a product of its window with fixed weights, added up in the order of the samples
 * (A. Savitzky, M. J. E. Golay, Analytical Chemistry 36, 1964); at the ends the polynomial is
 * sought in an orthonormal basis on the window. As in scipy, the weights lose digits with the
 * order: they are exact to 1e-14 at the defaults, to 1e-6 at order 6.
 *
 * <p>Same numbers as neuroglia's {@code SavGolFilterDetrender} and {@code
 * scipy.signal.savgol_filter} within 1e-9, NaN wherever a NaN is in the window. Even windows, which
 * recent scipy shifts by half a sample, are refused.
 */
public final class SavGolFilterDetrender implements TraceFilter {
  private static final long serialVersionUID = 1L;

  /** neuroglia's default window, in samples. */
  public static final int DEFAULT_WINDOW = 201;

  /** neuroglia's default order. */
  public static final int DEFAULT_ORDER = 3;

  private final int window;
  private final double[][] basis;
  private final double[] centre;

  /**
   * @param window in samples, odd, not longer than the trace
   * @param order of the polynomial, at least 0 and below the window
   * @throws InvalidInputException if the window is even or the order does not fit it
   */
  public SavGolFilterDetrender(int window, int order) {
    if (window < 1 || window % 2 == 0) {
      throw new InvalidInputException(
          "window is " + window + ": an odd number of samples is needed");
    }
    if (order < 0 || order >= window) {
      throw new InvalidInputException(
          String.format(
              "order is %d: at least 0 and less than the window of %d samples is needed",
              order, window));
    }
    this.window = window;
    this.basis = basis(window, order);
    this.centre = centre(window, order);
  }

  /** neuroglia's defaults. */
  public SavGolFilterDetrender() {
    this(DEFAULT_WINDOW, DEFAULT_ORDER);
  }

  /** Orthonormal polynomials of each order up to {@code order} at the samples of the window. */
  private static double[][] basis(int window, int order) {
    double[][] basis = new double[order + 1][window];
    int half = window / 2;
    for (int k = 0; k <= order; k++) {
      for (int i = 0; i < window; i++) {
        basis[k][i] = k == 0 ? 1 : basis[k - 1][i] * (i - half) / half;
      }
      for (int pass = 0; pass < 2; pass++) { // once is not orthogonal to the last bit
        for (int j = 0; j < k; j++) {
          double common = dot(basis[j], basis[k], 0);
          for (int i = 0; i < window; i++) {
            basis[k][i] -= common * basis[j][i];
          }
        }
      }
      double length = Math.sqrt(dot(basis[k], basis[k], 0));
      for (int i = 0; i < window; i++) {
        basis[k][i] /= length;
      }
    }
    return basis;
  }

  /**
   * The weights of a window that give its polynomial at the middle: of those that are exact for all
   * powers up to {@code order} the shortest.
   *
   * <p>Found as scipy finds them, although the basis would give them with fewer roundings: least
   * squares on powers are wrong by 4e-13 at order 4 and 31 samples, and neuroglia's values have
   * this in them.
   */
  private static double[] centre(int window, int order) {
    int powers = order + 1;
    double[] matrix = new double[powers * window]; // [power × sample] in columns
    for (int i = 0; i < window; i++) {
      double power = 1;
      for (int k = 0; k < powers; k++) {
        matrix[i * powers + k] = power;
        power *= i - window / 2;
      }
    }
    double[] inTheMiddle = new double[powers];
    inTheMiddle[0] = 1;
    return LinearAlgebra.leastSquares(matrix, powers, window, inTheMiddle);
  }

  private static double dot(double[] weights, double[] values, int from) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[from + i];
    }
    return sum;
  }

  /**
   * @throws InvalidInputException if the trace is shorter than the window
   */
  @Override
  public double[] apply(double[] times, double[] values) {
    int n = values.length;
    if (n < window) {
      throw new InvalidInputException(
          String.format(
              "the trace has %d samples: SavGolFilterDetrender needs at least its window of %d",
              n, window));
    }
    double[] out = new double[n];
    int half = window / 2;
    detrendEdge(values, 0, 0, half, out);
    for (int i = half; i < n - half; i++) {
      out[i] = values[i] - dot(centre, values, i - half);
    }
    detrendEdge(values, n - window, n - half, n, out);
    return out;
  }

  /** Takes the polynomial of the window that begins at {@code start} from the given samples. */
  private void detrendEdge(double[] values, int start, int from, int to, double[] out) {
    double[] coefficients = new double[basis.length];
    for (int k = 0; k < basis.length; k++) {
      coefficients[k] = dot(basis[k], values, start);
    }
    for (int i = from; i < to; i++) {
      double trend = 0;
      for (int k = 0; k < basis.length; k++) {
        trend += coefficients[k] * basis[k][i - start];
      }
      out[i] = values[i] - trend;
    }
  }

  /** The window: a value near an end depends on the whole first or last window. */
  @Override
  public int reach() {
    return window;
  }
}
