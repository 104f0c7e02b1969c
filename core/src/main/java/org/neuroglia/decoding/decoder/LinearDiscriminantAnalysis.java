package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.ClassCovariance;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * Linear discriminant analysis: Gaussian classes that share a covariance. The solvers, parameters
 * and results are those of {@code sklearn.discriminant_analysis.LinearDiscriminantAnalysis} 1.9
 * (there the svd solver divides the within-class covariance by n; before, by n − classes).
 *
 * <p>All is solved from matrices [neuron × neuron], or [event × event] where rows are at hand and
 * are too few for a covariance of full rank ({@link #fitForPrediction}; the svd solver always). The
 * svd solver takes the eigenvalues of the within-class correlation for the squares of
 * scikit-learn's singular values: the same numbers, but a singular value below about 1e-7 of the
 * largest cannot be told from 0, whatever the tolerance.
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
  public double surelyRegular() {
    return LinearDiscriminantSolution.surelyRegular(solver == Solver.SVD ? tolerance : 0);
  }

  /**
   * Whether the svd solver leaves out none of the axes on which class means differ.
   *
   * @param separation smallest over largest eigenvalue of the whitened scatter of the class means
   */
  public boolean surelyKeepsAxes(double separation) {
    return separation > 10 * tolerance * tolerance;
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

  /** Where the covariance within classes, whose rank is at most events − classes, is singular. */
  @Override
  public boolean prefersRows(int events, int neurons, int classes) {
    return events - classes < neurons;
  }

  /**
   * Of so few events the model follows from products of events, not of neurons, and has no
   * covariance, nor axes of the eigen solver.
   */
  @Override
  public LinearDiscriminantModel fitForPrediction(Responses rows, int[] y, int classes) {
    return prefersRows(rows.events(), rows.neurons(), classes)
        ? new WideLinearDiscriminant(this, rows, y, classes).fit()
        : fit(rows, y, classes);
  }

  @Override
  public LinearDiscriminantModel fit(Responses rows, int[] y, int classes) {
    if (solver == Solver.SVD
        && !storeCovariance
        && prefersRows(rows.events(), rows.neurons(), classes)) {
      return fitForPrediction(rows, y, classes);
    }
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
    int kept = components(moments);
    LinearDiscriminantSolution solution = solution(moments);
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

  LinearDiscriminantSolution solution(ClassMoments moments) {
    return new LinearDiscriminantSolution(
        moments.means(), priorsOf(moments), moments.neurons(), moments.classes());
  }

  /** How many discriminant axes to keep; refuses more than there are, and too few events. */
  int components(ClassMoments moments) {
    int classes = moments.classes();
    ClassLabels.requireTwo(classes);
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
    return components == 0 ? most : components;
  }
}
