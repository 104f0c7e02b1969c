package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;
import static org.neuroglia.decoding.linalg.LinearAlgebra.EPS;

import org.neuroglia.decoding.split.Responses;

/**
 * The templates of a {@link MaximumCorrelation}. Arrays are row by row, are not copied and must not
 * be changed.
 *
 * @param classes number of classes
 * @param neurons number of neurons
 * @param means [class × neuron]
 * @param patterns [class × neuron], the means less their average over the neurons, of length 1; 0
 *     where nothing is left
 */
public record MaximumCorrelationModel(int classes, int neurons, double[] means, double[] patterns)
    implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /**
   * The model of some class means.
   *
   * @param means [class × neuron]
   */
  public static MaximumCorrelationModel of(int classes, int neurons, double[] means) {
    double[] patterns = means.clone();
    for (int k = 0; k < classes; k++) {
      toPattern(patterns, k * neurons, neurons);
    }
    return new MaximumCorrelationModel(classes, neurons, means, patterns);
  }

  /** Centres a row and brings it to length 1, or to 0 where no more than rounding is left. */
  private static void toPattern(double[] values, int offset, int length) {
    double sum = 0;
    double largest = 0;
    for (int j = offset; j < offset + length; j++) {
      sum += values[j];
      largest = Math.max(largest, Math.abs(values[j]));
    }
    double mean = sum / length;
    double squares = 0;
    for (int j = offset; j < offset + length; j++) {
      values[j] -= mean;
      squares += values[j] * values[j];
    }
    double rounding = 16 * EPS * largest * Math.sqrt(length);
    double norm = Math.sqrt(squares);
    BLAS.dscal(length, norm > rounding ? 1 / norm : 0, values, offset, 1);
  }

  /** The correlation with the mean of each class, or minus the squared distance of one neuron. */
  @Override
  public double[] decision(Responses rows) {
    requireWidth(rows);
    double[] decision = new double[Math.multiplyExact(rows.events(), classes)];
    if (neurons == 1) {
      for (int i = 0; i < decision.length; i++) {
        double d = rows.values()[i / classes] - means[i % classes];
        decision[i] = -d * d;
      }
      return decision;
    }
    double[] values = rows.values().clone();
    for (int event = 0; event < rows.events(); event++) {
      toPattern(values, event * neurons, neurons);
    }
    Responses unit = new Responses(values, rows.events(), neurons);
    return LinearEvidence.of(unit, classes, patterns, new double[classes]);
  }

  /** Softmax of the correlations: a score from 0 to 1 with the right order, not a probability. */
  @Override
  public void toProbability(double[] decision, int offset) {
    DecoderModel.super.toProbability(decision, offset);
  }
}
