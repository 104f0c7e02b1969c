package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Quadratic discriminant analysis, each class with a covariance of its own, with MLlib's columns
 * and scikit-learn's parameters and numbers (1.9, solver svd: covariances are divided by the number
 * of rows of the class). Labels are as in every {@link DecoderEstimator}.
 *
 * <p>{@code rawPrediction} is the logarithm of prior times density, but for a constant; of two
 * classes scikit-learn's decision function is the difference, the second less the first. A class
 * with one row is refused, and so is one whose covariance is not of full rank; with {@code
 * regParam} classes may have fewer rows than features, which scikit-learn 1.9 refuses.
 *
 * <p>{@code fit} runs one job. A task holds a matrix [feature × feature] per class, the driver as
 * much of every partition, up to 32 at a time: for many classes and features coalesce first. For
 * integers the result does not depend on partitions; for others it does within rounding.
 */
public final class QuadraticDiscriminantAnalysis
    extends DecoderEstimator<QuadraticDiscriminantAnalysis, QuadraticDiscriminantAnalysisModel>
    implements PriorsParam<QuadraticDiscriminantAnalysis> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "QuadraticDiscriminantAnalysis";

  public QuadraticDiscriminantAnalysis() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public QuadraticDiscriminantAnalysis(String uid) {
    super(uid);
    setDefault(regParam(), 0.0);
    setDefault(tol(), 1e-4);
    setDefault(storeCovariance(), false);
  }

  /** How far each covariance is drawn towards the identity, 0 to 1. Default 0. */
  public DoubleParam regParam() {
    return new DoubleParam(
        uid(), "regParam", "how far each covariance is drawn towards the identity, 0 to 1");
  }

  /** Eigenvalues of a covariance up to it count as 0. Default 1e-4. */
  public DoubleParam tol() {
    return new DoubleParam(uid(), "tol", "eigenvalues of a covariance up to it count as 0");
  }

  /** Whether the model has the covariances. Default false. */
  public BooleanParam storeCovariance() {
    return new BooleanParam(uid(), "storeCovariance", "whether the model has the covariances");
  }

  public double getRegParam() {
    return (Double) getOrDefault(regParam());
  }

  public double getTol() {
    return (Double) getOrDefault(tol());
  }

  public boolean getStoreCovariance() {
    return (Boolean) getOrDefault(storeCovariance());
  }

  public QuadraticDiscriminantAnalysis setRegParam(double value) {
    return with(regParam(), value);
  }

  public QuadraticDiscriminantAnalysis setTol(double value) {
    return with(tol(), value);
  }

  public QuadraticDiscriminantAnalysis setStoreCovariance(boolean value) {
    return with(storeCovariance(), value);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.QuadraticDiscriminantAnalysis kernel() {
    return new org.neuroglia.decoding.decoder.QuadraticDiscriminantAnalysis(
        getPriors(), getRegParam(), getTol(), getStoreCovariance());
  }

  @Override
  QuadraticDiscriminantAnalysisModel fit(TrainingRows rows) {
    org.neuroglia.decoding.decoder.QuadraticDiscriminantAnalysis kernel = kernel();
    return new QuadraticDiscriminantAnalysisModel(
        uid(), rows.fit(kernel, moments -> kernel.fit(moments)));
  }

  public static MLReader<QuadraticDiscriminantAnalysis> read() {
    return new DefaultParamsReader<>();
  }

  public static QuadraticDiscriminantAnalysis load(String path) {
    return read().load(path);
  }
}
