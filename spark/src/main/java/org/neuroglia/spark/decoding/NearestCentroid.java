package org.neuroglia.spark.decoding;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The class whose mean response is nearest, with MLlib's columns and scikit-learn's predictions.
 * Labels are as in every {@link DecoderEstimator}. {@code rawPrediction} is minus half the squared
 * distance. {@code fit} runs one job.
 */
public final class NearestCentroid extends DecoderEstimator<NearestCentroid, NearestCentroidModel> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "NearestCentroid";

  public NearestCentroid() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public NearestCentroid(String uid) {
    super(uid);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.NearestCentroid kernel() {
    return new org.neuroglia.decoding.decoder.NearestCentroid();
  }

  @Override
  NearestCentroidModel fit(TrainingRows rows) {
    org.neuroglia.decoding.decoder.NearestCentroid kernel = kernel();
    return new NearestCentroidModel(uid(), rows.fit(kernel, moments -> kernel.fit(moments)));
  }

  public static MLReader<NearestCentroid> read() {
    return new DefaultParamsReader<>();
  }

  public static NearestCentroid load(String path) {
    return read().load(path);
  }
}
