package org.neuroglia.spark.plan;

import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Makes values as Spark's rows hold them. Data sources and expressions must return them so, and
 * Spark offers no public way to make them.
 */
public final class Values {
  private Values() {}

  /**
   * A row of values in Spark's form. It does not copy the array: what is written to the array later
   * is in the row.
   */
  public static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  /** An {@code array<double>} without nulls; a copy. */
  public static ArrayData array(double[] values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  /** An {@code array<bigint>} without nulls; a copy. */
  public static ArrayData array(long[] values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  /** An {@code array<int>} without nulls; a copy. */
  public static ArrayData array(int[] values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  /** An {@code array<boolean>} without nulls; a copy. */
  public static ArrayData array(boolean[] values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  /** An array of values in Spark's form, such as texts, rows and arrays; it is not copied. */
  public static ArrayData list(Object... values) {
    return new GenericArrayData(values);
  }

  /** A map of keys to values, in their order. */
  public static MapData map(ArrayData keys, ArrayData values) {
    return new ArrayBasedMapData(keys, values);
  }

  /** A public value, such as a {@code Row}, in Spark's form; the type is told by its class. */
  public static Object of(Object value) {
    return CatalystTypeConverters.convertToCatalyst(value);
  }

  /** A public value of a type in Spark's form. */
  public static Object of(Object value, DataType type) {
    return CatalystTypeConverters.createToCatalystConverter(type).apply(value);
  }

  /** A row as one block of bytes, which Kryo and Java can send; a copy. */
  public static UnsafeRow compact(InternalRow row, StructType schema) {
    return UnsafeProjection.create(schema).apply(row).copy();
  }

  /** What the SQL function {@code xxhash64} gives for an {@code array<double>} without nulls. */
  public static long hash(double[] values) {
    return XxHash64Function.hash(array(values), Encoding.DOUBLES, 42L); // the seed of that function
  }
}
