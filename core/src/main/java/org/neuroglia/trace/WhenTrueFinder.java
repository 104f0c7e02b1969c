package org.neuroglia.trace;

import java.io.Serializable;

/**
 * Finds the times at which a trace is above 0; NaN is not.
 *
 * <p>Same times as neuroglia's {@code WhenTrueFinder}.
 */
public final class WhenTrueFinder implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @param times of the samples, in seconds
   * @param values as many
   * @return the times of values above 0, in the order of the trace
   */
  public double[] transform(double[] times, double[] values) {
    int n = 0;
    for (double value : values) {
      n += value > 0 ? 1 : 0;
    }
    double[] found = new double[n];
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        found[next++] = times[i];
      }
    }
    return found;
  }
}
