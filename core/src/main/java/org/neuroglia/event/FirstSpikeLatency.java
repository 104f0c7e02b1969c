package org.neuroglia.event;

import java.util.OptionalDouble;
import org.neuroglia.AscendingTimes;

/** How long after an event a neuron first fires. */
public final class FirstSpikeLatency {
  private FirstSpikeLatency() {}

  /**
   * The time from an event to the first spike at it or after it, in seconds.
   *
   * @param train spike times in seconds, ascending; NaN, if any, last
   * @param event in seconds
   * @param longest seconds within which the spike must be, not included; infinity for any
   * @return empty where there is no such spike, or the event has no time (NaN)
   */
  public static OptionalDouble of(double[] train, double event, double longest) {
    int first = Double.isNaN(event) ? train.length : AscendingTimes.firstAtOrAfter(train, 0, event);
    // The end of the window is a sum, as the edges of bins are, so that both see the same spikes.
    boolean found = first < train.length && train[first] < event + longest;
    return found ? OptionalDouble.of(train[first] - event) : OptionalDouble.empty();
  }
}
