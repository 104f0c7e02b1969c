package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.decoder.LinearDiscriminantModel;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.ClassLabels;

/**
 * Linear discriminant analysis with MLlib's columns and scikit-learn's parameters and numbers (1.9;
 * the svd solver divides the within-class covariance by n since then).
 *
 * <p>{@code fit} runs one job. With shrinkage auto, or with priors and a solver other than svd, the
 * covariance of each class counts by itself: the rows are read again and shuffled by class, and a
 * task holds one matrix [feature × feature] at a time.
 */
public final class LinearDiscriminantAnalysis
    extends DecoderEstimator<LinearDiscriminantAnalysis, LinearDiscriminantAnalysisModel>
    implements LinearDiscriminantColumns<LinearDiscriminantAnalysis>,
        PriorsParam<LinearDiscriminantAnalysis> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "LinearDiscriminantAnalysis";

  public LinearDiscriminantAnalysis() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public LinearDiscriminantAnalysis(String uid) {
    super(uid);
    setDefault(solver(), "svd");
    setDefault(shrinkage(), "none");
    setDefault(tol(), 1e-4);
    setDefault(storeCovariance(), false);
  }

  /** "svd" (no shrinkage), "lsqr" (no discriminant axes) or "eigen". Default "svd". */
  public Param<String> solver() {
    return new Param<>(uid(), "solver", "svd, lsqr or eigen");
  }

  /** "none", "auto" (Ledoit and Wolf) or a number from 0 to 1. Default "none". */
  public Param<String> shrinkage() {
    return new Param<>(uid(), "shrinkage", "none, auto (Ledoit and Wolf) or a number from 0 to 1");
  }

  /** Discriminant axes to keep. Default: all, min(classes − 1, features). */
  public IntParam nComponents() {
    return new IntParam(uid(), "nComponents", "number of discriminant axes to keep");
  }

  /** Of the svd solver: singular values up to it count as 0. Default 1e-4. */
  public DoubleParam tol() {
    return new DoubleParam(uid(), "tol", "svd: singular values up to it count as 0");
  }

  /** Of the svd solver: whether the model has the covariance. Default false. */
  public BooleanParam storeCovariance() {
    return new BooleanParam(uid(), "storeCovariance", "svd: whether the model has the covariance");
  }

  public String getSolver() {
    return getOrDefault(solver());
  }

  public String getShrinkage() {
    return getOrDefault(shrinkage());
  }

  /** 0 where all are kept. */
  public int getNComponents() {
    return isDefined(nComponents()) ? (Integer) getOrDefault(nComponents()) : 0;
  }

  public double getTol() {
    return (Double) getOrDefault(tol());
  }

  public boolean getStoreCovariance() {
    return (Boolean) getOrDefault(storeCovariance());
  }

  public LinearDiscriminantAnalysis setSolver(String value) {
    return with(solver(), value);
  }

  public LinearDiscriminantAnalysis setShrinkage(String value) {
    return with(shrinkage(), value);
  }

  public LinearDiscriminantAnalysis setShrinkage(double value) {
    return with(shrinkage(), Double.toString(value));
  }

  public LinearDiscriminantAnalysis setNComponents(int value) {
    if (value < 1) {
      throw new InvalidInputException("nComponents must be at least 1, not " + value);
    }
    return with(nComponents(), value);
  }

  public LinearDiscriminantAnalysis setTol(double value) {
    return with(tol(), value);
  }

  public LinearDiscriminantAnalysis setStoreCovariance(boolean value) {
    return with(storeCovariance(), value);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis kernel() {
    return new org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis(
        Solver.parse(getSolver()),
        Shrinkage.parse(getShrinkage()),
        getPriors(),
        getNComponents(),
        getTol(),
        getStoreCovariance());
  }

  @Override
  LinearDiscriminantAnalysisModel fit(TrainingRows rows) {
    org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis kernel = kernel();
    return new LinearDiscriminantAnalysisModel(
        uid(),
        kernel.needsClassCovariances()
            ? fitTwice(kernel, rows)
            : rows.fit(kernel, moments -> kernel.fit(moments)));
  }

  private static FittedDecoder.Content<LinearDiscriminantModel> fitTwice(
      org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis kernel, TrainingRows rows) {
    LabelledMoments<ClassMoments> all = rows.moments(kernel, true);
    ClassLabels classes = rows.requireTwo(all.classes(rows.labelsAreTexts()));
    ClassMoments moments = all.moments(classes);
    FeatureMoments[] features = all.features(classes);
    ClassCovariances second = new ClassCovariances(rows.rdd(), classes, kernel.shrinkage());
    LinearDiscriminantModel fitted =
        kernel.fit(
            moments,
            second.within(features, kernel.priorsOf(moments)),
            kernel.solver() == Solver.EIGEN ? second.total(features) : new double[0]);
    return new FittedDecoder.Content<>(classes, fitted, all.unlabelled());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType output = super.transformSchema(schema);
    if (getSolver().equals("lsqr") && !getDiscriminantCol().isEmpty()) {
      throw new InvalidInputException(
          "the solver lsqr has no discriminant axes for column \""
              + getDiscriminantCol()
              + "\"; use svd or eigen");
    }
    return LinearDiscriminantAnalysisModel.withAxes(output, this);
  }

  public static MLReader<LinearDiscriminantAnalysis> read() {
    return new DefaultParamsReader<>();
  }

  public static LinearDiscriminantAnalysis load(String path) {
    return read().load(path);
  }
}
