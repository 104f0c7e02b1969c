package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

/**
 * Rescales the events of a deconvolved trace: {@code log(1 + scale · x)}, or {@code scale · x}.
 *
 * <p>At {@code x = −1 / scale} the logarithm is −∞ and below it NaN; NaN stays. Same numbers as
 * neuroglia's {@code EventRescaler}, which takes the logarithm of the rounded sum, not log1p.
 *
 * @param logTransform whether the logarithm is taken; neuroglia's default is true
 * @param scale neuroglia's default is 5
 */
public record EventRescaler(boolean logTransform, double scale) implements TraceFilter {
  /**
   * @throws InvalidInputException if the scale is NaN
   */
  public EventRescaler {
    if (Double.isNaN(scale)) {
      throw new InvalidInputException("scale is NaN: a number is needed");
    }
  }

  @Override
  public double[] apply(double[] times, double[] values) {
    double[] rescaled = new double[values.length];
    for (int i = 0; i < rescaled.length; i++) {
      double scaled = scale * values[i];
      rescaled[i] = logTransform ? Math.log(1 + scaled) : scaled;
    }
    return rescaled;
  }

  @Override
  public int reach() {
    return 0;
  }
}
