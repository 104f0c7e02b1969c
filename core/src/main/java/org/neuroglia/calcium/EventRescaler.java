package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

/**
 * Rescales the events of a calcium trace: {@code log(1 + scale · x)}, or {@code scale · x} without
 * the logarithm. At {@code -1 / scale} the logarithm is minus infinity, below it NaN.
 *
 * <p>Same numbers as neuroglia's {@code EventRescaler}.
 */
public final class EventRescaler implements TraceFilter {
  private static final long serialVersionUID = 1L;

  /** neuroglia's default scale. */
  public static final double DEFAULT_SCALE = 5;

  private final boolean logTransform;
  private final double scale;

  /**
   * @param logTransform whether to take the logarithm
   * @throws InvalidInputException if the scale is not finite
   */
  public EventRescaler(boolean logTransform, double scale) {
    if (!Double.isFinite(scale)) {
      throw new InvalidInputException("scale is " + scale + ": a finite number is needed");
    }
    this.logTransform = logTransform;
    this.scale = scale;
  }

  /** neuroglia's defaults. */
  public EventRescaler() {
    this(true, DEFAULT_SCALE);
  }

  @Override
  public double[] apply(double[] times, double[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      double scaled = scale * values[i];
      out[i] = logTransform ? Math.log(1 + scaled) : scaled; // not log1p: neuroglia's rounding
    }
    return out;
  }

  @Override
  public int reach() {
    return 0;
  }
}
