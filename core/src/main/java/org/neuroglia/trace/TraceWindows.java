package org.neuroglia.trace;

import java.util.Arrays;
import org.neuroglia.AscendingTimes;
import org.neuroglia.InvalidInputException;

/**
 * Finds the samples of a trace in half-open windows of time, as a mask {@code start <= t < stop}
 * would. Ascending times are searched as they are; others are put in order once. A sample without a
 * time (NaN) is in no window.
 */
public final class TraceWindows {
  private final double[] times;
  private final double[] values;
  private final int[] order;

  /**
   * @param times of the samples, in seconds, in any order
   * @param values as many
   * @throws InvalidInputException if there are not as many
   */
  public TraceWindows(double[] times, double[] values) {
    if (times.length != values.length) {
      throw new InvalidInputException(
          String.format(
              "a trace has %d times and %d values: as many are needed",
              times.length, values.length));
    }
    boolean ascending = AscendingTimes.isAscending(times);
    this.order = ascending ? new int[0] : AscendingTimes.order(times);
    this.times = ascending ? times : AscendingTimes.gather(times, order);
    this.values = values;
  }

  /** The rank in time, from {@code from} on, of the first sample at or after {@code time}. */
  public int firstAtOrAfter(int from, double time) {
    return AscendingTimes.firstAtOrAfter(times, from, time);
  }

  /** A copy of the values of the given ranks in time, in the order of the trace. */
  public double[] values(int from, int to) {
    if (to <= from) {
      return new double[0];
    }
    if (order.length == 0) {
      return Arrays.copyOfRange(values, from, to);
    }
    int[] positions = Arrays.copyOfRange(order, from, to);
    Arrays.sort(positions);
    return AscendingTimes.gather(values, positions);
  }

  /** A copy of the values at {@code start <= t < stop}, in the order of the trace. */
  public double[] values(double start, double stop) {
    int from = firstAtOrAfter(0, start);
    return stop > start ? values(from, firstAtOrAfter(from, stop)) : new double[0];
  }
}
