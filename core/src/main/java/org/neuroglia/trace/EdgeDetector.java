package org.neuroglia.trace;

/**
 * 1 where a trace is above the sample before, or below it for falling edges, and 0 elsewhere. The
 * first sample is no edge, and neither is a step from or to NaN.
 *
 * <p>Same numbers as neuroglia's {@code EdgeDetector} on numbers with a sign. Its differences of
 * booleans and unsigned integers wrap; here they are those of the numbers 0 and 1.
 */
public final class EdgeDetector implements TraceFilter {
  private static final long serialVersionUID = 1L;

  private final boolean falling;

  /**
   * @param falling whether to find falling edges instead of rising ones
   */
  public EdgeDetector(boolean falling) {
    this.falling = falling;
  }

  @Override
  public double[] apply(double[] times, double[] values) {
    double[] out = new double[values.length];
    for (int i = 1; i < values.length; i++) {
      boolean edge = falling ? values[i] < values[i - 1] : values[i] > values[i - 1];
      out[i] = edge ? 1 : 0;
    }
    return out;
  }

  @Override
  public int reach() {
    return 1;
  }
}
