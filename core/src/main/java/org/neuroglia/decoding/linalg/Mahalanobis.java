package org.neuroglia.decoding.linalg;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.io.Serializable;

/** Squared distances in units of a covariance C: xᵀ·C⁻¹·x. */
public interface Mahalanobis extends Serializable {
  /** Of the first k columns [neuron]. */
  double[] squares(double[] columns, int k);

  /** ln det C. */
  double logDeterminant();

  /**
   * By a matrix W [neuron × neuron], column by column, with Wᵀ·C·W = I.
   *
   * @param whitening W
   */
  record Whitened(double[] whitening, int neurons, double logDeterminant) implements Mahalanobis {
    private static final long serialVersionUID = 1L;

    @Override
    public double[] squares(double[] columns, int k) {
      double[] white = new double[neurons * k];
      BLAS.dgemm(
          "T", "N", neurons, k, neurons, 1, whitening, neurons, columns, neurons, 0, white,
          neurons);
      double[] squares = new double[k];
      for (int i = 0; i < k; i++) {
        squares[i] = BLAS.ddot(neurons, white, i * neurons, 1, white, i * neurons, 1);
      }
      return squares;
    }
  }
}
