package org.neuroglia.spark.lake;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.Schemas;

/**
 * The columns of a table in all files, merged by name, whatever its case: the first spelling stays,
 * integers and doubles become doubles, and types that have nothing in common become texts. A column
 * that a file lacks may be null.
 */
final class MergedColumns {
  private static final String REFUSED = " ,;{}()\n\t=";
  private static final String NAME = "neuroglia.name";

  private final String table;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final List<String> conflicts = new ArrayList<>();
  private int schemas;

  /** A column so far; {@code count} schemas have it, the first in {@code file}. */
  private record Column(StructField field, DataType first, String file, int count) {}

  /**
   * @param table for messages
   * @param known the columns that the lake has
   */
  MergedColumns(String table, Optional<StructType> known) {
    this.table = table;
    known.ifPresent(schema -> add(schema, "the lake"));
  }

  /** Adds the columns of some files, of which {@code file} is the first. */
  void add(StructType schema, String file) {
    for (StructField field : schema.fields()) {
      columns.merge(
          key(field),
          new Column(field, field.dataType(), file, 1),
          (known, added) -> merge(known, field, file));
    }
    schemas++;
  }

  private Column merge(Column known, StructField field, String file) {
    DataType type = merge(known.field().dataType(), field.dataType());
    boolean conflict = conflict(known.field().dataType(), field.dataType());
    StructField merged =
        new StructField(
            known.field().name(),
            type,
            known.field().nullable() || field.nullable(),
            known.field().metadata());
    if (conflict && known.field().getComment().isEmpty()) {
      String difference =
          known.first().simpleString()
              + " in "
              + known.file()
              + " and "
              + field.dataType().simpleString()
              + " in "
              + file;
      conflicts.add(
          "Column "
              + field.name()
              + " of "
              + table
              + " is "
              + difference
              + ": it is kept as text.");
      merged = merged.withComment("Text, since files differ: " + difference);
    }
    return new Column(merged, known.first(), known.file(), known.count() + 1);
  }

  private static String key(StructField field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  /** All columns, in the order in which they were met. */
  StructType schema() {
    StructType schema = new StructType();
    for (Column column : columns.values()) {
      StructField field = column.field();
      boolean nullable = field.nullable() || column.count() < schemas;
      schema =
          schema.add(new StructField(field.name(), field.dataType(), nullable, field.metadata()));
    }
    return schema;
  }

  /** A sentence for each column that became text. */
  List<String> conflicts() {
    return conflicts;
  }

  /**
   * How the rows of a file are written before other files are known: by the names and types of the
   * lake where it has a column, as far as they hold the values.
   */
  static StructType written(Optional<StructType> known, StructType file) {
    Map<String, StructField> names = new LinkedHashMap<>();
    known.ifPresent(schema -> List.of(schema.fields()).forEach(f -> names.put(key(f), f)));
    StructType written = new StructType();
    for (StructField field : file.fields()) {
      StructField other = names.getOrDefault(key(field), field);
      written =
          written.add(
              new StructField(
                  other.name(),
                  merge(other.dataType(), field.dataType()),
                  field.nullable(),
                  org.apache.spark.sql.types.Metadata.empty()));
    }
    return written;
  }

  /**
   * The columns of a file by the names that they have in the lake: Delta's files take no blanks nor
   * some other characters in names. The metadata keep the name, by which {@link #read} gives it.
   */
  static StructType stored(StructType file) {
    StructType stored = new StructType();
    for (StructField column : file.fields()) {
      String name = column.name();
      StructField field =
          new StructField(name, storable(column.dataType()), column.nullable(), column.metadata());
      boolean safe = name.chars().noneMatch(c -> REFUSED.indexOf(c) >= 0) && !name.isEmpty();
      stored =
          stored.add(
              safe
                  ? field
                  : new StructField(
                      TableKeys.withChecksum(name.replaceAll("[ ,;{}()\\n\\t=]", "_"), "_", name),
                      field.dataType(),
                      field.nullable(),
                      new MetadataBuilder().putString(NAME, name).build()));
    }
    return stored;
  }

  /** Delta cannot promise that lists within lists hold no null. */
  private static DataType storable(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof ArrayType inner
        ? new ArrayType(storable(new ArrayType(inner.elementType(), true)), array.containsNull())
        : type;
  }

  /** Rows of the lake with the names that the files have. */
  static Dataset<Row> read(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    if (Arrays.stream(fields).noneMatch(field -> field.metadata().contains(NAME))) {
      return rows;
    }
    return rows.select(
        Arrays.stream(fields)
            .map(
                field ->
                    field.metadata().contains(NAME)
                        ? col(Schemas.quoted(field.name())).as(field.metadata().getString(NAME))
                        : col(Schemas.quoted(field.name())))
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  /** Whether rows of this schema are rows of the table, but for columns that they lack. */
  static boolean fits(StructType written, StructType table) {
    Map<String, StructField> names = new LinkedHashMap<>();
    List.of(table.fields()).forEach(field -> names.put(field.name(), field));
    return List.of(written.fields()).stream()
        .allMatch(
            field ->
                names.containsKey(field.name())
                    && same(names.get(field.name()).dataType(), field.dataType()));
  }

  static boolean same(DataType a, DataType b) {
    return DataType.equalsIgnoreNullability(a, b);
  }

  private static boolean conflict(DataType a, DataType b) {
    return !same(a, b) && !bothNumbers(a, b);
  }

  private static DataType merge(DataType a, DataType b) {
    if (same(a, b)) {
      return mayHoldNulls(b) ? b : a;
    }
    return bothNumbers(a, b) ? doubles(a) : DataTypes.StringType;
  }

  private static boolean mayHoldNulls(DataType type) {
    return type instanceof ArrayType array
        && (array.containsNull() || mayHoldNulls(array.elementType()));
  }

  private static boolean bothNumbers(DataType a, DataType b) {
    return a instanceof ArrayType as && b instanceof ArrayType bs
        ? bothNumbers(as.elementType(), bs.elementType())
        : a instanceof NumericType && b instanceof NumericType;
  }

  private static DataType doubles(DataType like) {
    return like instanceof ArrayType array
        ? new ArrayType(doubles(array.elementType()), array.containsNull())
        : DataTypes.DoubleType;
  }
}
