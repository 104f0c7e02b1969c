package org.neuroglia.spark.trace;

import static org.apache.spark.sql.functions.lit;

import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.tensor.NeuronSampler;

/**
 * What the stages that sample traces at events have in common.
 *
 * @param <T> the stage, which the setters return
 */
public interface TraceSamplingParams<T extends TraceSamplingParams<T>> extends TracesParams<T> {
  /**
   * Column of the result. Default "tensor", or "features" where an event has one value a neuron.
   */
  default Param<String> outputCol() {
    return new Param<>(uid(), "outputCol", "column of the result");
  }

  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  default T setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /**
   * The arithmetic that the params ask for.
   *
   * @throws org.neuroglia.InvalidInputException if a param is missing or does not fit
   */
  NeuronSampler sampler();

  /** The duration of an event in seconds; stages that need none have NaN. */
  default Column duration(StructType events) {
    return lit(Double.NaN);
  }

  /**
   * Checks the params and the events.
   *
   * @return the events' columns, numbered
   */
  default StructType checkedEvents(StructType events) {
    sampler();
    duration(events);
    Schemas.requireAbsent(events, getOutputCol(), "the events", "outputCol");
    return Events.numberedSchema(events, this);
  }
}
