package org.neuroglia.decoding.decoder;

import org.neuroglia.decoding.split.Responses;

/**
 * A fitted {@link RidgeClassifier}. Arrays are row by row, are not copied and must not be changed.
 *
 * @param classes number of classes
 * @param neurons number of neurons
 * @param coefficients [class × neuron]; of two classes one row, for the second
 * @param intercepts one per row of the coefficients
 */
public record RidgeClassifierModel(
    int classes, int neurons, double[] coefficients, double[] intercepts) implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /**
   * The regression's values, near 1 for the class and −1 for others. Of two classes −d and d, where
   * d is scikit-learn's decision function.
   */
  @Override
  public double[] decision(Responses rows) {
    requireWidth(rows);
    return LinearEvidence.of(rows, classes, coefficients, intercepts);
  }

  /**
   * Softmax of the regression's values: a score from 0 to 1 with the right order, not a calibrated
   * probability. scikit-learn has none.
   */
  @Override
  public void toProbability(double[] decision, int offset) {
    DecoderModel.super.toProbability(decision, offset);
  }
}
