package org.neuroglia.spark;

import org.apache.spark.ml.param.Param;

/**
 * The column names that the stages share. Each is a param, so that a table with other names needs
 * no renaming.
 *
 * @param <T> the stage, which the setters return
 */
public interface RecordingColumns<T extends RecordingColumns<T>> extends StageParams<T> {

  /** Names the recording; a table without this column is one recording. Default "session". */
  default Param<String> sessionCol() {
    return new Param<>(uid(), "sessionCol", "column of the recording; may be absent");
  }

  /** Names the neuron: strings or integers. Default "neuron". */
  default Param<String> neuronCol() {
    return new Param<>(uid(), "neuronCol", "column of the neuron, a string or an integer");
  }

  /** Time of an event, or of a spike in a long table, in seconds. Default "time". */
  default Param<String> timeCol() {
    return new Param<>(uid(), "timeCol", "column of the time of an event or a spike, in seconds");
  }

  /** Spike times of a packed train, in seconds. Default "times". */
  default Param<String> timesCol() {
    return new Param<>(uid(), "timesCol", "column of a train's spike times, in seconds");
  }

  /** Number of an event. Default "event". */
  default Param<String> eventCol() {
    return new Param<>(uid(), "eventCol", "column of the event's number");
  }

  /** Sets the design's names; called by the constructor of a stage. */
  default void setDefaultColumns() {
    setDefault(sessionCol(), "session");
    setDefault(neuronCol(), "neuron");
    setDefault(timeCol(), "time");
    setDefault(timesCol(), "times");
    setDefault(eventCol(), "event");
  }

  default String getSessionCol() {
    return getOrDefault(sessionCol());
  }

  default String getNeuronCol() {
    return getOrDefault(neuronCol());
  }

  default String getTimeCol() {
    return getOrDefault(timeCol());
  }

  default String getTimesCol() {
    return getOrDefault(timesCol());
  }

  default String getEventCol() {
    return getOrDefault(eventCol());
  }

  default T setSessionCol(String value) {
    return with(sessionCol(), value);
  }

  default T setNeuronCol(String value) {
    return with(neuronCol(), value);
  }

  default T setTimeCol(String value) {
    return with(timeCol(), value);
  }

  default T setTimesCol(String value) {
    return with(timesCol(), value);
  }

  default T setEventCol(String value) {
    return with(eventCol(), value);
  }
}
