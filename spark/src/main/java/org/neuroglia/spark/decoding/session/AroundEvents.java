package org.neuroglia.spark.decoding.session;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Measures neurons around the events of their session, where the neurons lie. Spark calls it with
 * arrays as it has them: a function of a user would have each number copied through encoders, and
 * boxed where the array may hold null.
 */
abstract class AroundEvents implements Measurement {
  private static final long serialVersionUID = 1L;

  /**
   * The bytes that a public method of this object gives for each row.
   *
   * @param arrays its arguments
   */
  final Column call(String method, Column... arrays) {
    List<Expression> arguments =
        Arrays.stream(arrays).map(array -> ExpressionUtils.expression(array)).toList();
    return ExpressionUtils.column(
        new Invoke(
            Literal.fromObject(this, new ObjectType(getClass())),
            method,
            DataTypes.BinaryType,
            CollectionConverters.asScala(arguments).toSeq(),
            CollectionConverters.asScala(List.<AbstractDataType>of()).toSeq(),
            true,
            true,
            true));
  }
}
