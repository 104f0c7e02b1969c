package org.neuroglia.trace;

import org.neuroglia.InvalidInputException;

/**
 * 1 where a trace is above a threshold and 0 elsewhere, at the threshold too.
 *
 * <p>Same numbers as neuroglia's {@code Binarizer}, which is scikit-learn's.
 */
public final class Binarizer implements TraceFilter {
  private static final long serialVersionUID = 1L;

  private final double threshold;

  /**
   * @throws InvalidInputException if the threshold is NaN
   */
  public Binarizer(double threshold) {
    if (Double.isNaN(threshold)) {
      throw new InvalidInputException("threshold is NaN: a number is needed");
    }
    this.threshold = threshold;
  }

  /**
   * @throws InvalidInputException if a value is NaN or infinite, as in scikit-learn
   */
  @Override
  public double[] apply(double[] times, double[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInputException(
            String.format(
                "Binarizer: the trace is %s at %s s; finite values are needed",
                values[i], times[i]));
      }
      out[i] = values[i] > threshold ? 1 : 0;
    }
    return out;
  }

  @Override
  public int reach() {
    return 0;
  }
}
