package org.neuroglia.event;

import java.io.Serializable;

/**
 * Slices of the time line, to which spikes and events are sent when a session is sampled by many
 * tasks. A slice is long against the window, so that few windows meet two slices.
 *
 * @param seconds length of a slice: a power of two, so that no rounding moves a border
 */
public record TimeSlices(double seconds) implements Serializable {
  private static final double SHORTEST = 64;
  private static final int WINDOWS_PER_SLICE = 16;

  /** The slices for windows that are {@code window} seconds long; depends on nothing else. */
  public static TimeSlices forWindow(double window) {
    double seconds = SHORTEST;
    while (seconds < WINDOWS_PER_SLICE * window) {
      seconds *= 2;
    }
    return new TimeSlices(seconds);
  }

  /** The slice that holds {@code time}; ascending times have ascending slices. */
  public long of(double time) {
    return (long) Math.floor(time / seconds);
  }
}
