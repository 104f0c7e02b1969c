package org.neuroglia.spark.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Columns and DataFrames as plans know them. */
public final class Attributes {
  private Attributes() {}

  /** New columns, equal to none that there are. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static Seq<Attribute> of(StructType schema) {
    return (Seq) DataTypeUtils.toAttributes(schema);
  }

  /** As a Scala sequence. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T> Seq<T> seq(T... elements) {
    return seq(Arrays.asList(elements));
  }

  /** As a Scala sequence. */
  public static <T> Seq<T> seq(List<T> elements) {
    return CollectionConverters.asScala(elements).toSeq();
  }

  /** The columns with another last one. */
  public static Seq<Attribute> replaceLast(Seq<Attribute> columns, Attribute last) {
    List<Attribute> all = new ArrayList<>(CollectionConverters.asJava(columns));
    all.set(all.size() - 1, last);
    return seq(all);
  }

  private static QueryExecution execution(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution();
  }

  /** The analysed plan of a DataFrame. */
  public static LogicalPlan plan(Dataset<Row> rows) {
    return execution(rows).analyzed();
  }

  /**
   * The rows as Spark has them: an encoder would make an object of each value of an array. A row is
   * good until the next one is read.
   */
  public static JavaRDD<InternalRow> internalRows(Dataset<Row> rows) {
    return execution(rows).toRdd().toJavaRDD();
  }

  /** Whether the rows are those of a table or file, some of them and some columns at the most. */
  public static boolean isRead(Dataset<Row> rows) {
    LogicalPlan plan = execution(rows).optimizedPlan();
    while (plan instanceof Project || plan instanceof Filter) {
      plan = plan.children().head();
    }
    return plan instanceof LeafNode;
  }

  /** The optimizer's estimate of the size of a DataFrame; huge where it knows nothing. */
  public static double estimatedBytes(Dataset<Row> rows) {
    return execution(rows).optimizedPlan().stats().sizeInBytes().toDouble();
  }

  /** The DataFrame of a plan, with its columns renewed, so that it can be joined with itself. */
  public static Dataset<Row> rows(Dataset<Row> of, LogicalPlan plan) {
    var session = ((org.apache.spark.sql.classic.Dataset<Row>) of).sparkSession();
    List<NamedExpression> renewed = new ArrayList<>();
    for (Attribute column : CollectionConverters.asJava(plan.output())) {
      renewed.add(
          new Alias(
              (Expression) column,
              column.name(),
              NamedExpression.newExprId(),
              seq(),
              Option.empty(),
              seq()));
    }
    return org.apache.spark.sql.classic.Dataset$.MODULE$.ofRows(
        session, new Project(seq(renewed), plan));
  }
}
