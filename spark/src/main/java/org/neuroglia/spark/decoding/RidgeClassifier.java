package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Ridge regression to targets of ±1, with MLlib's columns, and scikit-learn's parameters and
 * numbers. Labels are as in every {@link DecoderEstimator}.
 *
 * <p>{@code rawPrediction} is the value of each class's regression, {@code probability} its
 * softmax: a score with the right order, which scikit-learn has not. {@code fit} runs one job.
 */
public final class RidgeClassifier extends DecoderEstimator<RidgeClassifier, RidgeClassifierModel> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "RidgeClassifier";

  public RidgeClassifier() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public RidgeClassifier(String uid) {
    super(uid);
    setDefault(alpha(), 1.0);
  }

  /** Of the penalty alpha·|coefficients|². Default 1. */
  public DoubleParam alpha() {
    return new DoubleParam(uid(), "alpha", "of the penalty alpha·|coefficients|², 0 or more");
  }

  public double getAlpha() {
    return (Double) getOrDefault(alpha());
  }

  public RidgeClassifier setAlpha(double value) {
    return with(alpha(), value);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.RidgeClassifier kernel() {
    return new org.neuroglia.decoding.decoder.RidgeClassifier(getAlpha());
  }

  @Override
  RidgeClassifierModel fit(TrainingRows rows) {
    org.neuroglia.decoding.decoder.RidgeClassifier kernel = kernel();
    return new RidgeClassifierModel(uid(), rows.fit(kernel, moments -> kernel.fit(moments)));
  }

  public static MLReader<RidgeClassifier> read() {
    return new DefaultParamsReader<>();
  }

  public static RidgeClassifier load(String path) {
    return read().load(path);
  }
}
