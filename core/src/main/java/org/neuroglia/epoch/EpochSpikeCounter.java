package org.neuroglia.epoch;

import java.io.Serializable;
import org.neuroglia.AscendingTimes;

/**
 * Counts the spikes in epochs, or says their rate: those at {@code time <= t < time + duration},
 * the sum taken in double precision.
 *
 * <p>Half open, as the epochs of {@link EpochTraceReducer}: of epochs that follow one another each
 * spike is in one. neuroglia has no counterpart. Immutable and thread safe.
 */
public final class EpochSpikeCounter implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean rate;

  /**
   * @param rate whether to give spikes per second, the count divided by the duration, instead of
   *     the count
   */
  public EpochSpikeCounter(boolean rate) {
    this.rate = rate;
  }

  /**
   * Counts one train: two searches per epoch.
   *
   * @param train spike times in seconds, ascending; NaN, if any, last
   * @param events start of the epochs in seconds, in any order; may overlap
   * @param durations as many, in seconds; an epoch without a time (NaN), or whose duration is not
   *     above 0, has count 0 and rate NaN
   * @param out of at least as many
   */
  public void sample(double[] train, double[] events, double[] durations, double[] out) {
    for (int e = 0; e < events.length; e++) {
      double stop = events[e] + durations[e];
      boolean real = durations[e] > 0 && !Double.isNaN(stop);
      int count = real ? count(train, events[e], stop) : 0;
      double perSecond = real ? count / durations[e] : Double.NaN;
      out[e] = rate ? perSecond : count;
    }
  }

  /**
   * The number of spikes with {@code start <= t < stop}; 0 where stop is not above start, or either
   * is NaN.
   *
   * @param train spike times in seconds, ascending; NaN, if any, last
   */
  public static int count(double[] train, double start, double stop) {
    if (!(start < stop)) {
      return 0;
    }
    int from = AscendingTimes.firstAtOrAfter(train, 0, start);
    return AscendingTimes.firstAtOrAfter(train, from, stop) - from;
  }
}
