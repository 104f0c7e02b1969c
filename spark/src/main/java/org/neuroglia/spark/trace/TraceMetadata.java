package org.neuroglia.spark.trace;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * What a column of trace values knows of itself: its unit, where a file told it, and whether every
 * row is the whole trace of a neuron, kept in the column's metadata under the key {@code
 * neuroglia}. Where nothing is known, a neuron may have many rows, each a chunk of time.
 */
public final class TraceMetadata {
  private static final String KEY = "neuroglia";
  private static final String WHOLE = "whole";
  private static final String UNIT = "unit";

  private TraceMetadata() {}

  /** Whether the column says that each of its rows is a whole trace. */
  public static boolean isWhole(StructField values) {
    Metadata metadata = values.metadata();
    return metadata.contains(KEY)
        && metadata.getMetadata(KEY).contains(WHOLE)
        && metadata.getMetadata(KEY).getBoolean(WHOLE);
  }

  /** {@code metadata}, saying too whether each row is a whole trace. */
  public static Metadata with(Metadata metadata, boolean whole) {
    Metadata known = metadata.contains(KEY) ? metadata.getMetadata(KEY) : Metadata.empty();
    return new MetadataBuilder()
        .withMetadata(metadata)
        .putMetadata(
            KEY, new MetadataBuilder().withMetadata(known).putBoolean(WHOLE, whole).build())
        .build();
  }

  /** The metadata of a column whose rows are whole traces. */
  public static Metadata whole() {
    return with(Metadata.empty(), true);
  }

  /** The metadata of a column of values in this unit, which may be empty. */
  public static Metadata unit(String unit) {
    if (unit.isEmpty()) {
      return Metadata.empty();
    }
    Metadata known = new MetadataBuilder().putString(UNIT, unit).build();
    return new MetadataBuilder().putMetadata(KEY, known).build();
  }
}
