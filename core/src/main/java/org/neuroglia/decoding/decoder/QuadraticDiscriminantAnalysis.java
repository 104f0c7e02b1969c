package org.neuroglia.decoding.decoder;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.LinearAlgebra;
import org.neuroglia.decoding.linalg.MomentsByClass;
import org.neuroglia.decoding.linalg.Whitening;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * Quadratic discriminant analysis: Gaussian classes, each with a covariance of its own. Parameters
 * and results are those of {@code sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis} 1.9
 * with its svd solver (covariances are divided by the number of events of the class; before, by one
 * less).
 *
 * <p>All is solved from the covariances, [neuron × neuron] per class, or [event × event] for those
 * who predict only ({@link #fitForPrediction}) from classes of fewer events than neurons. With a
 * {@code regParam} above the tolerance, classes may have fewer events than neurons: the covariance
 * (1 − r)·C + r·I is regular then (Friedman 1989). scikit-learn 1.9 refuses these, 1.6 did not.
 *
 * @param priors probability of each class, taken as they are, or empty: their shares of the
 *     training events
 * @param regParam how far each covariance is drawn towards the identity, 0 to 1
 * @param tolerance eigenvalues of a covariance up to it count as 0, and then nothing is fitted
 * @param storeCovariance whether the model has the covariances
 */
public record QuadraticDiscriminantAnalysis(
    double[] priors, double regParam, double tolerance, boolean storeCovariance)
    implements MomentDecoder<MomentsByClass> {
  private static final long serialVersionUID = 1L;

  /** A correlation whose eigenvalues are all above it is solved without looking at them. */
  private static final double SURELY_REGULAR = 1e-7;

  public QuadraticDiscriminantAnalysis {
    Priors.check(priors);
    if (!(regParam >= 0 && regParam <= 1)) {
      throw new InvalidInputException("regParam must be 0 to 1, not " + regParam);
    }
    if (!(tolerance >= 0)) {
      throw new InvalidInputException("the tolerance must not be negative");
    }
  }

  /** scikit-learn's defaults: priors from the data, no regularisation. */
  public QuadraticDiscriminantAnalysis() {
    this(new double[0], 0, 1e-4, false);
  }

  @Override
  public MomentsByClass moments(Responses like, int classes) {
    return MomentsByClass.ofPairs(like.neurons(), classes);
  }

  /** Where the classes have fewer events than neurons. */
  @Override
  public boolean prefersRows(int events, int neurons, int classes) {
    return events < (long) classes * neurons;
  }

  /**
   * Of classes with fewer events than neurons the model follows from products of events, not of
   * neurons.
   *
   * @throws UnfitClassException as {@link #fit(MomentsByClass)}
   */
  @Override
  public DecoderModel fitForPrediction(Responses rows, int[] y, int classes) {
    return prefersRows(rows.events(), rows.neurons(), classes)
        ? new WideQuadraticDiscriminant(this, rows, y, classes).fit()
        : fit(rows, y, classes);
  }

  /**
   * @throws UnfitClassException if a class has one event only, or a covariance that is not of full
   *     rank
   */
  @Override
  public QuadraticDiscriminantModel fit(MomentsByClass moments) {
    int classes = moments.classes();
    ClassLabels.requireTwo(classes);
    long[] counts = moments.counts();
    double[] fittedPriors = Priors.of(priors, counts);
    int p = moments.neurons();
    double[][] whitenings = new double[classes][];
    double[] logDeterminants = new double[classes];
    double[][] covariances = new double[storeCovariance ? classes : 0][];
    for (int k = 0; k < classes; k++) {
      requireTwo(k, counts[k]);
      double[] covariance = regularised(moments.covariance(k), p);
      if (storeCovariance) {
        covariances[k] = covariance;
      }
      Shape shape = shape(covariance, p, k, counts[k]);
      whitenings[k] = shape.whitening;
      logDeterminants[k] = shape.logDeterminant;
    }
    return new QuadraticDiscriminantModel(
        classes, p, fittedPriors, moments.means(), whitenings, logDeterminants, covariances);
  }

  static void requireTwo(int code, long events) {
    if (events == 1) {
      throw new UnfitClassException(
          code, "has only 1 event, from which no covariance follows; at least 2 are needed");
    }
  }

  static UnfitClassException tooFewEvents(int code, long events, int neurons) {
    return new UnfitClassException(
        code,
        "has " + events + " events, too few for " + neurons + " neurons; give regParam above 0");
  }

  /** (1 − r)·C + r·I, in place. */
  double[] regularised(double[] covariance, int p) {
    if (regParam > 0) {
      for (int i = 0; i < covariance.length; i++) {
        covariance[i] *= 1 - regParam;
      }
      for (int j = 0; j < p; j++) {
        covariance[j * p + j] += regParam;
      }
    }
    return covariance;
  }

  /**
   * @param whitening W [neuron × axis] with Wᵀ·C·W = I, a column after the other
   * @param logDeterminant ln det C
   */
  record Shape(double[] whitening, double logDeterminant) {}

  /**
   * By Cholesky where every eigenvalue of the covariance is surely above the tolerance, else by the
   * eigenvectors, which tell.
   */
  Shape shape(double[] covariance, int p, int code, long events) {
    double least = Double.POSITIVE_INFINITY; // eigenvalues of C ≥ those of its correlation times it
    for (int j = 0; j < p; j++) {
      least = Math.min(least, covariance[j * p + j]);
    }
    double[] identity = new double[p * p];
    for (int j = 0; j < p; j++) {
      identity[j * p + j] = 1;
    }
    return Whitening.triangular(covariance, p, Math.max(10 * tolerance / least, SURELY_REGULAR))
        .map(whitening -> triangular(whitening.back(identity, p), p))
        .orElseGet(() -> byEigenvectors(covariance, p, code, events));
  }

  private static Shape triangular(double[] whitening, int p) {
    double logDeterminant = 0;
    for (int j = 0; j < p; j++) {
      logDeterminant -= 2 * Math.log(whitening[j * p + j]);
    }
    return new Shape(whitening, logDeterminant);
  }

  private Shape byEigenvectors(double[] covariance, int p, int code, long events) {
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigen(covariance, p);
    double threshold =
        Math.max(tolerance, LinearAlgebra.rounding(Math.max(0, eigen.values()[p - 1]), p));
    long rank = Arrays.stream(eigen.values()).filter(value -> value > threshold).count();
    if (rank < p) {
      if (events <= p) {
        throw tooFewEvents(code, events, p);
      }
      throw new UnfitClassException(
          code,
          "has a covariance of rank " + rank + " for " + p + " neurons; give a larger regParam");
    }
    double[] whitening = eigen.vectors();
    for (int i = 0; i < whitening.length; i++) {
      whitening[i] /= Math.sqrt(eigen.values()[i / p]);
    }
    return new Shape(whitening, Arrays.stream(eigen.values()).map(Math::log).sum());
  }
}
