package org.neuroglia.spark.nwb;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.nwb.NwbType;
import org.neuroglia.nwb.NwbValues;
import org.neuroglia.spark.plan.Values;

/** Values of a file as what Spark's rows hold. */
final class NwbRows {
  private NwbRows() {}

  static DataType dataType(NwbType type, int depth) {
    DataType element =
        switch (type) {
          case DOUBLE -> DataTypes.DoubleType;
          case LONG -> DataTypes.LongType;
          case STRING -> DataTypes.StringType;
          case BOOLEAN -> DataTypes.BooleanType;
        };
    boolean nulls = type == NwbType.STRING; // a reference to nothing
    for (int level = 0; level < depth; level++) {
      element = new ArrayType(element, nulls && level == 0);
    }
    return element;
  }

  /**
   * Row {@code row} for a column of type {@code wanted}, which may be wider than the values: double
   * for integers, string for integers.
   */
  static Object value(NwbValues values, int row, DataType wanted) {
    return value(values, 0, row, wanted);
  }

  private static Object value(NwbValues values, int level, int i, DataType wanted) {
    if (level == values.depth()) {
      return scalar(values, i, wanted);
    }
    DataType element = ((ArrayType) wanted).elementType();
    int from = values.offsets(level)[i];
    int to = values.offsets(level)[i + 1];
    if (level == values.depth() - 1) {
      return list(values, from, to, element);
    }
    Object[] lists = new Object[to - from];
    Arrays.setAll(lists, k -> value(values, level + 1, from + k, element));
    return Values.list(lists);
  }

  private static Object scalar(NwbValues values, int i, DataType wanted) {
    return switch (values.type()) {
      case DOUBLE -> values.doubles()[i];
      case LONG -> {
        long number = values.longs()[i];
        yield wanted instanceof LongType
            ? (Object) number
            : wanted instanceof StringType
                ? UTF8String.fromString(Long.toString(number))
                : (Object) (double) number;
      }
      case STRING -> UTF8String.fromString(values.strings()[i]);
      case BOOLEAN -> values.booleans()[i];
    };
  }

  private static ArrayData list(NwbValues values, int from, int to, DataType element) {
    return switch (values.type()) {
      case DOUBLE -> Values.array(Arrays.copyOfRange(values.doubles(), from, to));
      case LONG -> {
        long[] longs = Arrays.copyOfRange(values.longs(), from, to);
        yield element instanceof LongType
            ? Values.array(longs)
            : Values.array(Arrays.stream(longs).asDoubleStream().toArray());
      }
      case STRING -> {
        Object[] texts = new Object[to - from];
        Arrays.setAll(texts, k -> UTF8String.fromString(values.strings()[from + k]));
        yield Values.list(texts);
      }
      case BOOLEAN -> Values.array(Arrays.copyOfRange(values.booleans(), from, to));
    };
  }
}
