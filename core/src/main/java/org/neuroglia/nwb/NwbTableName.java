package org.neuroglia.nwb;

/**
 * A table that a file has.
 *
 * @param name the name to ask for, such as {@code trials}
 * @param path where it is in the file, such as {@code /intervals/trials}
 * @param kind what its rows are
 */
public record NwbTableName(String name, String path, Kind kind) {
  /** What the rows of a table are. */
  public enum Kind {
    /** Neurons, with {@code neuron} and {@code times}. */
    UNITS,
    /** Stretches of time, with {@code event}, {@code time} and {@code duration}. */
    INTERVALS,
    /** Points in time, with {@code event}, {@code time} and, where the file has it, a duration. */
    EVENTS,
    /** Samples or presentations of a time series, with {@code event} and {@code time}. */
    SERIES,
    /** Anything else, such as electrodes, with {@code row}. */
    TABLE
  }
}
