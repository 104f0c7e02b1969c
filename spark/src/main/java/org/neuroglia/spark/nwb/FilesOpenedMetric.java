package org.neuroglia.spark.nwb;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * How many files the tasks of a scan opened. Public, with a public constructor, for Spark's user
 * interface.
 */
public final class FilesOpenedMetric extends CustomSumMetric {
  static final String NAME = "nwbFilesOpened";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "NWB files opened";
  }
}
