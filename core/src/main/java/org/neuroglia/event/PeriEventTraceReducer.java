package org.neuroglia.event;

import java.io.Serializable;
import org.neuroglia.InvalidInputException;
import org.neuroglia.tensor.Reduction;
import org.neuroglia.trace.TraceReduction;
import org.neuroglia.trace.TraceWindows;

/**
 * Reduces the samples of a trace in bins around events.
 *
 * <p>The edges of event {@code e} are the doubles {@code sampleTimes[j] + e}; bin j is {@code
 * [edge[j], edge[j + 1])}, the last one too, unlike the bins of {@link PeriEventSpikeSampler}.
 * Edges are compared exactly. What bins without samples and NaN give is said at {@link
 * TraceReduction}.
 *
 * <p>Same numbers as neuroglia's {@code PeriEventTraceReducer} within the rounding of a sum.
 * Immutable and thread safe.
 */
public final class PeriEventTraceReducer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] sampleTimes;
  private final Reduction func;

  /**
   * @param sampleTimes edges of the bins relative to the event, in seconds: finite, not decreasing,
   *     at least one (one edge makes no bin)
   * @throws InvalidInputException if an edge is missing, not finite or smaller than the one before
   */
  public PeriEventTraceReducer(double[] sampleTimes, Reduction func) {
    this.sampleTimes = PeriEventSpikeSampler.checkedSampleTimes(sampleTimes).clone();
    this.func = func;
  }

  /**
   * @param func a name that {@link TraceReduction} knows
   */
  public PeriEventTraceReducer(double[] sampleTimes, String func) {
    this(sampleTimes, new TraceReduction(func));
  }

  /** The number of bins, one less than the edges. */
  public int bins() {
    return sampleTimes.length - 1;
  }

  /**
   * Samples one trace. Ascending times are fast: a search per event, and its samples.
   *
   * @param times of the samples, in seconds, in any order
   * @param values as many
   * @param events event times in seconds, in any order; at an event without a time (NaN) every bin
   *     is without samples
   * @param out of at least events · bins: bin j of event e goes to {@code out[e * bins + j]}
   */
  public void sample(double[] times, double[] values, double[] events, double[] out) {
    TraceWindows windows = new TraceWindows(times, values);
    int bins = bins();
    for (int e = 0; e < events.length && bins > 0; e++) {
      int from = windows.firstAtOrAfter(0, sampleTimes[0] + events[e]);
      for (int j = 0; j < bins; j++) {
        int to = windows.firstAtOrAfter(from, sampleTimes[j + 1] + events[e]);
        out[e * bins + j] = func.reduce(windows.values(from, to));
        from = to;
      }
    }
  }
}
