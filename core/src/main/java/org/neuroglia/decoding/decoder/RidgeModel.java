package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.io.Serializable;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

/**
 * A fitted {@link Ridge}. Arrays are not copied and must not be changed.
 *
 * @param neurons number of neurons
 * @param coefficients [target × neuron], row by row
 * @param intercepts [target]
 */
public record RidgeModel(int neurons, double[] coefficients, double[] intercepts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Number of targets. */
  public int targets() {
    return intercepts.length;
  }

  /** Predictions, [target × event], those of a target together. */
  public double[] predict(Responses rows) {
    if (rows.neurons() != neurons) {
      throw new InvalidInputException(
          "the regression was fitted to "
              + neurons
              + " neurons, the responses have "
              + rows.neurons());
    }
    int n = rows.events();
    double[] predicted = new double[Math.multiplyExact(targets(), n)];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = intercepts[i / n];
    }
    BLAS.dgemm(
        "T",
        "N",
        n,
        targets(),
        neurons,
        1,
        rows.values(),
        neurons,
        coefficients,
        neurons,
        1,
        predicted,
        Math.max(1, n));
    return predicted;
  }
}
