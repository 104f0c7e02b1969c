package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ClassLabels;
import org.neuroglia.decoding.ClassMoments;
import org.neuroglia.decoding.FeatureMoments;
import org.neuroglia.decoding.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.Shrinkage;
import org.neuroglia.spark.Schemas;

/**
 * Linear discriminant analysis with MLlib's columns and scikit-learn's parameters and numbers (1.9;
 * the svd solver divides the within-class covariance by n since then).
 *
 * <p>Labels are strings or any numbers, taken as they are; classes are in {@code numpy.unique}'s
 * order, {@code prediction} has the labels' own type (string, or double), and the metadata of
 * {@code probability} names the classes. Rows whose label is null or NaN are left out and counted:
 * {@link LinearDiscriminantAnalysisModel#unlabelledRows}. NaN and infinite features are refused.
 *
 * <p>{@code fit} runs one job. With shrinkage auto, or with priors and a solver other than svd, the
 * covariance of each class counts by itself: the rows are read again and shuffled by class, and a
 * task holds one matrix [feature × feature] at a time.
 */
public final class LinearDiscriminantAnalysis extends Estimator<LinearDiscriminantAnalysisModel>
    implements LinearDiscriminantColumns<LinearDiscriminantAnalysis>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  static final String NAME = "LinearDiscriminantAnalysis";

  private final String uid;

  public LinearDiscriminantAnalysis() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public LinearDiscriminantAnalysis(String uid) {
    this.uid = uid;
    setDefaultColumns();
    setDefault(labelCol(), "label");
    setDefault(solver(), "svd");
    setDefault(shrinkage(), "none");
    setDefault(tol(), 1e-4);
    setDefault(storeCovariance(), false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the labels. Default "label". */
  public Param<String> labelCol() {
    return new Param<>(uid, "labelCol", "column of the labels, strings or numbers");
  }

  /** "svd" (no shrinkage), "lsqr" (no discriminant axes) or "eigen". Default "svd". */
  public Param<String> solver() {
    return new Param<>(uid, "solver", "svd, lsqr or eigen");
  }

  /** "none", "auto" (Ledoit and Wolf) or a number from 0 to 1. Default "none". */
  public Param<String> shrinkage() {
    return new Param<>(uid, "shrinkage", "none, auto (Ledoit and Wolf) or a number from 0 to 1");
  }

  /** Probability of each class, in the classes' order. Default: their shares of the rows. */
  public DoubleArrayParam priors() {
    return new DoubleArrayParam(this, "priors", "probability of each class, in their order");
  }

  /** Discriminant axes to keep. Default: all, min(classes − 1, features). */
  public IntParam nComponents() {
    return new IntParam(uid, "nComponents", "number of discriminant axes to keep");
  }

  /** Of the svd solver: singular values up to it count as 0. Default 1e-4. */
  public DoubleParam tol() {
    return new DoubleParam(uid, "tol", "svd: singular values up to it count as 0");
  }

  /** Of the svd solver: whether the model has the covariance. Default false. */
  public BooleanParam storeCovariance() {
    return new BooleanParam(uid, "storeCovariance", "svd: whether the model has the covariance");
  }

  public String getLabelCol() {
    return getOrDefault(labelCol());
  }

  public String getSolver() {
    return getOrDefault(solver());
  }

  public String getShrinkage() {
    return getOrDefault(shrinkage());
  }

  /** Empty where they follow from the data. */
  public double[] getPriors() {
    return isDefined(priors()) ? getOrDefault(priors()).clone() : new double[0];
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

  public LinearDiscriminantAnalysis setLabelCol(String value) {
    return with(labelCol(), value);
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

  public LinearDiscriminantAnalysis setPriors(double... value) {
    return with(priors(), value);
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

  /** The kernel with these settings, checked. */
  private org.neuroglia.decoding.LinearDiscriminantAnalysis kernel() {
    return new org.neuroglia.decoding.LinearDiscriminantAnalysis(
        Solver.parse(getSolver()),
        Shrinkage.parse(getShrinkage()),
        getPriors(),
        getNComponents(),
        getTol(),
        getStoreCovariance());
  }

  @Override
  public LinearDiscriminantAnalysisModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    org.neuroglia.decoding.LinearDiscriminantAnalysis kernel = kernel();
    StructField field = Schemas.require(dataset.schema(), getFeaturesCol(), "the rows");
    boolean text = Label.type(dataset.schema(), getLabelCol()).typeName().equals("string");
    boolean perClass = kernel.needsClassCovariances();
    JavaRDD<Row> rows =
        dataset
            .select(col(Schemas.quoted(getLabelCol())), col(Schemas.quoted(getFeaturesCol())))
            .toDF()
            .toJavaRDD();

    LabelledMoments all =
        InOrder.merge(
                rows.mapPartitions(part -> LabelledMoments.of(part, perClass)),
                LabelledMoments::merge)
            .orElseGet(LabelledMoments::none);
    if (all.fault() != null) {
      throw all.fault().error(field);
    }
    if (all.isEmpty()) {
      throw new InvalidInputException(
          String.format("%s: no row has a label in column \"%s\"", NAME, getLabelCol()));
    }
    ClassLabels classes = all.classes(text);
    if (classes.size() < 2) {
      throw new InvalidInputException(
          String.format(
              "%s: all labels in column \"%s\" are %s; a decoder needs at least 2 classes",
              NAME, getLabelCol(), classes.names().get(0)));
    }
    ClassMoments moments = all.moments(classes);
    org.neuroglia.decoding.LinearDiscriminantModel fitted;
    if (perClass) {
      FeatureMoments[] features = all.features(classes);
      ClassCovariances second = new ClassCovariances(rows, classes, kernel.shrinkage());
      fitted =
          kernel.fit(
              moments,
              second.within(features, kernel.priorsOf(moments)),
              kernel.solver() == Solver.EIGEN ? second.total(features) : new double[0]);
    } else {
      fitted = kernel.fit(moments);
    }
    if (all.unlabelled() > 0) {
      logWarning(() -> uid + ": " + all.unlabelled() + " rows without a label were left out");
    }
    return copyValues(
            new LinearDiscriminantAnalysisModel(uid, classes, fitted, all.unlabelled()),
            extractParamMap())
        .setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    kernel();
    FeatureColumn.require(schema, getFeaturesCol(), NAME);
    if (getSolver().equals("lsqr") && !getDiscriminantCol().isEmpty()) {
      throw new InvalidInputException(
          "the solver lsqr has no discriminant axes for column \""
              + getDiscriminantCol()
              + "\"; use svd or eigen");
    }
    return LinearDiscriminantAnalysisModel.output(
        schema, this, Label.type(schema, getLabelCol()), new String[0]);
  }

  @Override
  public LinearDiscriminantAnalysis copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<LinearDiscriminantAnalysis> read() {
    return new DefaultParamsReader<>();
  }

  public static LinearDiscriminantAnalysis load(String path) {
    return read().load(path);
  }
}
