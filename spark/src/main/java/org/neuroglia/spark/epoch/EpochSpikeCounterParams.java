package org.neuroglia.spark.epoch;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.spike.SpikesParams;
import org.neuroglia.spark.tensor.NeuronSampler;

/**
 * The params of {@link EpochSpikeCounter} and its model.
 *
 * @param <T> the stage
 */
public interface EpochSpikeCounterParams<T extends EpochSpikeCounterParams<T>>
    extends SpikesParams<T>, EpochColumns<T> {
  /** Spikes per second (true) in place of their number (false). Default false. */
  default BooleanParam rate() {
    return new BooleanParam(uid(), "rate", "spikes per second in place of their number");
  }

  /** Column of the result. Default "features". */
  default Param<String> outputCol() {
    return new Param<>(uid(), "outputCol", "column of the result");
  }

  /** Called by the constructors. */
  default void setDefaults() {
    setDefaultColumns();
    setDefaultDuration();
    setDefault(rate(), false);
    setDefault(outputCol(), "features");
  }

  default boolean getRate() {
    return (Boolean) getOrDefault(rate());
  }

  default T setRate(boolean value) {
    return with(rate(), value);
  }

  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  default T setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** The arithmetic that these params ask for. */
  default NeuronSampler sampler() {
    var arithmetic = new org.neuroglia.epoch.EpochSpikeCounter(getRate());
    return NeuronSampler.responsesOfTrains(
        (times, values, events, durations, out) ->
            arithmetic.sample(times, events, durations, out));
  }

  /** Checks the events and numbers them. */
  default StructType checkedEvents(StructType events) {
    durationOf(events);
    Schemas.requireAbsent(events, getOutputCol(), "the events", "outputCol");
    return Events.numberedSchema(events, this);
  }
}
