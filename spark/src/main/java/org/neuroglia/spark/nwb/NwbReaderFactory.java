package org.neuroglia.spark.nwb;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Reads partitions where they are computed. */
final class NwbReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final NwbOptions options;
  private final StructType wanted;
  private final RowFilter filter;
  private final StructType tested;
  private final Broadcast<SerializableConfiguration> configuration;

  /**
   * @param tested the columns that the filter looks at
   * @param configuration of Hadoop: a broadcast, for the factory itself is sent with every job and
   *     stage
   */
  NwbReaderFactory(
      NwbOptions options,
      StructType wanted,
      RowFilter filter,
      StructType tested,
      Broadcast<SerializableConfiguration> configuration) {
    this.options = options;
    this.wanted = wanted;
    this.filter = filter;
    this.tested = tested;
    this.configuration = configuration;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new NwbReader(this, ((NwbScan.Parts) partition).parts(), configuration.value().value());
  }

  NwbOptions options() {
    return options;
  }

  StructType wanted() {
    return wanted;
  }

  RowFilter filter() {
    return filter;
  }

  StructType tested() {
    return tested;
  }
}
