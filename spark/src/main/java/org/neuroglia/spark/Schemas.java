package org.neuroglia.spark;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.plan.ClassicSession;

/** Looks columns up as Spark does, and says which exist where one does not. */
public final class Schemas {
  private Schemas() {}

  /** The column called {@code name}, by the session's rule on case. */
  public static Optional<StructField> find(StructType schema, String name) {
    boolean exact = ClassicSession.isCaseSensitive();
    return Arrays.stream(schema.fields())
        .filter(f -> exact ? f.name().equals(name) : f.name().equalsIgnoreCase(name))
        .findFirst();
  }

  public static boolean has(StructType schema, String name) {
    return find(schema, name).isPresent();
  }

  /**
   * The column called {@code name}.
   *
   * @param table what the schema is of, for the message: "the events"
   * @throws InvalidInputException if there is none, with those that there are
   */
  public static StructField require(StructType schema, String name, String table) {
    return find(schema, name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    String.format(
                        "%s have no column \"%s\"; the columns are %s",
                        table, name, String.join(", ", schema.fieldNames()))));
  }

  /** The numeric column called {@code name}. */
  public static StructField requireNumber(StructType schema, String name, String table) {
    StructField field = require(schema, name, table);
    if (!(field.dataType() instanceof NumericType)) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of %s is a %s; numbers are needed",
              field.name(), table, field.dataType().simpleString()));
    }
    return field;
  }

  /**
   * Refuses an output column that exists.
   *
   * @param param the stage's param that gives it another name
   */
  public static void requireAbsent(StructType schema, String name, String table, String param) {
    if (has(schema, name)) {
      throw new InvalidInputException(
          String.format(
              "%s already have a column \"%s\": give another name with %s", table, name, param));
    }
  }

  /**
   * The rows with the columns of {@code schema} in its order, and what it says of them: encoders
   * drop what is known of a column, and widen some types.
   */
  public static Dataset<Row> described(Dataset<Row> rows, StructType schema) {
    return rows.select(
        Arrays.stream(schema.fields())
            .map(field -> described(col(quoted(field.name())), field))
            .toArray(Column[]::new));
  }

  /** The column with the name, the type and the metadata of {@code field}. */
  public static Column described(Column column, StructField field) {
    DataType type = field.dataType();
    boolean simple = !(type instanceof ArrayType || type instanceof StructType);
    boolean cast = simple && !(type instanceof MapType || type instanceof UserDefinedType<?>);
    return (cast ? column.cast(type) : column).as(field.name(), field.metadata());
  }

  public static boolean isInteger(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  /** A column expression's safe spelling: names with dots are quoted. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
