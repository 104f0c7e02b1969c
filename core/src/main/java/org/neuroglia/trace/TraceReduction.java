package org.neuroglia.trace;

import java.util.Set;
import org.neuroglia.tensor.NumpyFunction;
import org.neuroglia.tensor.Reduction;

/**
 * Reduces the samples of a trace in a bin to one value, as numpy's functions reduce a column of
 * pandas: {@code sum, prod, mean, min, max, std, var} skip NaN; {@code median} and {@code ptp} do
 * not, and have their NaN-skipping forms {@code nanmedian}, and {@code nanmax} less {@code nanmin}.
 * {@code std} and {@code var} divide by n (ddof 0).
 *
 * <p>Of no samples, or none but NaN where they are skipped, {@code sum} is 0, {@code prod} 1, and
 * the rest NaN. A user's {@link Reduction} gets the samples as they are. Immutable and thread safe.
 */
public final class TraceReduction implements Reduction {
  private static final long serialVersionUID = 1L;

  /** Those that numpy leaves to methods of pandas' Series. */
  private static final Set<String> PANDAS =
      Set.of("sum", "prod", "mean", "min", "max", "amin", "amax", "std", "var");

  private final Reduction function;

  /**
   * @param func the name of a numpy function, one of {@link NumpyFunction#names}, or the full name
   *     of a user's {@link Reduction}
   * @throws org.neuroglia.InvalidInputException if there is no function of this name
   */
  public TraceReduction(String func) {
    Reduction named = NumpyFunction.named(func);
    this.function =
        PANDAS.contains(func) && named instanceof NumpyFunction numpy ? numpy.skippingNaN() : named;
  }

  @Override
  public double reduce(double[] values) {
    return function.reduce(values);
  }
}
