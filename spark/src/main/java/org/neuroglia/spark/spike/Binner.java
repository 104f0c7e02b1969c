package org.neuroglia.spark.spike;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Counts spikes in bins: spikes to traces (session, neuron, times, values), neuroglia's {@code
 * Binner(sample_times)}.
 *
 * <p>{@code sampleTimes} are the n edges, ascending; a trace has n − 1 counts at the left edges.
 * Bins are {@code [a, b)}, the last one {@code [a, b]}. Every neuron that the spikes name has a
 * trace. See {@link org.neuroglia.spike.Binner}.
 */
public final class Binner extends TrainTransformer<Binner> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public Binner() {
    this(Identifiable$.MODULE$.randomUID("Binner"));
  }

  public Binner(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  protected Sampler sampler() {
    var binner = new org.neuroglia.spike.Binner(getSampleTimes());
    return new Sampler(Arrays.copyOf(getSampleTimes(), binner.bins()), binner::transform);
  }

  @Override
  public Binner copy(ParamMap extra) {
    return copyValues(new Binner(uid), extra);
  }

  public static MLReader<Binner> read() {
    return new DefaultParamsReader<>();
  }

  public static Binner load(String path) throws IOException {
    return read().load(path);
  }
}
