package org.neuroglia.spark.trace;

import org.apache.spark.ml.param.Param;
import org.neuroglia.spark.RecordingColumns;

/**
 * Names of the columns of traces: session, neuron, {@code times} and {@code values}, of one length.
 *
 * @param <T> the stage, which the setters return
 */
public interface TraceColumns<T extends TraceColumns<T>> extends RecordingColumns<T> {

  /** Values of a trace, as many as it has times. Default "values". */
  default Param<String> valuesCol() {
    return new Param<>(uid(), "valuesCol", "column of a trace's values");
  }

  /** Sets the design's names; called by the constructor of a stage. */
  default void setDefaultTraceColumns() {
    setDefaultColumns();
    setDefault(valuesCol(), "values");
  }

  default String getValuesCol() {
    return getOrDefault(valuesCol());
  }

  default T setValuesCol(String value) {
    return with(valuesCol(), value);
  }
}
