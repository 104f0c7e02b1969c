package org.neuroglia.spark.decoding.session;

import java.math.BigDecimal;
import java.util.Collection;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.Schemas;

/**
 * Labels as they come: strings stay strings, numbers of any type and booleans (0 and 1) become
 * doubles, null and NaN are no label.
 */
public final class Label {
  /** Beyond it two longs can be one double. */
  private static final long EXACT = 1L << 53;

  /** Decimals of so many digits are told apart as doubles. */
  private static final int DIGITS = 15;

  private Label() {}

  /** The type of a column's labels, and of predictions of them: string or double. */
  public static DataType type(StructType schema, String column) {
    StructField field = Schemas.require(schema, column, "the rows");
    DataType type = field.dataType();
    if (type instanceof StringType) {
      return DataTypes.StringType;
    }
    if (type instanceof NumericType || type instanceof BooleanType) {
      return DataTypes.DoubleType;
    }
    throw new InvalidInputException(
        String.format(
            "column \"%s\" is a %s; labels are strings or numbers",
            field.name(), type.simpleString()));
  }

  /** A String, a Double, or null where there is no label. */
  public static Object of(Object value) {
    if (value == null || value instanceof String) {
      return value;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    }
    if (value instanceof Long number && (number > EXACT || number < -EXACT)) {
      throw new InvalidInputException(
          "the label " + number + " has more digits than a double: cast the labels to strings");
    }
    double number = ((Number) value).doubleValue();
    if (value instanceof BigDecimal decimal
        && new BigDecimal(number).compareTo(decimal) != 0
        && decimal.precision() > DIGITS) {
      throw new InvalidInputException(
          "the label " + decimal + " has more digits than a double: cast the labels to strings");
    }
    return Double.isNaN(number) ? null : (Object) (number + 0.0);
  }

  /** The classes of some labels, as {@link #of} gives them. */
  public static ClassLabels classes(Collection<Object> labels, boolean text) {
    return text
        ? ClassLabels.of(labels.stream().map(String.class::cast).toList())
        : ClassLabels.of(labels.stream().mapToDouble(Double.class::cast).toArray());
  }

  public static int code(ClassLabels classes, Object label) {
    return label instanceof String text ? classes.code(text) : classes.code((Double) label);
  }
}
