package org.neuroglia.datasets;

import java.util.Arrays;

/** Spike times as they are made, one after the other. */
final class SpikeTimes {
  private double[] times = new double[1024];
  private int size;

  void add(double time) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
    }
    times[size++] = time;
  }

  double[] toArray() {
    return Arrays.copyOf(times, size);
  }
}
