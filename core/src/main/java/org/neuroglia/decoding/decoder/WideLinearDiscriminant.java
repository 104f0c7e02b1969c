package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.Contrasts;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.linalg.LinearAlgebra;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.linalg.ShrunkCovariance;
import org.neuroglia.decoding.linalg.Whitening;
import org.neuroglia.decoding.split.Responses;

/**
 * A linear discriminant from too few events for a covariance of full rank: from products of the
 * {@link Contrasts} with each other, never from a matrix [neuron × neuron].
 *
 * <p>The eigen solver's axes together are a whitening of the covariance, so that its coefficients
 * are covariance⁻¹·means, those of the lsqr solver; without shrinkage there is no such inverse.
 */
final class WideLinearDiscriminant {
  private final LinearDiscriminantAnalysis settings;
  private final Responses rows;
  private final int[] y;
  private final ClassMoments moments;
  private final Contrasts contrasts;

  WideLinearDiscriminant(
      LinearDiscriminantAnalysis settings, Responses rows, int[] y, int classes) {
    rows.requireFinite();
    this.settings = settings;
    this.rows = rows;
    this.y = y;
    this.moments = ClassMoments.ofSquares(rows, classes);
    moments.add(rows, y);
    this.contrasts = Contrasts.of(rows, y, classes);
  }

  LinearDiscriminantModel fit() {
    int kept = settings.components(moments);
    return settings.solver() == LinearDiscriminantAnalysis.Solver.SVD ? svd(kept) : inverse();
  }

  private LinearDiscriminantModel svd(int kept) {
    double events = moments.events();
    double[] inverseStd =
        Arrays.stream(moments.withinScatter())
            .map(square -> square == 0 ? 0 : Math.sqrt(events / square))
            .toArray();
    double threshold = settings.tolerance() * settings.tolerance();
    Whitening whitening =
        whitening(
            inverseStd,
            1 / events,
            Math.max(10 * threshold, LinearDiscriminantSolution.SURELY_REGULAR),
            threshold);
    return settings
        .solution(moments)
        .svd(whitening, moments.events(), kept, settings.tolerance(), new double[0]);
  }

  private Whitening whitening(double[] inverseStd, double weight, double surely, double threshold) {
    double[] weights = new double[moments.classes()];
    Arrays.fill(weights, Math.sqrt(weight));
    return Whitening.ofRows(
        contrasts.scaled(weights, inverseStd),
        contrasts.number(),
        moments.neurons(),
        inverseStd,
        surely,
        threshold);
  }

  /** The solvers lsqr and eigen: covariance⁻¹·means. */
  private LinearDiscriminantModel inverse() {
    int classes = moments.classes();
    int p = moments.neurons();
    LinearDiscriminantSolution solution = settings.solution(moments);
    double[] weights = new double[classes];
    double[] diagonal = new double[p];
    double[] unit = new double[p];
    Arrays.fill(unit, 1);
    for (int k = 0; k < classes; k++) {
      double amount = addShrinkage(k, solution.priors()[k], diagonal);
      weights[k] = Math.sqrt((1 - amount) * solution.priors()[k] / moments.count(k));
    }
    double[] covariance = contrasts.scaled(weights, unit);
    double trace =
        BLAS.ddot(covariance.length, covariance, 1, covariance, 1) + Arrays.stream(diagonal).sum();
    double least = Arrays.stream(diagonal).min().orElseThrow();
    if (least > 1000 * LinearAlgebra.rounding(trace, p)) {
      ShrunkCovariance shrunk = ShrunkCovariance.of(covariance, contrasts.number(), diagonal);
      return solution.solved(shrunk.solve(moments.means(), classes), new double[0]);
    }
    if (least > 0) { // too little to divide by
      return settings.fit(rows, y, classes);
    }
    if (settings.solver() == LinearDiscriminantAnalysis.Solver.EIGEN) {
      throw new InvalidInputException(
          "the within-class covariance is singular: "
              + moments.events()
              + " events of "
              + classes
              + " classes are too few for "
              + p
              + " neurons; use the solver svd, or shrinkage");
    }
    Whitening whitening =
        Whitening.ofRows(
            covariance,
            contrasts.number(),
            p,
            unit,
            LinearDiscriminantSolution.SURELY_REGULAR * trace / contrasts.number(),
            0);
    double[] coef = whitening.back(whitening.project(moments.means(), classes), classes);
    return solution.solved(coef, new double[0]);
  }

  /**
   * Adds what shrinking the covariance of a class adds to its diagonal, times the prior.
   *
   * @return the amount of shrinkage
   */
  private double addShrinkage(int code, double prior, double[] diagonal) {
    int p = moments.neurons();
    double[] own = contrasts.of(code);
    double events = moments.count(code);
    if (!settings.shrinkage().automatic()) {
      double amount = settings.shrinkage().amount();
      double mu = BLAS.ddot(own.length, own, 1, own, 1) / events / p;
      for (int j = 0; j < p; j++) {
        diagonal[j] += prior * amount * mu;
      }
      return amount;
    }
    FeatureMoments features = new FeatureMoments(p);
    for (int event = 0; event < y.length; event++) {
      if (y[event] == code) {
        features.add(rows.values(), event * p);
      }
    }
    double[] scale = features.scales();
    for (int i = 0; i < own.length; i++) {
      own[i] /= scale[i % p];
    }
    double trace = BLAS.ddot(own.length, own, 1, own, 1) / events;
    double amount = ledoitWolf(own, code, features.means(), scale, trace);
    for (int j = 0; j < p; j++) {
      diagonal[j] += prior * amount * trace / p * scale[j] * scale[j];
    }
    return amount;
  }

  private double ledoitWolf(double[] own, int code, double[] means, double[] scale, double trace) {
    int p = moments.neurons();
    double events = moments.count(code);
    double squares = 0; // of the covariance, and so of its non-zero eigenvalues
    for (double product : LinearAlgebra.gram(own, own.length / p, p)) {
      squares += product / events * (product / events);
    }
    double fourth = 0;
    for (int event = 0; event < y.length; event++) {
      if (y[event] == code) {
        double norm = 0;
        for (int j = 0; j < p; j++) {
          double z = (rows.get(event, j) - means[j]) / scale[j];
          norm += z * z;
        }
        fourth += norm * norm;
      }
    }
    return Shrinkage.ledoitWolf(squares, trace, fourth, moments.count(code), p);
  }
}
