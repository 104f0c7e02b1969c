package org.neuroglia.decoding;

import static org.neuroglia.decoding.LinearAlgebra.BLAS;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;

/**
 * Linear discriminant analysis: Gaussian classes that share a covariance. The solvers, parameters
 * and results are those of {@code sklearn.discriminant_analysis.LinearDiscriminantAnalysis} 1.9
 * (there the svd solver divides the within-class covariance by n; before, by n − classes).
 *
 * <p>All is solved from matrices [neuron × neuron]. The svd solver takes the eigenvalues of the
 * within-class correlation for the squares of scikit-learn's singular values: the same numbers, but
 * a singular value below about 1e-7 of the largest cannot be told from 0, whatever the tolerance.
 *
 * @param solver how the discriminant is found
 * @param shrinkage of the covariance; not with the svd solver
 * @param priors probability of each class, or empty: their shares of the training events
 * @param components discriminant axes to keep, or 0: all, min(classes − 1, neurons)
 * @param tolerance svd solver: singular values up to it count as 0
 * @param storeCovariance svd solver: whether the model has the covariance, which others always have
 */
public record LinearDiscriminantAnalysis(
    Solver solver,
    Shrinkage shrinkage,
    double[] priors,
    int components,
    double tolerance,
    boolean storeCovariance)
    implements MomentDecoder<ClassMoments> {
  private static final long serialVersionUID = 1L;

  /** A correlation whose eigenvalues are all above it is solved without looking at them. */
  private static final double SURELY_REGULAR = 1e-7;

  /** How the discriminant is found. */
  public enum Solver {
    /** Singular values; no shrinkage. */
    SVD,
    /** Least squares; no discriminant axes. */
    LSQR,
    /** Generalised eigenvalues of the between- and the within-class covariance. */
    EIGEN;

    /** Reads {@code svd}, {@code lsqr} or {@code eigen}. */
    public static Solver parse(String text) {
      for (Solver solver : values()) {
        if (solver.toString().equals(text)) {
          return solver;
        }
      }
      throw new InvalidInputException("a solver is svd, lsqr or eigen, not '" + text + "'");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public LinearDiscriminantAnalysis {
    if (solver == Solver.SVD && !shrinkage.equals(Shrinkage.NONE)) {
      throw new InvalidInputException(
          "the solver svd does not shrink; use lsqr or eigen with shrinkage");
    }
    Priors.check(priors);
    if (components < 0) {
      throw new InvalidInputException(
          "the number of components must be at least 1, not " + components);
    }
    if (!(tolerance >= 0)) {
      throw new InvalidInputException("the tolerance must not be negative");
    }
  }

  /** scikit-learn's defaults: svd, no shrinkage, priors from the data, all components. */
  public LinearDiscriminantAnalysis() {
    this(Solver.SVD, Shrinkage.NONE, new double[0], 0, 1e-4, false);
  }

  public LinearDiscriminantAnalysis(Solver solver, Shrinkage shrinkage) {
    this(solver, shrinkage, new double[0], 0, 1e-4, false);
  }

  /**
   * A within-class correlation whose eigenvalues are all above it loses no direction to the
   * tolerance.
   */
  double surelyRegular() {
    return surelyRegular(solver == Solver.SVD ? tolerance : 0);
  }

  /**
   * Whether the svd solver leaves out none of the axes on which class means differ.
   *
   * @param separation smallest over largest eigenvalue of the whitened scatter of the class means
   */
  boolean surelyKeepsAxes(double separation) {
    return separation > 10 * tolerance * tolerance;
  }

  private static double surelyRegular(double tolerance) {
    return Math.max(10 * tolerance * tolerance, SURELY_REGULAR);
  }

  /** Whether the covariance of each class counts by itself, for its prior or its shrinkage. */
  public boolean needsClassCovariances() {
    boolean weighted = priors.length > 0 && (solver != Solver.SVD || storeCovariance);
    return weighted || shrinkage.automatic();
  }

  @Override
  public boolean fitsFromMoments() {
    return !needsClassCovariances();
  }

  @Override
  public ClassMoments moments(Responses like, int classes) {
    return new ClassMoments(ClassMoments.originOf(like), classes);
  }

  @Override
  public LinearDiscriminantModel fit(Responses rows, int[] y, int classes) {
    if (!needsClassCovariances()) {
      return (LinearDiscriminantModel) MomentDecoder.super.fit(rows, y, classes);
    }
    rows.requireFinite();
    ClassMoments moments = ClassMoments.of(rows, y, classes);
    double[] within = ClassCovariance.within(rows, y, priorsOf(moments), shrinkage);
    int[] all = IntStream.range(0, rows.events()).toArray();
    double[] total =
        solver == Solver.EIGEN ? ClassCovariance.of(rows, all, shrinkage) : new double[0];
    return fit(moments, within, total);
  }

  @Override
  public LinearDiscriminantModel fit(ClassMoments moments) {
    double[] within = covariance(moments.withinScatter(), moments);
    double[] total =
        solver == Solver.EIGEN ? covariance(moments.totalScatter(), moments) : new double[0];
    return fit(moments, within, total);
  }

  private double[] covariance(double[] scatter, ClassMoments moments) {
    BLAS.dscal(scatter.length, 1.0 / moments.events(), scatter, 1);
    shrinkage.apply(scatter, moments.neurons());
    return scatter;
  }

  /** The priors given, scaled to a sum of 1, or the shares of the events. */
  public double[] priorsOf(ClassMoments moments) {
    double[] given = Priors.of(priors, moments.counts());
    double sum = Arrays.stream(given).sum();
    return Math.abs(sum - 1) > 1e-5
        ? Arrays.stream(given).map(prior -> prior / sum).toArray()
        : given;
  }

  /**
   * The model from covariances that were collected elsewhere.
   *
   * @param moments of the training rows
   * @param within Σ prior·covariance over the classes, shrunk; what the model calls its covariance
   * @param total covariance of all rows, shrunk likewise; only the eigen solver looks at it
   */
  public LinearDiscriminantModel fit(ClassMoments moments, double[] within, double[] total) {
    int classes = moments.classes();
    Decoder.requireTwo(classes);
    if (moments.events() <= classes) {
      throw new InvalidInputException(
          "there must be more events than classes, but there are "
              + moments.events()
              + " events of "
              + classes
              + " classes");
    }
    int most = Math.min(classes - 1, moments.neurons());
    if (components > most) {
      throw new InvalidInputException(
          "there cannot be more components ("
              + components
              + ") than min(neurons, classes − 1) = "
              + most);
    }
    int kept = components == 0 ? most : components;
    Solution solution =
        new Solution(moments.means(), priorsOf(moments), moments.neurons(), classes);
    switch (solver) {
      case SVD:
        double[] pooled =
            needsClassCovariances() ? covariance(moments.withinScatter(), moments) : within;
        return solution.svd(
            pooled, moments.events(), kept, tolerance, storeCovariance ? within : new double[0]);
      case LSQR:
        return solution.lsqr(within);
      default:
        return solution.eigen(within, total, kept);
    }
  }

  /** The three ways to a model from class means, priors and covariances. Matrices as in BLAS. */
  private record Solution(double[] means, double[] priors, int p, int classes) {

    LinearDiscriminantModel svd(
        double[] within, long events, int kept, double tolerance, double[] covariance) {
      double[] xbar = new double[p];
      BLAS.dgemv("N", p, classes, 1, means, p, priors, 1, 0, xbar, 1);

      // Singular values up to the tolerance are squares of eigenvalues; mostly there are none.
      double threshold = tolerance * tolerance;
      Whitening whitening =
          Whitening.triangular(within, p, surelyRegular(tolerance))
              .orElseGet(() -> Whitening.spectral(within, p, threshold));
      int rank = whitening.rank();
      if (rank == 0 || Arrays.stream(within).allMatch(c -> c == 0)) {
        throw new InvalidInputException(
            "no neuron's response varies within a class, so there is nothing to decode with");
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
      return model(coef, intercept(coef), new double[0], new double[0], 0, new double[0], within);
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
}
