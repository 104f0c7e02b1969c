package org.neuroglia.spark.plan;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;

/**
 * Columns that call a method of an object with values in Spark's form. A user-defined function
 * would have each element of an array copied through encoders, and boxed where the array may hold
 * null.
 */
public final class Invocation {
  private Invocation() {}

  /**
   * The result of a call for each row; null where an argument is null.
   *
   * @param target of a public class; it is sent to where the rows are
   * @param method the name of a public method of {@code target}, which takes the arguments in
   *     Spark's form and returns a value that is never null in Spark's form
   * @param type of the result
   */
  public static Column of(Serializable target, String method, DataType type, Column... arguments) {
    List<Expression> expressions =
        Arrays.stream(arguments).<Expression>map(ExpressionUtils::expression).toList();
    return ExpressionUtils.column(
        new Invoke(
            Literal.fromObject(target, new ObjectType(target.getClass())),
            method,
            type,
            Attributes.seq(expressions),
            Attributes.seq(List.<AbstractDataType>of()),
            true,
            true,
            true));
  }
}
