package org.neuroglia.decoding.decoder;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.RegressionMoments;
import org.neuroglia.decoding.split.Responses;

/**
 * Ridge regression of continuous targets, such as running speed: the coefficients minimise |target
 * − prediction|² + alpha·|coefficients|², the intercept is free. Results are those of {@code
 * sklearn.linear_model.Ridge} 1.9. All targets share one Cholesky factor, so that a hundred
 * permuted ones cost little more than one.
 *
 * @param alpha of the penalty; 0 is ordinary least squares
 */
public record Ridge(double alpha) implements Serializable {
  private static final long serialVersionUID = 1L;

  public Ridge {
    RidgeSolution.requireAlpha(alpha);
  }

  /** scikit-learn's default: alpha of 1. */
  public Ridge() {
    this(1);
  }

  /** By a matrix [neuron × neuron]. */
  public RidgeModel fit(RegressionMoments moments) {
    double[] coefficients =
        RidgeSolution.ofScatter(
            moments.scatter(),
            moments.neurons(),
            alpha,
            moments.centredProducts(),
            moments.targets());
    return model(coefficients, moments.targetMeans(), moments.mean());
  }

  /**
   * Of fewer events than neurons by a matrix [event × event].
   *
   * @param rows finite responses
   * @param targets [target][event], finite
   */
  public RidgeModel fit(Responses rows, double[][] targets) {
    requireTargets(rows, targets);
    if (rows.events() >= rows.neurons()) {
      RegressionMoments moments = RegressionMoments.like(rows, targets);
      moments.add(rows, targets);
      return fit(moments);
    }
    int n = rows.events();
    double[] mean = new double[rows.neurons()];
    double[] origin = ClassMoments.originOf(rows);
    for (int event = 0; event < n; event++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += (rows.get(event, j) - origin[j]) / n;
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] += origin[j];
    }
    double[] targetMeans =
        Arrays.stream(targets).mapToDouble(y -> Arrays.stream(y).sum() / n).toArray();
    double[] centred = new double[Math.multiplyExact(targets.length, n)];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = targets[i / n][i % n] - targetMeans[i / n];
    }
    Responses x = RidgeSolution.centred(rows, mean);
    double[] coefficients = RidgeSolution.ofRows(x, alpha, centred, targets.length);
    return model(coefficients, targetMeans, mean);
  }

  private static RidgeModel model(double[] coefficients, double[] targetMeans, double[] mean) {
    return new RidgeModel(
        mean.length, coefficients, RidgeSolution.intercepts(targetMeans, coefficients, mean));
  }

  /** Refuses no events, targets of another number of events, NaN and infinities. */
  public static void requireTargets(Responses rows, double[][] targets) {
    rows.requireFinite();
    if (rows.events() == 0 || rows.neurons() == 0) {
      throw new InvalidInputException("there are no responses to fit a regression to");
    }
    for (double[] target : targets) {
      if (target.length != rows.events()) {
        throw new InvalidInputException(
            "there are " + target.length + " targets for " + rows.events() + " events");
      }
      for (int event = 0; event < target.length; event++) {
        if (!Double.isFinite(target[event])) {
          throw new InvalidInputException(
              "the target of event "
                  + event
                  + " (counted from 0) is "
                  + target[event]
                  + "; regression takes finite numbers only");
        }
      }
    }
  }
}
