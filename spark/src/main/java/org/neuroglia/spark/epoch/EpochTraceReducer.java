package org.neuroglia.spark.epoch;

import java.io.IOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.trace.TraceSamplingEstimator;

/**
 * Reduces the samples of traces in epochs, events with a {@code duration}: neuroglia's {@code
 * EpochTraceReducer(traces, func)}.
 *
 * <p>Adds to each event a Vector [neurons] of what {@code func} makes of the samples at times t
 * with {@code time <= t < time + duration}. NaN is skipped by all functions but the median; of no
 * samples the sum is 0 and the rest NaN. See {@link org.neuroglia.epoch.EpochTraceReducer}.
 */
public final class EpochTraceReducer
    extends TraceSamplingEstimator<EpochTraceReducer, EpochTraceReducerModel>
    implements EpochTraceReducerParams<EpochTraceReducer> {
  private static final long serialVersionUID = 1L;

  public EpochTraceReducer() {
    this(Identifiable$.MODULE$.randomUID("EpochTraceReducer"));
  }

  public EpochTraceReducer(String uid) {
    super(uid);
    setDefaults();
  }

  @Override
  protected EpochTraceReducer make(String uid) {
    return new EpochTraceReducer(uid);
  }

  @Override
  protected EpochTraceReducerModel model(String uid, NeuronAxis neurons) {
    return new EpochTraceReducerModel(uid, neurons);
  }

  public static MLReader<EpochTraceReducer> read() {
    return new DefaultParamsReader<>();
  }

  public static EpochTraceReducer load(String path) throws IOException {
    return read().load(path);
  }
}
