package org.neuroglia.tensor;

import java.util.Set;
import org.neuroglia.InvalidInputException;

/**
 * Reduces the values along one axis of a tensor to one value, with numpy's functions by their names
 * or a user's {@link Reduction}.
 *
 * <p>{@code sum, mean, median, min, max, std, var, prod, ptp} propagate NaN; {@code nansum,
 * nanmean, nanmedian, nanmin, nanmax, nanstd, nanvar, nanprod} skip it. {@code std} and {@code var}
 * divide by n (ddof 0). Of no values, sums are 0, products 1, minima and maxima an error, and the
 * rest NaN.
 *
 * <p>Same numbers as neuroglia's {@code ResponseReducer(func)} within the rounding of a sum.
 * Immutable and thread safe.
 */
public final class ResponseReducer {
  private static final Set<String> NEED_A_VALUE =
      Set.of("min", "max", "amin", "amax", "nanmin", "nanmax", "ptp");

  private final String func;
  private final Reduction function;

  /**
   * @param func the name of a numpy function, one of {@link #names}, or the full name of a user's
   *     {@link Reduction}
   * @throws InvalidInputException if there is no function of this name
   */
  public ResponseReducer(String func) {
    this.func = func;
    this.function = NumpyFunction.named(func);
  }

  /** The functions that there are. */
  public static Iterable<String> names() {
    return NumpyFunction.names();
  }

  /**
   * Reduces {@code values}, which may be reordered by it.
   *
   * @throws InvalidInputException for the minimum or maximum of no values
   */
  public double reduce(double[] values) {
    if (values.length == 0 && NEED_A_VALUE.contains(func)) {
      throw new InvalidInputException(
          func + " of no values has no result: the tensor has an axis of length 0");
    }
    return function.reduce(values);
  }
}
