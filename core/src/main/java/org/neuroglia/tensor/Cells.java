package org.neuroglia.tensor;

import java.util.Arrays;

/**
 * A growable list of cell numbers, reused from train to train so that counting allocates nothing
 * per spike. Not thread safe.
 */
public final class Cells {
  private int[] values = new int[1024];
  private int size;

  /** Appends a cell. */
  public void add(int cell) {
    if (size == values.length) {
      grow();
    }
    values[size++] = cell;
  }

  /**
   * The array that holds the cells, for a loop that appends many: it writes from {@link #size} on,
   * goes on in {@link #grow} when the array is full, and tells {@link #setSize} in the end.
   */
  public int[] array() {
    return values;
  }

  /** An array of twice the length with the same contents, in place of the one before. */
  public int[] grow() {
    values = Arrays.copyOf(values, Math.multiplyExact(values.length, 2));
    return values;
  }

  /** Says how many cells of {@link #array} there are. */
  public void setSize(int size) {
    this.size = size;
  }

  /** The cell at {@code index}, in [0, size). */
  public int get(int index) {
    return values[index];
  }

  public int size() {
    return size;
  }

  /** Forgets the cells and keeps the memory. */
  public void clear() {
    size = 0;
  }
}
