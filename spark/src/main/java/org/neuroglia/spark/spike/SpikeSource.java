package org.neuroglia.spark.spike;

import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;

/** Where a stage finds its spikes: a DataFrame that was set, else a table, else a path. */
public final class SpikeSource {
  private SpikeSource() {}

  /**
   * @param set what {@code setSpikes} was given, or null
   * @throws InvalidInputException if there is none of the three
   */
  public static Trains find(SpikesParams<?> params, Dataset<Row> set, SparkSession spark) {
    return new Trains(rows(params, set, spark), params);
  }

  /**
   * The spikes as they are, with every column.
   *
   * @throws InvalidInputException if there is none of the three
   */
  public static Dataset<Row> rows(SpikesParams<?> params, Dataset<Row> set, SparkSession spark) {
    return Optional.ofNullable(set)
        .or(() -> named(params.spikesTable(), params).map(spark::table))
        .or(() -> named(params.spikesPath(), params).map(path -> read(spark, path)))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    params.uid()
                        + " has no spikes: call setSpikes(df), or set spikesTable or"
                        + " spikesPath"));
  }

  private static Optional<String> named(Param<String> param, SpikesParams<?> params) {
    return params.isSet(param) ? Optional.of(params.getOrDefault(param)) : Optional.empty();
  }

  private static Dataset<Row> read(SparkSession spark, String path) {
    return path.endsWith(".nwb")
        ? spark.read().format("nwb").option("table", "units").load(path)
        : spark.read().parquet(path);
  }
}
