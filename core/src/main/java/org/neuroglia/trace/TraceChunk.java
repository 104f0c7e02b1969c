package org.neuroglia.trace;

import org.neuroglia.InvalidInputException;

/**
 * Some samples of a trace that follow each other.
 *
 * @param of what the chunk belongs to, kept with it
 * @param times in seconds
 * @param values as many
 * @param <K> what a chunk belongs to
 */
public record TraceChunk<K>(K of, double[] times, double[] values) {
  /**
   * @throws InvalidInputException if there are not as many times as values
   */
  public TraceChunk {
    if (times.length != values.length) {
      throw new InvalidInputException(uneven(times.length, values.length));
    }
  }

  /** What is wrong with a chunk that has other numbers of times and values. */
  public static String uneven(int times, int values) {
    return String.format(
        "there are %d times and %d values: a trace has as many of both", times, values);
  }

  int size() {
    return times.length;
  }
}
