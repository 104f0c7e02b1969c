package org.neuroglia.spark.event;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.tensor.NeuronSampler;
import org.neuroglia.spark.trace.TraceSamplingParams;

/**
 * The params of {@link PeriEventTraceSampler} and its model.
 *
 * @param <T> the stage
 */
public interface PeriEventTraceSamplerParams<T extends PeriEventTraceSamplerParams<T>>
    extends TraceSamplingParams<T> {
  /** When to sample, in seconds relative to the event, in any order. Required. */
  default DoubleArrayParam sampleTimes() {
    return new DoubleArrayParam(
        this, "sampleTimes", "when to sample, in seconds relative to the event");
  }

  default double[] getSampleTimes() {
    return get(sampleTimes()).isEmpty() ? new double[0] : getOrDefault(sampleTimes());
  }

  default T setSampleTimes(double[] value) {
    return with(sampleTimes(), SampleTimes.checkedFinite(value));
  }

  /** Called by the constructors. */
  default void setDefaults() {
    setDefaultTraceColumns();
    setDefault(outputCol(), "tensor");
  }

  @Override
  default NeuronSampler sampler() {
    var arithmetic = new org.neuroglia.event.PeriEventTraceSampler(getSampleTimes());
    return NeuronSampler.tensorOfTraces(
        getSampleTimes(),
        (times, values, events, durations, out) -> arithmetic.sample(times, values, events, out));
  }
}
