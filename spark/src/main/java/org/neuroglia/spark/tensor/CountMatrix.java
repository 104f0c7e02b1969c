package org.neuroglia.spark.tensor;

import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseMatrix;
import org.neuroglia.tensor.TensorRows;

/** Makes the Matrix [bins × neurons] of an event from its counted spikes, sparse where smaller. */
public final class CountMatrix {
  private final int bins;
  private final int neurons;
  private final boolean fillna;

  /**
   * @param fillna zeros (true) or NaN (false) for a neuron without a spike in the window
   */
  public CountMatrix(int bins, int neurons, boolean fillna) {
    this.bins = bins;
    this.neurons = neurons;
    this.fillna = fillna;
  }

  /** The row of an event that counted nothing. */
  public Matrix empty() {
    return of(new TensorRows(new double[1], bins, java.util.List.of()), 0);
  }

  /** The given row of {@code tensor}. */
  public Matrix of(TensorRows tensor, int row) {
    int spikes = tensor.spikes(row);
    int cells = 0;
    for (int i = 0; i < spikes; i++) {
      if (i == 0 || tensor.position(row, i) != tensor.position(row, i - 1)) {
        cells++;
      }
    }
    long sparseBytes = 12L * cells + 4L * (neurons + 1);
    return fillna && sparseBytes < 8L * bins * neurons
        ? sparse(tensor, row, cells)
        : dense(tensor, row);
  }

  private Matrix sparse(TensorRows tensor, int row, int cells) {
    int[] columnStarts = new int[neurons + 1];
    int[] binOf = new int[cells];
    double[] counts = new double[cells];
    int cell = -1;
    int before = -1;
    for (int i = 0; i < tensor.spikes(row); i++) {
      int position = tensor.position(row, i);
      if (position != before) {
        cell++;
        binOf[cell] = position % bins;
        columnStarts[position / bins + 1]++;
        before = position;
      }
      counts[cell]++;
    }
    for (int k = 0; k < neurons; k++) {
      columnStarts[k + 1] += columnStarts[k];
    }
    return new SparseMatrix(bins, neurons, columnStarts, binOf, counts);
  }

  private Matrix dense(TensorRows tensor, int row) {
    double[] counts = new double[Math.multiplyExact(bins, neurons)];
    boolean[] heard = new boolean[neurons];
    for (int i = 0; i < tensor.spikes(row); i++) {
      int position = tensor.position(row, i);
      counts[position]++;
      heard[position / bins] = true;
    }
    for (int k = 0; k < neurons && !fillna; k++) {
      if (!heard[k]) {
        Arrays.fill(counts, k * bins, (k + 1) * bins, Double.NaN);
      }
    }
    return new DenseMatrix(bins, neurons, counts);
  }
}
