package org.neuroglia.spark.plan;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.expressions.SparkUserDefinedFunction;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.Some;

/**
 * User-defined functions with encoders of their own. Spark's public {@code udf} chooses encoders
 * for Java that box each element of an array.
 */
public final class ScalaFunction {
  private ScalaFunction() {}

  /**
   * A function for columns that gives the same result for the same arguments.
   *
   * @param name how a plan shows it
   * @param function a Scala function of as many arguments as the columns it is applied to;
   *     serializable
   * @param inputs an encoder for each argument; if the list is empty, Spark converts arguments by
   *     their type
   * @param output the encoder of the result; if it is empty, Spark converts by {@code type}
   * @param nullable whether the result may be null
   */
  public static UserDefinedFunction of(
      String name,
      Object function,
      DataType type,
      List<Encoder<?>> inputs,
      Optional<Encoder<?>> output,
      boolean nullable) {
    List<Option<Encoder<?>>> known = inputs.stream().<Option<Encoder<?>>>map(Some::new).toList();
    return new SparkUserDefinedFunction(
        function,
        type,
        Attributes.seq(known),
        Option.apply(output.orElse(null)),
        new Some<>(name),
        nullable,
        true);
  }
}
