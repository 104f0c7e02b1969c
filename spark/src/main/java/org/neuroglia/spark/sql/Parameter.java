package org.neuroglia.spark.sql;

import java.io.Serializable;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.neuroglia.spark.plan.Refusal;
import org.neuroglia.spark.plan.SqlExpression;

/**
 * A parameter of a SQL function.
 *
 * @param optional whether it may be left out; only the last ones may
 * @param meaning for {@code DESCRIBE FUNCTION EXTENDED}
 */
record Parameter(String name, Kind kind, boolean optional, String meaning) implements Serializable {

  /** What is accepted, and what it becomes. */
  enum Kind {
    SECONDS("a number of seconds"),
    TIMES("an array of numbers, in seconds"),
    NEURON("a string or an integer"),
    KNOWN("a text, a number or a map of texts, known when the query is read");

    private final String accepted;

    Kind(String accepted) {
      this.accepted = accepted;
    }

    /** The type that the function is given. */
    private DataType type(DataType given) {
      return switch (this) {
        case SECONDS -> isNumber(given) ? DataTypes.DoubleType : null;
        case TIMES -> times(given);
        case NEURON ->
            given instanceof StringType
                ? DataTypes.StringType
                : given instanceof IntegralType || given instanceof NullType
                    ? DataTypes.LongType
                    : null;
        case KNOWN -> given;
      };
    }

    private static DataType times(DataType given) {
      if (given instanceof NullType) {
        return DataTypes.createArrayType(DataTypes.DoubleType);
      }
      return given instanceof ArrayType array && isNumber(array.elementType())
          ? new ArrayType(DataTypes.DoubleType, array.containsNull())
          : null;
    }

    private static boolean isNumber(DataType type) {
      return type instanceof NumericType || type instanceof NullType;
    }
  }

  static Parameter of(String name, Kind kind, String meaning) {
    return new Parameter(name, kind, false, meaning);
  }

  /** One of a function that stands for a table. */
  static Parameter known(String name, boolean optional, String meaning) {
    return new Parameter(name, Kind.KNOWN, optional, meaning);
  }

  /**
   * The argument as the function takes it.
   *
   * @throws org.apache.spark.sql.AnalysisException if it is of another type
   */
  SqlExpression checked(String function, SqlExpression argument) {
    DataType type = kind.type(argument.type());
    if (type == null) {
      throw refused(function, argument.type().simpleString());
    }
    return type.equals(argument.type()) ? argument : argument.cast(type);
  }

  /** What is wrong with an argument that is not accepted. */
  RuntimeException refused(String function, String given) {
    return Refusal.of(function + ": " + name + " is " + given + "; it must be " + kind.accepted);
  }
}
