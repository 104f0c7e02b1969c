package org.neuroglia.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.SparkUserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import scala.Function3;
import scala.Option;
import scala.Some;
import scala.jdk.javaapi.CollectionConverters;

/** Column functions of {@code array<double>} that see {@code double[]}: no element is boxed. */
public final class ArrayFunctions {
  private ArrayFunctions() {}

  /** Of a trace: its label for errors, its times and its values. */
  @FunctionalInterface
  public interface OfTrace extends Serializable {
    double[] apply(String label, double[] times, double[] values);
  }

  /**
   * Applies a function to arrays without nulls; null where one of the arrays is.
   *
   * @param name how a plan shows it
   */
  public static Column ofTrace(
      String name, OfTrace function, Column label, Column times, Column values) {
    Function3<String, double[], double[], double[]> scala =
        (Function3<String, double[], double[], double[]> & Serializable)
            (text, t, v) -> t == null || v == null ? null : function.apply(text, t, v);
    List<Option<Encoder<?>>> inputs =
        List.of(
            new Some<>(Encoders.STRING()),
            new Some<>(Encoding.doubles()),
            new Some<>(Encoding.doubles()));
    return new SparkUserDefinedFunction(
            scala,
            new ArrayType(DataTypes.DoubleType, false),
            CollectionConverters.asScala(inputs).toSeq(),
            new Some<>(Encoding.doubles()),
            new Some<>(name),
            true,
            true)
        .apply(label, times, values);
  }
}
