package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

/**
 * A fitted linear discriminant. Arrays are row by row, and empty where the solver has none; they
 * are not copied and must not be changed.
 *
 * @param classes number of classes
 * @param neurons number of neurons
 * @param priors [class]
 * @param means [class × neuron]
 * @param coefficients [class × neuron]; of two classes one row, for the second against the first
 * @param intercepts one per row of the coefficients
 * @param explainedVarianceRatio [component]; svd and eigen
 * @param scalings [axis × neuron], the discriminant axes (scikit-learn's scalings_, transposed; of
 *     the eigen solver the first min(neurons, classes − 1)); svd and eigen
 * @param components axes that {@link #transform} gives
 * @param xbar [neuron], mean of the class means weighted by the priors; svd
 * @param covariance [neuron × neuron], within classes; lsqr, eigen, and svd where it was asked for
 */
public record LinearDiscriminantModel(
    int classes,
    int neurons,
    double[] priors,
    double[] means,
    double[] coefficients,
    double[] intercepts,
    double[] explainedVarianceRatio,
    double[] scalings,
    int components,
    double[] xbar,
    double[] covariance)
    implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /** Of two classes: −d and d, where d is scikit-learn's decision function. */
  @Override
  public double[] decision(Responses rows) {
    requireWidth(rows);
    return LinearEvidence.of(rows, classes, coefficients, intercepts);
  }

  /** The logistic function of d for two classes, softmax for more. */
  @Override
  public void toProbability(double[] decision, int offset) {
    if (classes == 2) {
      double second = 1 / (1 + Math.exp(-decision[offset + 1]));
      decision[offset] = 1 - second;
      decision[offset + 1] = second;
      return;
    }
    DecoderModel.super.toProbability(decision, offset);
  }

  /** Positions on the discriminant axes, [event × component]; signs of axes are arbitrary. */
  public double[] transform(Responses rows) {
    requireWidth(rows);
    if (scalings.length == 0) {
      throw new InvalidInputException("the solver lsqr has no discriminant axes; use svd or eigen");
    }
    double[] projected = new double[Math.multiplyExact(rows.events(), components)];
    BLAS.dgemm(
        "T",
        "N",
        components,
        rows.events(),
        neurons,
        1,
        scalings,
        neurons,
        rows.values(),
        neurons,
        0,
        projected,
        components);
    if (xbar.length > 0) {
      double[] shift = new double[components];
      BLAS.dgemv("T", neurons, components, 1, scalings, neurons, xbar, 1, 0, shift, 1);
      for (int event = 0; event < rows.events(); event++) {
        BLAS.daxpy(components, -1, shift, 0, 1, projected, event * components, 1);
      }
    }
    return projected;
  }
}
