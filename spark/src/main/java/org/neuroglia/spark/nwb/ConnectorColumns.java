package org.neuroglia.spark.nwb;

import java.util.Arrays;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Columns of Spark's connectors from a schema, and back. Spark has the same for itself, but not in
 * all of its versions.
 */
final class ConnectorColumns {
  private static final Metadata NONE = Metadata.empty();

  private ConnectorColumns() {}

  static Column[] of(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(
            field ->
                Column.create(
                    field.name(),
                    field.dataType(),
                    field.nullable(),
                    null, // a comment is in the metadata
                    field.metadata().equals(NONE) ? null : field.metadata().json()))
        .toArray(Column[]::new);
  }

  static StructType schema(Column[] columns) {
    return new StructType(
        Arrays.stream(columns)
            .map(
                column ->
                    new StructField(
                        column.name(),
                        column.dataType(),
                        column.nullable(),
                        column.metadataInJSON() == null
                            ? NONE
                            : Metadata.fromJson(column.metadataInJSON())))
            .toArray(StructField[]::new));
  }
}
