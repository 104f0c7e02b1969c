package org.neuroglia.spark.lake;

import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.spark.nwb.NwbRecording;
import org.neuroglia.spark.plan.Values;

/** The columns of {@code sessions} and {@code failures}. */
final class SessionsSchema {
  static final String VERSIONS = "table_versions";

  /** What is known of a series of a session; never null, which Delta could not promise. */
  static final StructType SERIES =
      new StructType()
          .add("series", DataTypes.StringType, true)
          .add("path", DataTypes.StringType, true)
          .add("neurons", DataTypes.IntegerType, true)
          .add("samples", DataTypes.LongType, true)
          .add("unit", DataTypes.StringType, true)
          .add("whole", DataTypes.BooleanType, true);

  static final StructType SESSIONS = sessions();

  static final StructType FAILURES =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false)
          .add("file_size", DataTypes.LongType, false)
          .add("modified", DataTypes.TimestampType, false)
          .add("failed", DataTypes.TimestampType, false);

  private SessionsSchema() {}

  private static StructType sessions() {
    StructType schema = new StructType();
    for (StructField field : NwbRecording.ABOUT.fields()) {
      schema = schema.add(field);
    }
    return schema
        .add("units", DataTypes.LongType, false)
        .add("tables", DataTypes.createArrayType(DataTypes.StringType, false), false)
        .add("table_rows", DataTypes.createArrayType(DataTypes.LongType, false), false)
        .add("file_size", DataTypes.LongType, false)
        .add("modified", DataTypes.TimestampType, false)
        .add("spikes", DataTypes.LongType, false)
        .add("events", counts(), false)
        .add("traces", DataTypes.createArrayType(SERIES, false), false)
        .add("series", DataTypes.createArrayType(DataTypes.StringType, false), false)
        .add("notes", DataTypes.createArrayType(DataTypes.StringType, false), false)
        .add("ingested", DataTypes.TimestampType, false)
        .add(VERSIONS, counts(), false);
  }

  private static DataType counts() {
    return DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, false);
  }

  static MapData map(Map<String, Long> counts) {
    return Values.map(texts(counts.keySet()), Values.list(counts.values().toArray()));
  }

  static ArrayData texts(Iterable<String> texts) {
    java.util.List<Object> values = new java.util.ArrayList<>();
    texts.forEach(text -> values.add(UTF8String.fromString(text)));
    return Values.list(values.toArray());
  }

  /** The row of a session with other versions of the tables. */
  static InternalRow with(InternalRow session, Map<String, Long> versions) {
    Object[] values = new Object[SESSIONS.size()];
    for (int i = 0; i < values.length; i++) {
      StructField field = SESSIONS.fields()[i];
      values[i] = field.name().equals(VERSIONS) ? map(versions) : session.get(i, field.dataType());
    }
    return Values.row(values);
  }
}
