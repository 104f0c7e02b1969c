package org.neuroglia.spark.trace;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;

/** Where a stage finds its traces: a DataFrame that was set, else a table, else a path. */
public final class TraceSource {
  private TraceSource() {}

  /**
   * @param set what {@code setTraces} was given, or null
   * @throws InvalidInputException if there is none of the three
   */
  public static Traces find(TracesParams<?> params, Dataset<Row> set, SparkSession spark) {
    if (set != null) {
      return new Traces(set, params);
    }
    if (params.isSet(params.tracesTable())) {
      return new Traces(spark.table(params.getOrDefault(params.tracesTable())), params);
    }
    if (params.isSet(params.tracesPath())) {
      return new Traces(read(params, params.getOrDefault(params.tracesPath()), spark), params);
    }
    throw new InvalidInputException(
        params.uid() + " has no traces: call setTraces(df), or set tracesTable or tracesPath");
  }

  private static Dataset<Row> read(TracesParams<?> params, String path, SparkSession spark) {
    if (!path.endsWith(".nwb")) {
      return spark.read().parquet(path);
    }
    if (!params.isSet(params.tracesSeries())) {
      throw new InvalidInputException(
          params.uid() + " has no tracesSeries, which says what series of " + path + " it takes");
    }
    return spark
        .read()
        .format("nwb")
        .option("traces", params.getOrDefault(params.tracesSeries()))
        .load(path);
  }
}
