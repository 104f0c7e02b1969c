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
      values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
    }
    values[size++] = cell;
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
