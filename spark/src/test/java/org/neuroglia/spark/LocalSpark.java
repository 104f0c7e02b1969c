package org.neuroglia.spark;

import org.apache.spark.sql.SparkSession;
import org.neuroglia.spark.lake.Lake;
import org.neuroglia.spark.sql.NeurogliaExtensions;

/** The one Spark session that all tests of a JVM share. */
public final class LocalSpark {
  private LocalSpark() {}

  public static SparkSession session() {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("tests")
            .config("spark.ui.enabled", "false")
            // Without it tasks ask the driver for each class that Spark's compiler tries in vain.
            .config("spark.sql.artifact.isolation.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4");
    if (!Boolean.getBoolean("neuroglia.tests.codegen")) {
      // Most plans of tests see a few rows once: generating code takes longer than it saves.
      builder.config("spark.sql.codegen.wholeStage", "false");
      builder.config("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    }
    NeurogliaExtensions.settings(Lake.settings()).forEach(builder::config);
    return builder.getOrCreate();
  }
}
