package org.neuroglia.calcium;

/**
 * Positions in the order of their heights, the highest first; of equal ones, the first first. A
 * heap, so that taking a few of many costs less than sorting all.
 */
final class HighestFirst {
  private final double[] heights;
  private final int[] heap;
  private int size;

  HighestFirst(double[] heights) {
    this.heights = heights;
    this.heap = new int[heights.length];
    this.size = heights.length;
    for (int i = 0; i < size; i++) {
      heap[i] = i;
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes the highest of those left. */
  int next() {
    int first = heap[0];
    heap[0] = heap[--size];
    sink(0);
    return first;
  }

  private void sink(int from) {
    int sinking = heap[from];
    int hole = from;
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], sinking)) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = sinking;
  }

  private boolean before(int a, int b) {
    return heights[a] > heights[b] || (heights[a] == heights[b] && a < b);
  }
}
