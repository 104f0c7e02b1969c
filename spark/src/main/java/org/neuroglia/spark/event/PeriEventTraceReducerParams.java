package org.neuroglia.spark.event;

import java.util.Arrays;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.neuroglia.spark.tensor.NeuronSampler;
import org.neuroglia.spark.tensor.ReductionParams;
import org.neuroglia.spark.trace.TraceSamplingParams;

/**
 * The params of {@link PeriEventTraceReducer} and its model.
 *
 * @param <T> the stage
 */
public interface PeriEventTraceReducerParams<T extends PeriEventTraceReducerParams<T>>
    extends TraceSamplingParams<T>, ReductionParams<T> {
  /** Edges of the bins relative to the event, in seconds, ascending. Required. */
  default DoubleArrayParam sampleTimes() {
    return new DoubleArrayParam(
        this, "sampleTimes", "edges of the bins relative to the event, in seconds, ascending");
  }

  default double[] getSampleTimes() {
    return get(sampleTimes()).isEmpty() ? new double[0] : getOrDefault(sampleTimes());
  }

  default T setSampleTimes(double[] value) {
    return with(sampleTimes(), org.neuroglia.event.PeriEventSpikeSampler.checkedSampleTimes(value));
  }

  /** Called by the constructors. */
  default void setDefaults() {
    setDefaultTraceColumns();
    setDefault(outputCol(), "tensor");
    setDefault(func(), "mean");
  }

  @Override
  default NeuronSampler sampler() {
    var arithmetic = new org.neuroglia.event.PeriEventTraceReducer(getSampleTimes(), getFunc());
    return NeuronSampler.tensorOfTraces(
        Arrays.copyOf(getSampleTimes(), arithmetic.bins()),
        (times, values, events, durations, out) -> arithmetic.sample(times, values, events, out));
  }
}
