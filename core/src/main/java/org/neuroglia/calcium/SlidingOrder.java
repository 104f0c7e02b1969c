package org.neuroglia.calcium;

import java.util.Arrays;

/**
 * The values of a sliding window in ascending order, NaN last. A value is found by bisection, and
 * moving those above it is one copy of memory, which beats trees for windows of thousands.
 */
final class SlidingOrder {
  private final double[] ascending;
  private int size;

  SlidingOrder(int capacity) {
    this.ascending = new double[capacity];
  }

  void add(double value) {
    int at = place(value);
    System.arraycopy(ascending, at, ascending, at + 1, size - at);
    ascending[at] = value;
    size++;
  }

  /** Takes out a value that was added. */
  void remove(double value) {
    int at = place(value);
    size--;
    System.arraycopy(ascending, at + 1, ascending, at, size - at);
  }

  private int place(double value) {
    int found = Arrays.binarySearch(ascending, 0, size, value);
    return found >= 0 ? found : -1 - found;
  }

  int size() {
    return size;
  }

  double get(int rank) {
    return ascending[rank];
  }
}
