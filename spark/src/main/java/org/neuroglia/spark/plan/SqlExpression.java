package org.neuroglia.spark.plan;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** An expression of a query, as the analysis of Spark hands it to the builder of a function. */
public final class SqlExpression {
  private final Expression expression;

  private SqlExpression(Expression expression) {
    this.expression = expression;
  }

  static List<SqlExpression> all(Seq<Expression> expressions) {
    return CollectionConverters.asJava(expressions).stream().map(SqlExpression::new).toList();
  }

  private static Seq<Expression> seq(List<SqlExpression> all) {
    return Attributes.seq(all.stream().map(SqlExpression::expression).toList());
  }

  /** A call of a function of the values of one row. */
  public static SqlExpression call(
      RowFunctionCall.Function function, List<SqlExpression> arguments) {
    return new SqlExpression(new RowFunctionCall(function, seq(arguments)));
  }

  /** A call of a function of the rows of a group. */
  public static <T extends Tally<T>> SqlExpression call(
      AggregateFunctionCall.Function<T> function, List<SqlExpression> arguments) {
    return new SqlExpression(new AggregateFunctionCall<>(function, seq(arguments), 0, 0));
  }

  Expression expression() {
    return expression;
  }

  public DataType type() {
    return expression.dataType();
  }

  /** Whether it is an argument that is given by name: {@code name => value}. */
  public boolean isNamed() {
    return expression instanceof NamedArgumentExpression;
  }

  /** As a query would spell it. */
  public String sql() {
    return expression.sql();
  }

  /** The same as a value of another type. */
  public SqlExpression cast(DataType to) {
    return new SqlExpression(Casts.cast(expression, to));
  }

  /** Whether the query states the value, rather than reads it from rows. */
  public boolean isStated() {
    return expression.foldable();
  }

  /** The value in Spark's form, if the query states it; empty if it is null or read from rows. */
  public Optional<Object> stated() {
    return isStated()
        ? Optional.ofNullable(expression.eval(InternalRow.empty()))
        : Optional.empty();
  }
}
