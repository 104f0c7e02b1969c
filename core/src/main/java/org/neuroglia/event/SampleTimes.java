package org.neuroglia.event;

import org.neuroglia.InvalidInputException;

/** Makes the edges of bins around an event, and checks times to sample at. */
public final class SampleTimes {
  private static final int MOST = 1_000_000;

  private SampleTimes() {}

  /**
   * To the bit what {@code numpy.arange(start, stop, step)} gives: value i is {@code start + i ·
   * ((start + step) − start)}, for numpy takes the step from its first two values.
   *
   * @param start the first edge, in seconds relative to the event
   * @param stop no edge is meant to reach it
   * @param step width of a bin, above 0
   * @return ascending edges; empty where {@code stop} is not above {@code start}
   * @throws InvalidInputException if a number is not finite, the step is not above 0, or there
   *     would be more than a million edges
   */
  public static double[] arange(double start, double stop, double step) {
    if (!(Double.isFinite(start) && Double.isFinite(stop) && Double.isFinite(step) && step > 0)) {
      throw new InvalidInputException(
          String.format(
              "arange(%s, %s, %s): three finite numbers are needed, the last above 0",
              start, stop, step));
    }
    double count = Math.max(0, Math.ceil((stop - start) / step));
    if (count > MOST) {
      throw new InvalidInputException(
          String.format("arange(%s, %s, %s) has more than %,d values", start, stop, step, MOST));
    }
    double[] edges = new double[(int) count];
    double second = start + step;
    for (int i = 0; i < edges.length; i++) {
      edges[i] = i == 1 ? second : start + i * (second - start);
    }
    return edges;
  }

  /**
   * Returns {@code sampleTimes} if values can be taken at them, in whatever order they are.
   *
   * @throws InvalidInputException if there is none, or one is not finite
   */
  public static double[] checkedFinite(double[] sampleTimes) {
    if (sampleTimes == null || sampleTimes.length == 0) {
      throw new InvalidInputException("sampleTimes is empty: give times to sample at, in seconds");
    }
    for (int j = 0; j < sampleTimes.length; j++) {
      if (!Double.isFinite(sampleTimes[j])) {
        throw new InvalidInputException(
            "sampleTimes[" + j + "] is " + sampleTimes[j] + ": finite seconds are needed");
      }
    }
    return sampleTimes;
  }
}
