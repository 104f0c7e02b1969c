package org.neuroglia.spark.trace;

import org.apache.spark.ml.param.Param;

/**
 * Where a stage that takes traces finds them, unless it is given a DataFrame.
 *
 * @param <T> the stage, which the setters return
 */
public interface TracesParams<T extends TracesParams<T>> extends TraceColumns<T> {
  /** A table of the catalog that holds the traces. */
  default Param<String> tracesTable() {
    return new Param<>(uid(), "tracesTable", "table of the catalog that holds the traces");
  }

  /** A Parquet path, or an NWB file or folder ("….nwb") with {@code tracesSeries}. */
  default Param<String> tracesPath() {
    return new Param<>(uid(), "tracesPath", "path of the traces: Parquet, or NWB if it ends so");
  }

  /** Which series of an NWB file has the traces, as the source's option {@code traces} says it. */
  default Param<String> tracesSeries() {
    return new Param<>(uid(), "tracesSeries", "series of an NWB file that has the traces");
  }

  default T setTracesTable(String value) {
    return with(tracesTable(), value);
  }

  default T setTracesPath(String value) {
    return with(tracesPath(), value);
  }

  default T setTracesSeries(String value) {
    return with(tracesSeries(), value);
  }
}
