package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Gaussian naive Bayes: given the class, features are independent and normal. MLlib's columns, and
 * scikit-learn's parameters and numbers. Labels are as in every {@link DecoderEstimator}.
 *
 * <p>{@code rawPrediction} is scikit-learn's joint log-likelihood. {@code fit} runs one job; for
 * integers its result does not depend on partitions, for others it does within rounding. MLlib's
 * NaiveBayes with modelType gaussian smooths by another rule.
 */
public final class GaussianNB extends DecoderEstimator<GaussianNB, GaussianNBModel>
    implements PriorsParam<GaussianNB> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "GaussianNB";

  public GaussianNB() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public GaussianNB(String uid) {
    super(uid);
    setDefault(varSmoothing(), 1e-9);
  }

  /** This share of the largest variance of a feature is added to every variance. Default 1e-9. */
  public DoubleParam varSmoothing() {
    return new DoubleParam(
        uid(), "varSmoothing", "share of the largest variance that is added to every variance");
  }

  public double getVarSmoothing() {
    return (Double) getOrDefault(varSmoothing());
  }

  public GaussianNB setVarSmoothing(double value) {
    return with(varSmoothing(), value);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.GaussianNB kernel() {
    return new org.neuroglia.decoding.decoder.GaussianNB(getPriors(), getVarSmoothing());
  }

  @Override
  GaussianNBModel fit(TrainingRows rows) {
    org.neuroglia.decoding.decoder.GaussianNB kernel = kernel();
    return new GaussianNBModel(uid(), rows.fit(kernel, moments -> kernel.fit(moments)));
  }

  public static MLReader<GaussianNB> read() {
    return new DefaultParamsReader<>();
  }

  public static GaussianNB load(String path) {
    return read().load(path);
  }
}
