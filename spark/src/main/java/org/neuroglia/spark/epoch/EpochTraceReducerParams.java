package org.neuroglia.spark.epoch;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.tensor.NeuronSampler;
import org.neuroglia.spark.tensor.ReductionParams;
import org.neuroglia.spark.trace.TraceSamplingParams;

/**
 * The params of {@link EpochTraceReducer} and its model.
 *
 * @param <T> the stage
 */
public interface EpochTraceReducerParams<T extends EpochTraceReducerParams<T>>
    extends TraceSamplingParams<T>, ReductionParams<T>, EpochColumns<T> {

  /** Called by the constructors. */
  default void setDefaults() {
    setDefaultTraceColumns();
    setDefaultDuration();
    setDefault(outputCol(), "features");
    setDefault(func(), "mean");
  }

  @Override
  default Column duration(StructType events) {
    return durationOf(events);
  }

  @Override
  default NeuronSampler sampler() {
    var arithmetic = new org.neuroglia.epoch.EpochTraceReducer(getFunc());
    return NeuronSampler.responsesOfTraces(arithmetic::sample);
  }
}
