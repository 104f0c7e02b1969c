package org.neuroglia.spark.decoding;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The class whose mean response correlates best with the response over the features (Meyers 2013),
 * with MLlib's columns. Labels are as in every {@link DecoderEstimator}. {@code rawPrediction} is
 * the correlation with each class, {@code probability} its softmax: a score with the right order.
 * {@code fit} runs one job.
 */
public final class MaximumCorrelation
    extends DecoderEstimator<MaximumCorrelation, MaximumCorrelationModel> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "MaximumCorrelation";

  public MaximumCorrelation() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public MaximumCorrelation(String uid) {
    super(uid);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.MaximumCorrelation kernel() {
    return new org.neuroglia.decoding.decoder.MaximumCorrelation();
  }

  @Override
  MaximumCorrelationModel fit(TrainingRows rows) {
    org.neuroglia.decoding.decoder.MaximumCorrelation kernel = kernel();
    return new MaximumCorrelationModel(uid(), rows.fit(kernel, moments -> kernel.fit(moments)));
  }

  public static MLReader<MaximumCorrelation> read() {
    return new DefaultParamsReader<>();
  }

  public static MaximumCorrelation load(String path) {
    return read().load(path);
  }
}
