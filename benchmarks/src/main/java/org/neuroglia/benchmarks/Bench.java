package org.neuroglia.benchmarks;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What measurements run on.
 *
 * @param spark warm after the first measurement
 * @param size how much data
 * @param python for the rivals; at the smallest size it may be absent
 * @param root of the checkout
 * @param data folder for what is made
 */
record Bench(SparkSession spark, Size size, Optional<Rival.Python> python, Path root, Path data) {
  /** Two cores, and otherwise Spark as it comes: what a notebook has. */
  static SparkSession session() {
    SparkSession.Builder builder = SparkSession.builder();
    org.neuroglia.spark.lake.Lake.settings().forEach(builder::config);
    return builder
        .master("local[2]")
        .appName("neuroglia benchmarks")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.maxResultSize", "2g")
        .getOrCreate();
  }

  boolean measures() {
    return size != Size.SMALLEST;
  }

  Lake lake(int sessions, long spikes, int neurons, int events) {
    return new Lake(spark, data, new Lake.Shape(sessions, spikes, neurons, events));
  }
}
