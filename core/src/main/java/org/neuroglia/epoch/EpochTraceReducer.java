package org.neuroglia.epoch;

import java.io.Serializable;
import org.neuroglia.tensor.Reduction;
import org.neuroglia.trace.TraceReduction;
import org.neuroglia.trace.TraceWindows;

/**
 * Reduces the samples of a trace in epochs: those at {@code time <= t < time + duration}, the sum
 * taken in double precision. What epochs without samples and NaN give is said at {@link
 * TraceReduction}.
 *
 * <p>Same numbers as neuroglia's {@code EpochTraceReducer} within the rounding of a sum. Immutable
 * and thread safe.
 */
public final class EpochTraceReducer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Reduction func;

  /** A reducer with numpy's rule, or a user's own. */
  public EpochTraceReducer(Reduction func) {
    this.func = func;
  }

  /**
   * @param func a name that {@link TraceReduction} knows
   */
  public EpochTraceReducer(String func) {
    this(new TraceReduction(func));
  }

  /**
   * Reduces one trace. Ascending times are fast: two searches per epoch, and its samples.
   *
   * @param times of the samples, in seconds, in any order
   * @param values as many
   * @param events start of the epochs in seconds, in any order; may overlap
   * @param durations as many, in seconds; an epoch without a time (NaN), or whose duration is not
   *     above 0, has no samples
   * @param out of at least as many
   */
  public void sample(
      double[] times, double[] values, double[] events, double[] durations, double[] out) {
    TraceWindows windows = new TraceWindows(times, values);
    for (int e = 0; e < events.length; e++) {
      out[e] = func.reduce(windows.values(events[e], events[e] + durations[e]));
    }
  }
}
