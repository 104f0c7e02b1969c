package org.neuroglia.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.neuroglia.spark.plan.Encoding;
import org.neuroglia.spark.plan.ScalaFunction;
import scala.Function0;
import scala.Function1;
import scala.Function3;

/** Column functions of {@code array<double>} that see {@code double[]}: no element is boxed. */
public final class ArrayFunctions {
  private ArrayFunctions() {}

  /** Of an array. */
  @FunctionalInterface
  public interface OfArray extends Serializable {
    double[] apply(double[] values);
  }

  /** Of a trace: its label for errors, its times and its values. */
  @FunctionalInterface
  public interface OfTrace extends Serializable {
    double[] apply(String label, double[] times, double[] values);
  }

  /**
   * Applies a function to arrays that are never null, without nulls.
   *
   * @param name how a plan shows it
   */
  public static Column ofTrace(
      String name, OfTrace function, Column label, Column times, Column values) {
    Function3<String, double[], double[], double[]> scala =
        (Function3<String, double[], double[], double[]> & Serializable) function::apply;
    return function(name, scala, List.of(Encoders.STRING(), Encoding.doubles(), Encoding.doubles()))
        .apply(label, times, values);
  }

  /**
   * Applies a function to an array that is never null, without nulls.
   *
   * @param name how a plan shows it
   */
  public static Column ofArray(String name, OfArray function, Column values) {
    Function1<double[], double[]> scala =
        (Function1<double[], double[]> & Serializable) function::apply;
    return function(name, scala, List.of(Encoding.doubles())).apply(values);
  }

  private static UserDefinedFunction function(String name, Object scala, List<Encoder<?>> inputs) {
    return ScalaFunction.of(
        name, scala, Encoding.DOUBLES, inputs, Optional.of(Encoding.doubles()), false);
  }

  /** The same array in every row. */
  public static Column constant(double[] values) {
    Function0<double[]> scala = (Function0<double[]> & Serializable) () -> values;
    return function("constant", scala, List.of()).apply();
  }
}
