package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.decoding.decoder.ClassPrior;

/**
 * Poisson naive Bayes, the Bayesian decoder of spike counts (Zhang, Ginzburg, McNaughton and
 * Sejnowski 1998), with MLlib's columns. Labels are as in every {@link DecoderEstimator}. Features
 * are counts: no {@link StandardScaler} comes before it, and negative ones are refused.
 *
 * <p>{@code rawPrediction} is the logarithm of prior times probability of the counts, but for their
 * factorials. {@code fit} runs one job.
 */
public final class PoissonNB extends DecoderEstimator<PoissonNB, PoissonNBModel>
    implements PriorsParam<PoissonNB> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "PoissonNB";

  public PoissonNB() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public PoissonNB(String uid) {
    super(uid);
    setDefault(uniformPrior(), false);
    setDefault(binWidth(), 1.0);
    setDefault(smoothing(), 0.1);
  }

  /** Whether every class is as probable as the others, whatever their shares. Default false. */
  public BooleanParam uniformPrior() {
    return new BooleanParam(uid(), "uniformPrior", "whether every class is equally probable");
  }

  public boolean getUniformPrior() {
    return (Boolean) getOrDefault(uniformPrior());
  }

  public PoissonNB setUniformPrior(boolean value) {
    return with(uniformPrior(), value);
  }

  /** Time that responses are counted over, in seconds. Default 1. */
  public DoubleParam binWidth() {
    return new DoubleParam(uid(), "binWidth", "time that responses are counted over, in seconds");
  }

  public double getBinWidth() {
    return (Double) getOrDefault(binWidth());
  }

  public PoissonNB setBinWidth(double value) {
    return with(binWidth(), value);
  }

  /** Is added to every firing rate, in spikes/s. Default 0.1. */
  public DoubleParam smoothing() {
    return new DoubleParam(uid(), "smoothing", "is added to every firing rate, in spikes/s");
  }

  public double getSmoothing() {
    return (Double) getOrDefault(smoothing());
  }

  public PoissonNB setSmoothing(double value) {
    return with(smoothing(), value);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.PoissonNB kernel() {
    return new org.neuroglia.decoding.decoder.PoissonNB(
        new ClassPrior(getUniformPrior(), getPriors()), getBinWidth(), getSmoothing());
  }

  @Override
  PoissonNBModel fit(TrainingRows rows) {
    org.neuroglia.decoding.decoder.PoissonNB kernel = kernel();
    return new PoissonNBModel(uid(), rows.fit(kernel, moments -> kernel.fit(moments)));
  }

  public static MLReader<PoissonNB> read() {
    return new DefaultParamsReader<>();
  }

  public static PoissonNB load(String path) {
    return read().load(path);
  }
}
