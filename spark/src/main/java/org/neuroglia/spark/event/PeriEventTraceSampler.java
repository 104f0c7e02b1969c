package org.neuroglia.spark.event;

import java.io.IOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.trace.TraceSamplingEstimator;

/**
 * Samples traces around events, by a cubic spline through all samples of a trace: neuroglia's
 * {@code PeriEventTraceSampler(traces, sample_times)}.
 *
 * <p>Adds to each event a dense Matrix [sample_times × neurons]: row j is the trace at the double
 * {@code sampleTimes[j] + time}. Outside the recording the spline's last pieces go on. A trace has
 * at least 4 samples at increasing times. Neurons are sorted, where neuroglia keeps the order of
 * its columns. See {@link org.neuroglia.event.PeriEventTraceSampler}.
 */
public final class PeriEventTraceSampler
    extends TraceSamplingEstimator<PeriEventTraceSampler, PeriEventTraceSamplerModel>
    implements PeriEventTraceSamplerParams<PeriEventTraceSampler> {
  private static final long serialVersionUID = 1L;

  public PeriEventTraceSampler() {
    this(Identifiable$.MODULE$.randomUID("PeriEventTraceSampler"));
  }

  public PeriEventTraceSampler(String uid) {
    super(uid);
    setDefaults();
  }

  @Override
  protected PeriEventTraceSampler make(String uid) {
    return new PeriEventTraceSampler(uid);
  }

  @Override
  protected PeriEventTraceSamplerModel model(String uid, NeuronAxis neurons) {
    return new PeriEventTraceSamplerModel(uid, neurons);
  }

  public static MLReader<PeriEventTraceSampler> read() {
    return new DefaultParamsReader<>();
  }

  public static PeriEventTraceSampler load(String path) throws IOException {
    return read().load(path);
  }
}
