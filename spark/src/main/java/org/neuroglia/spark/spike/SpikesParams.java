package org.neuroglia.spark.spike;

import org.apache.spark.ml.param.Param;
import org.neuroglia.spark.RecordingColumns;

/**
 * Where a stage that takes spikes finds them, unless it is given a DataFrame.
 *
 * @param <T> the stage, which the setters return
 */
public interface SpikesParams<T extends SpikesParams<T>> extends RecordingColumns<T> {
  /** A table of the catalog that holds the spikes. */
  default Param<String> spikesTable() {
    return new Param<>(uid(), "spikesTable", "table of the catalog that holds the spikes");
  }

  /** A Parquet path, or an NWB file or folder ("….nwb"), that holds the spikes. */
  default Param<String> spikesPath() {
    return new Param<>(uid(), "spikesPath", "path of the spikes: Parquet, or NWB if it ends so");
  }

  default T setSpikesTable(String value) {
    return with(spikesTable(), value);
  }

  default T setSpikesPath(String value) {
    return with(spikesPath(), value);
  }
}
