package org.neuroglia.nwb;

/**
 * Lists of doubles of consecutive rows of a column, read one after the other into the caller's own
 * array: what a pass over many values needs, without an array for each row or for all of them.
 *
 * <p>Good until the file is closed. Not thread-safe.
 *
 * @see NwbColumn#lists
 */
public interface DoubleLists {
  /** Number of values that the next row has at most; after the last row this must not be asked. */
  int nextLength();

  /**
   * Reads the next row.
   *
   * @param target takes the values from {@code at} on; {@link #nextLength} places must be there,
   *     and all of them may be written
   * @return number of values of the row
   * @throws org.neuroglia.InvalidInputException if the file is damaged or its compression is not
   *     supported
   */
  int next(double[] target, int at);
}
