package org.neuroglia.spark.epoch;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.RecordingColumns;
import org.neuroglia.spark.Schemas;

/**
 * An epoch is an event with a duration.
 *
 * @param <T> the stage, which the setters return
 */
public interface EpochColumns<T extends EpochColumns<T>> extends RecordingColumns<T> {
  /** Length of an epoch, in seconds. Default "duration". */
  default Param<String> durationCol() {
    return new Param<>(uid(), "durationCol", "column of an epoch's duration, in seconds");
  }

  default void setDefaultDuration() {
    setDefault(durationCol(), "duration");
  }

  default String getDurationCol() {
    return getOrDefault(durationCol());
  }

  default T setDurationCol(String value) {
    return with(durationCol(), value);
  }

  /**
   * The duration, which a row may lack.
   *
   * @throws org.neuroglia.InvalidInputException if the events have no such column of numbers
   */
  default Column durationOf(StructType events) {
    Schemas.requireNumber(events, getDurationCol(), "the events");
    return col(Schemas.quoted(getDurationCol())).cast("double");
  }
}
