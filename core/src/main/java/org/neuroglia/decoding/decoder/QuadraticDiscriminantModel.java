package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import org.neuroglia.decoding.split.Responses;

/**
 * A fitted quadratic discriminant. Arrays are not copied and must not be changed.
 *
 * @param classes number of classes
 * @param neurons number of neurons
 * @param priors [class]
 * @param means [class × neuron]
 * @param whitenings per class W [neuron × neuron], column by column, with Wᵀ·covariance·W = I
 * @param logDeterminants [class], natural logarithms of the determinants of the covariances
 * @param covariances per class [neuron × neuron], regularised; empty where they were not asked for
 */
public record QuadraticDiscriminantModel(
    int classes,
    int neurons,
    double[] priors,
    double[] means,
    double[][] whitenings,
    double[] logDeterminants,
    double[][] covariances)
    implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /** Rows per matrix product. */
  private static final int BLOCK = 256;

  /**
   * Logarithm of prior times density of each class, but for a constant; of two classes
   * scikit-learn's decision function is the difference, the second less the first.
   */
  @Override
  public double[] decision(Responses rows) {
    requireWidth(rows);
    double[] decision = new double[Math.multiplyExact(rows.events(), classes)];
    double[] centred = new double[Math.min(BLOCK, rows.events()) * neurons];
    double[] white = new double[centred.length];
    for (int from = 0; from < rows.events(); from += BLOCK) {
      int size = Math.min(BLOCK, rows.events() - from);
      for (int k = 0; k < classes; k++) {
        centre(rows.values(), from * neurons, k, centred, size);
        BLAS.dgemm(
            "T",
            "N",
            neurons,
            size,
            neurons,
            1,
            whitenings[k],
            neurons,
            centred,
            neurons,
            0,
            white,
            neurons);
        double constant = Math.log(priors[k]) - 0.5 * logDeterminants[k];
        for (int i = 0; i < size; i++) {
          double squares = BLAS.ddot(neurons, white, i * neurons, 1, white, i * neurons, 1);
          decision[(from + i) * classes + k] = constant - 0.5 * squares;
        }
      }
    }
    return decision;
  }

  private void centre(double[] values, int offset, int code, double[] centred, int size) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < neurons; j++) {
        centred[i * neurons + j] = values[offset + i * neurons + j] - means[code * neurons + j];
      }
    }
  }
}
