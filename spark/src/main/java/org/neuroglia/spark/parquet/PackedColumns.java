package org.neuroglia.spark.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns are read here: strings, integers and lists of doubles, where a file stores just
 * these. What is stored otherwise, as older lists, other widths or columns that are missing, is
 * left to Spark, which knows many more ways.
 */
final class PackedColumns {
  private static final String FIELD_ID = "parquet.field.id";

  private PackedColumns() {}

  /** Whether a table has lists of doubles, and otherwise nothing that only Spark can read. */
  static boolean mayBe(StructType schema) {
    boolean list = false;
    for (StructField field : schema.fields()) {
      DataType type = field.dataType();
      list |= isList(type);
      if (!isList(type) && !isFlat(type) || field.metadata().contains(FIELD_ID)) {
        return false;
      }
    }
    return list;
  }

  static boolean isList(DataType type) {
    return type instanceof ArrayType array && array.elementType().equals(DataTypes.DoubleType);
  }

  private static boolean isFlat(DataType type) {
    return type.equals(DataTypes.StringType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.LongType);
  }

  /** The columns of a file in the order of a schema; empty if one is not as it should be. */
  static Optional<List<ColumnDescriptor>> in(ParquetMetadata file, StructType schema) {
    MessageType stored = file.getFileMetaData().getSchema();
    List<ColumnDescriptor> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (!isAlone(stored, field.name())
          || !isStored(stored.getType(field.name()), field.dataType())) {
        return Optional.empty();
      }
      columns.add(
          stored.getColumns().stream()
              .filter(column -> column.getPath()[0].equals(field.name()))
              .findFirst()
              .orElseThrow());
    }
    boolean old = file.getBlocks().stream().anyMatch(group -> hasOldLevels(group, columns));
    return old ? Optional.empty() : Optional.of(columns);
  }

  /** Whether a name is there, and no other that differs in case alone. */
  private static boolean isAlone(MessageType stored, String name) {
    return stored.containsField(name)
        && stored.getFields().stream().filter(f -> f.getName().equalsIgnoreCase(name)).count() == 1;
  }

  private static boolean isStored(Type stored, DataType type) {
    if (isList(type)) {
      return isListOfDoubles(stored);
    }
    if (!stored.isPrimitive() || stored.isRepetition(Repetition.REPEATED)) {
      return false;
    }
    PrimitiveTypeName name = stored.asPrimitiveType().getPrimitiveTypeName();
    LogicalTypeAnnotation meaning = stored.getLogicalTypeAnnotation();
    if (type.equals(DataTypes.StringType)) {
      return name == PrimitiveTypeName.BINARY && meaning instanceof StringLogicalTypeAnnotation;
    }
    return type.equals(DataTypes.IntegerType)
        ? isInteger(name, PrimitiveTypeName.INT32, meaning, Integer.SIZE)
        : isInteger(name, PrimitiveTypeName.INT64, meaning, Long.SIZE);
  }

  private static boolean isInteger(
      PrimitiveTypeName name, PrimitiveTypeName wanted, LogicalTypeAnnotation meaning, int bits) {
    return name == wanted
        && (meaning == null || meaning.equals(LogicalTypeAnnotation.intType(bits, true)));
  }

  /** Three levels, as the format wants them, and not by names that mean an older list. */
  private static boolean isListOfDoubles(Type stored) {
    if (stored.isPrimitive()
        || stored.isRepetition(Repetition.REPEATED)
        || !(stored.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)
        || stored.asGroupType().getFieldCount() != 1) {
      return false;
    }
    Type repeated = stored.asGroupType().getType(0);
    if (repeated.isPrimitive()
        || !repeated.isRepetition(Repetition.REPEATED)
        || repeated.asGroupType().getFieldCount() != 1
        || repeated.getName().equals("array")
        || repeated.getName().equals(stored.getName() + "_tuple")) {
      return false;
    }
    return isDouble(repeated.asGroupType());
  }

  private static boolean isDouble(GroupType repeated) {
    Type element = repeated.getType(0);
    return element.isPrimitive()
        && !element.isRepetition(Repetition.REPEATED)
        && element.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE
        && element.getLogicalTypeAnnotation() == null;
  }

  /**
   * Whether lists have levels of bits alone, which have not been written for ten years. Only of the
   * columns that are asked for: others may be encrypted.
   */
  @SuppressWarnings("deprecation") // the levels are what is deprecated
  private static boolean hasOldLevels(BlockMetaData group, List<ColumnDescriptor> columns) {
    Set<ColumnPath> lists =
        columns.stream()
            .filter(column -> column.getMaxRepetitionLevel() > 0)
            .map(column -> ColumnPath.get(column.getPath()))
            .collect(Collectors.toSet());
    return group.getColumns().stream()
        .anyMatch(
            chunk ->
                lists.contains(chunk.getPath())
                    && chunk.getEncodings().contains(Encoding.BIT_PACKED));
  }
}
