package org.neuroglia.spark.plan;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/**
 * Makes sessions know SQL functions: all that start with an extension, or one that runs. Spark's
 * public {@code udf().register} takes no aggregates that write their own state, no functions with
 * documentation, and none that stand for a table.
 */
public final class FunctionRegistration {
  private FunctionRegistration() {}

  /**
   * Every session that starts with the extensions knows the function.
   *
   * @param call makes the call from its arguments
   */
  public static void inject(
      SparkSessionExtensions extensions,
      FunctionText text,
      Function<List<SqlExpression>, SqlExpression> call) {
    extensions.injectFunction(new Tuple3<>(text.identifier(), text.info(), expression(call)));
  }

  /** A session knows the function as long as it lasts. */
  public static void register(
      SparkSession spark, FunctionText text, Function<List<SqlExpression>, SqlExpression> call) {
    ClassicSession.state(spark)
        .functionRegistry()
        .registerFunction(text.identifier(), text.info(), expression(call));
  }

  /**
   * Every session that starts with the extensions knows the function, which stands for a table.
   *
   * @param rows makes the table from the arguments
   */
  public static void injectTable(
      SparkSessionExtensions extensions,
      FunctionText text,
      Function<List<SqlExpression>, Dataset<Row>> rows) {
    Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, LogicalPlan>> function =
        new Tuple3<>(text.identifier(), text.info(), plan(rows));
    extensions.injectTableFunction(function);
  }

  /** A session knows the function, which stands for a table, as long as it lasts. */
  public static void registerTable(
      SparkSession spark, FunctionText text, Function<List<SqlExpression>, Dataset<Row>> rows) {
    ClassicSession.state(spark)
        .tableFunctionRegistry()
        .registerFunction(text.identifier(), text.info(), plan(rows));
  }

  private static Function1<Seq<Expression>, Expression> expression(
      Function<List<SqlExpression>, SqlExpression> call) {
    return arguments -> call.apply(SqlExpression.all(arguments)).expression();
  }

  private static Function1<Seq<Expression>, LogicalPlan> plan(
      Function<List<SqlExpression>, Dataset<Row>> rows) {
    return arguments -> Attributes.plan(rows.apply(SqlExpression.all(arguments)));
  }
}
