package org.neuroglia.event;

import java.util.Arrays;
import org.neuroglia.AscendingTimes;

/**
 * The stretches of time that the windows of events cover together, so that spikes in none of them
 * are told at once.
 *
 * <p>It remembers the stretch of the last time, and is quickest where times come in order. Not
 * thread safe.
 */
public final class EventWindows {
  /** Where stretches begin, at even places, and the first double after their end, at odd ones. */
  private final double[] bounds;

  /** How many bounds are at or before the last time. */
  private int passed;

  private double from = Double.NEGATIVE_INFINITY;
  private double to;

  private EventWindows(double... bounds) {
    this.bounds = bounds;
    to = bounds.length == 0 ? Double.POSITIVE_INFINITY : bounds[0];
  }

  /** Every time. */
  public static EventWindows everywhere() {
    return new EventWindows(Double.NEGATIVE_INFINITY);
  }

  /** No time at all. */
  public static EventWindows nowhere() {
    return new EventWindows();
  }

  /**
   * @param events times in seconds, ascending, none NaN
   * @param first where a window opens relative to its event, in seconds
   * @param last where it closes, not before {@code first}; both ends belong to it
   */
  public static EventWindows around(double[] events, double first, double last) {
    double[] bounds = new double[2 * events.length];
    int size = 0;
    for (double event : events) {
      double opens = first + event;
      double after = Math.nextUp(last + event);
      if (size > 0 && opens <= bounds[size - 1]) {
        bounds[size - 1] = Math.max(after, bounds[size - 1]);
      } else {
        bounds[size++] = opens;
        bounds[size++] = after;
      }
    }
    return new EventWindows(Arrays.copyOf(bounds, size));
  }

  /** Whether a time, in seconds, lies in a window; NaN lies in none. */
  public boolean cover(double time) {
    if (time < from || time >= to) {
      move(time);
    }
    return passed % 2 != 0 && !Double.isNaN(time);
  }

  /**
   * The first index after {@code begin} of a time that may be covered where that at {@code begin}
   * is not, or the other way round; {@code end} if there is none.
   *
   * @param times in seconds; that at {@code begin} was the last to be asked for
   */
  public int endOfSame(double[] times, int begin, int end) {
    int i = begin + 1;
    if (Double.isNaN(times[begin])) {
      return i; // it belongs to no stretch
    }
    while (i < end && times[i] >= from && times[i] < to) {
      i++;
    }
    return i;
  }

  private void move(double time) {
    int start = time < from ? 0 : passed;
    passed = AscendingTimes.firstAtOrAfter(bounds, start, Math.nextUp(time));
    from = passed == 0 ? Double.NEGATIVE_INFINITY : bounds[passed - 1];
    to = passed == bounds.length ? Double.POSITIVE_INFINITY : bounds[passed];
  }
}
