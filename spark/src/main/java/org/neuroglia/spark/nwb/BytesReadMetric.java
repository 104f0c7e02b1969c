package org.neuroglia.spark.nwb;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * How many bytes the tasks of a scan read of files. Public, with a public constructor, for Spark's
 * user interface.
 */
public final class BytesReadMetric extends CustomSumMetric {
  static final String NAME = "nwbBytesRead";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "bytes read of NWB files";
  }
}
