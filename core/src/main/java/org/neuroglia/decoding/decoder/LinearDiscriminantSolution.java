package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.util.Arrays;
import java.util.Optional;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.LinearAlgebra;
import org.neuroglia.decoding.linalg.Whitening;

/** The three ways to a model from class means, priors and covariances. Matrices as in BLAS. */
record LinearDiscriminantSolution(double[] means, double[] priors, int p, int classes) {
  /** A correlation whose eigenvalues are all above it is solved without looking at them. */
  static final double SURELY_REGULAR = 1e-7;

  /** A within-class correlation whose eigenvalues are all above it loses none to the tolerance. */
  static double surelyRegular(double tolerance) {
    return Math.max(10 * tolerance * tolerance, SURELY_REGULAR);
  }

  /** The svd solver, from the covariance within classes, [neuron × neuron]. */
  LinearDiscriminantModel svd(
      double[] within, long events, int kept, double tolerance, double[] covariance) {
    if (Arrays.stream(within).allMatch(c -> c == 0)) {
      throw nothingVaries();
    }
    // Eigenvalues are squares of singular values, and mostly none is up to the tolerance's.
    double threshold = tolerance * tolerance;
    Whitening whitening =
        Whitening.triangular(within, p, surelyRegular(tolerance))
            .orElseGet(() -> Whitening.spectral(within, p, threshold));
    return svd(whitening, events, kept, tolerance, covariance);
  }

  private static InvalidInputException nothingVaries() {
    return new InvalidInputException(
        "no neuron's response varies within a class, so there is nothing to decode with");
  }

  /** The svd solver, where the covariance within classes is known by its whitening. */
  LinearDiscriminantModel svd(
      Whitening whitening, long events, int kept, double tolerance, double[] covariance) {
    double[] xbar = new double[p];
    BLAS.dgemv("N", p, classes, 1, means, p, priors, 1, 0, xbar, 1);
    int rank = whitening.rank();
    if (rank == 0) {
      throw nothingVaries();
    }

    // Directions in which the whitened class means differ.
    double[] centres = means.clone();
    double[] weighted = new double[p * classes];
    for (int k = 0; k < classes; k++) {
      BLAS.daxpy(p, -1, xbar, 0, 1, centres, k * p, 1);
      double weight = Math.sqrt(events * priors[k] / (classes - 1));
      BLAS.daxpy(p, weight, centres, k * p, 1, weighted, k * p, 1);
    }
    double[] between = transposed(whitening.project(weighted, classes), rank, classes);
    LinearAlgebra.Singular singular = LinearAlgebra.singular(between, classes, rank);
    double[] squares = Arrays.stream(singular.values()).map(s -> s * s).toArray();
    double sum = Arrays.stream(squares).sum();
    double[] explained = Arrays.stream(squares).limit(kept).map(s -> s / sum).toArray();
    int axes = 0;
    while (axes < singular.values().length
        && singular.values()[axes] > tolerance * singular.values()[0]) {
      axes++;
    }
    double[] coef = new double[p * classes];
    if (axes == 0) { // all classes have the same mean: only the priors tell them apart
      double[] logPriors = Arrays.stream(priors).map(Math::log).toArray();
      return model(coef, logPriors, explained, new double[0], 0, xbar, covariance);
    }
    double[] scalings = whitening.back(Arrays.copyOf(singular.right(), rank * axes), axes);

    double[] projected = new double[axes * classes];
    BLAS.dgemm("T", "N", axes, classes, p, 1, scalings, p, centres, p, 0, projected, axes);
    BLAS.dgemm("N", "N", p, classes, axes, 1, scalings, p, projected, axes, 0, coef, p);
    double[] intercept = new double[classes];
    for (int k = 0; k < classes; k++) {
      intercept[k] =
          -0.5 * BLAS.ddot(axes, projected, k * axes, 1, projected, k * axes, 1)
              + Math.log(priors[k])
              - BLAS.ddot(p, xbar, 0, 1, coef, k * p, 1);
    }
    return model(coef, intercept, explained, scalings, Math.min(kept, axes), xbar, covariance);
  }

  private static double[] transposed(double[] matrix, int rows, int columns) {
    double[] transposed = new double[matrix.length];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        transposed[i * columns + j] = matrix[j * rows + i];
      }
    }
    return transposed;
  }

  /** The least-squares solution of the smallest norm, as LAPACK's gelsd. */
  LinearDiscriminantModel lsqr(double[] within) {
    double[] coef =
        regular(within)
            .map(whitening -> whitening.back(whitening.project(means, classes), classes))
            .orElseGet(() -> smallestNorm(within));
    return solved(coef, within);
  }

  /** The model whose coefficients are known: covariance⁻¹·means. */
  LinearDiscriminantModel solved(double[] coef, double[] covariance) {
    return model(coef, intercept(coef), new double[0], new double[0], 0, new double[0], covariance);
  }

  /** A whitening if the covariance, but for neurons without variance, is far from singular. */
  private Optional<Whitening> regular(double[] within) {
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < p; j++) {
      double variance = within[j * p + j];
      least = variance > 0 ? Math.min(least, variance) : least;
    }
    double smallest = 1000 * LinearAlgebra.rounding(LinearAlgebra.trace(within, p) / least, p);
    return Whitening.triangular(within, p, Math.max(smallest, SURELY_REGULAR));
  }

  private double[] smallestNorm(double[] within) {
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigen(within, p);
    double threshold = LinearAlgebra.rounding(eigen.values()[p - 1], p);
    double[] scaled = new double[p * p];
    for (int r = 0; r < p; r++) {
      if (eigen.values()[r] > threshold) {
        BLAS.daxpy(p, 1 / eigen.values()[r], eigen.vectors(), r * p, 1, scaled, r * p, 1);
      }
    }
    double[] projected = new double[p * classes];
    BLAS.dgemm("T", "N", p, classes, p, 1, eigen.vectors(), p, means, p, 0, projected, p);
    double[] coef = new double[p * classes];
    BLAS.dgemm("N", "N", p, classes, p, 1, scaled, p, projected, p, 0, coef, p);
    return coef;
  }

  LinearDiscriminantModel eigen(double[] within, double[] total, int kept) {
    Whitening whitening =
        Whitening.triangular(within, p, LinearAlgebra.rounding(1, p))
            .orElseThrow(() -> singular(within));
    for (int j = 0; j < p; j++) {
      if (within[j * p + j] == 0) {
        throw singular(j, "does not vary within any class");
      }
    }
    double[] between = total.clone();
    BLAS.daxpy(between.length, -1, within, 1, between, 1);
    double[] half = transposed(whitening.project(between, p), p, p);
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigen(whitening.project(half, p), p);
    double[] vectors = whitening.back(eigen.vectors(), p);
    double sum = Arrays.stream(eigen.values()).sum();

    double[] axes = new double[p * p]; // the most telling first
    double[] explained = new double[kept];
    for (int r = 0; r < p; r++) {
      int column = p - 1 - r;
      System.arraycopy(vectors, column * p, axes, r * p, p);
      if (r < kept) {
        explained[r] = eigen.values()[column] / sum;
      }
    }
    double[] projected = new double[p * classes];
    BLAS.dgemm("T", "N", p, classes, p, 1, axes, p, means, p, 0, projected, p);
    double[] coef = new double[p * classes];
    BLAS.dgemm("N", "N", p, classes, p, 1, axes, p, projected, p, 0, coef, p);
    double[] scalings = Arrays.copyOf(axes, p * Math.min(p, classes - 1));
    return model(coef, intercept(coef), explained, scalings, kept, new double[0], within);
  }

  /** Names the first neuron that those before it explain: the first block that is singular. */
  private InvalidInputException singular(double[] within) {
    int regular = 0;
    for (int step = Integer.highestOneBit(p); step > 0; step /= 2) {
      int tried = regular + step;
      if (tried <= p
          && Whitening.triangular(leading(within, tried), tried, LinearAlgebra.rounding(1, p))
              .isPresent()) {
        regular = tried;
      }
    }
    return singular(regular, "is a linear combination of the neurons before it");
  }

  private double[] leading(double[] matrix, int n) {
    double[] block = new double[n * n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(matrix, j * p, block, j * n, n);
    }
    return block;
  }

  private static InvalidInputException singular(int neuron, String reason) {
    return new InvalidInputException(
        "the within-class covariance is singular: neuron "
            + neuron
            + " (counted from 0) "
            + reason
            + "; use the solver svd, or shrinkage");
  }

  private double[] intercept(double[] coef) {
    double[] intercept = new double[classes];
    for (int k = 0; k < classes; k++) {
      intercept[k] = -0.5 * BLAS.ddot(p, means, k * p, 1, coef, k * p, 1) + Math.log(priors[k]);
    }
    return intercept;
  }

  private LinearDiscriminantModel model(
      double[] coef,
      double[] intercept,
      double[] explained,
      double[] scalings,
      int kept,
      double[] xbar,
      double[] covariance) {
    double[] coefficients = coef;
    double[] intercepts = intercept;
    if (classes == 2) { // one discriminant, for the second class against the first
      coefficients = Arrays.copyOfRange(coef, p, 2 * p);
      BLAS.daxpy(p, -1, coef, 0, 1, coefficients, 0, 1);
      intercepts = new double[] {intercept[1] - intercept[0]};
    }
    return new LinearDiscriminantModel(
        classes,
        p,
        priors,
        means,
        coefficients,
        intercepts,
        explained,
        scalings,
        kept,
        xbar,
        covariance);
  }
}
