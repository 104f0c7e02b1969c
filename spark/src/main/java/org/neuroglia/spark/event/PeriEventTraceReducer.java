package org.neuroglia.spark.event;

import java.io.IOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.trace.TraceSamplingEstimator;

/**
 * Reduces the samples of traces in bins around events: neuroglia's {@code
 * PeriEventTraceReducer(traces, sample_times, func)}.
 *
 * <p>Adds to each event a dense Matrix [bins × neurons]. Bin j holds the samples at times t with
 * {@code sampleTimes[j] + time <= t < sampleTimes[j + 1] + time}, the last one too, which the
 * sampler of spikes closes. NaN is skipped by all functions but the median; of no samples the sum
 * is 0 and the rest NaN. See {@link org.neuroglia.trace.TraceReduction}.
 */
public final class PeriEventTraceReducer
    extends TraceSamplingEstimator<PeriEventTraceReducer, PeriEventTraceReducerModel>
    implements PeriEventTraceReducerParams<PeriEventTraceReducer> {
  private static final long serialVersionUID = 1L;

  public PeriEventTraceReducer() {
    this(Identifiable$.MODULE$.randomUID("PeriEventTraceReducer"));
  }

  public PeriEventTraceReducer(String uid) {
    super(uid);
    setDefaults();
  }

  @Override
  protected PeriEventTraceReducer make(String uid) {
    return new PeriEventTraceReducer(uid);
  }

  @Override
  protected PeriEventTraceReducerModel model(String uid, NeuronAxis neurons) {
    return new PeriEventTraceReducerModel(uid, neurons);
  }

  public static MLReader<PeriEventTraceReducer> read() {
    return new DefaultParamsReader<>();
  }

  public static PeriEventTraceReducer load(String path) throws IOException {
    return read().load(path);
  }
}
