package org.neuroglia.benchmarks;

import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;

/** A sum over all cells of an array, each weighted by its place; as {@code rivals/checksum.py}. */
final class Checksum {
  private Checksum() {}

  /** What a cell adds: its whole number times a weight that mixes the bits of its place. */
  static long of(long place, long value) {
    long weight = place * 0x9E3779B97F4A7C15L;
    return value * (weight ^ weight >>> 32);
  }

  static long of(int[] cells) {
    long sum = 0;
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != 0) {
        sum += of(i, cells[i]);
      }
    }
    return sum;
  }

  /**
   * Of one row of a tensor [event × bin × neuron].
   *
   * @param event place of the row
   * @param counts [bin × neuron], whole numbers
   */
  static long of(long event, Matrix counts) {
    long[] sum = {0};
    counts.foreachActive(
        (bin, neuron, value) -> {
          long row = event * counts.numRows() + (int) bin;
          sum[0] += of(row * counts.numCols() + (int) neuron, whole((double) value));
          return null;
        });
    return sum[0];
  }

  /** Of one row of features [event × neuron], whole numbers. */
  static long ofFeatures(long event, Vector features) {
    long[] sum = {0};
    features.foreachActive(
        (neuron, value) -> {
          sum[0] += of(event * features.size() + (int) neuron, whole((double) value));
          return null;
        });
    return sum[0];
  }

  private static long whole(double value) {
    if (value != (long) value) {
      throw new IllegalStateException(value + " is no count");
    }
    return (long) value;
  }
}
