package org.neuroglia.trace;

import java.io.Serializable;

/**
 * Makes of a trace another one with a value at each of its times. Implementations are immutable,
 * thread safe, and leave their arguments as they are.
 */
@FunctionalInterface
public interface TraceFilter extends Serializable {
  /** The {@link #reach} of a filter whose every value may depend on the whole trace. */
  int WHOLE = Integer.MAX_VALUE;

  /**
   * @param times of the samples, in seconds, in the order of the trace
   * @param values as many; NaN where there is none
   * @return as many values
   * @throws org.neuroglia.InvalidInputException if the trace cannot be filtered, for example
   *     because it is shorter than a window
   */
  double[] apply(double[] times, double[] values);

  /**
   * How many samples before and after its own a value depends on: 0 for arithmetic on each value by
   * itself, {@link #WHOLE} unless an implementation says less.
   *
   * <p>A part of a trace with this many samples more on either side, or all that there are, gives
   * the same values, to the bit, as the whole.
   */
  default int reach() {
    return WHOLE;
  }
}
