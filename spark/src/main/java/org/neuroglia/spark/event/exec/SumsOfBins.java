package org.neuroglia.spark.event.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.Rewrites;
import org.neuroglia.spark.tensor.TensorReduction;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts spikes in whole windows where the tensor is only summed, or averaged, over its bins. The
 * numbers are the same, for sums of counts are exact.
 */
public final class SumsOfBins extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return Rewrites.down(plan, Project.class, SumsOfBins::rewritten);
  }

  private static LogicalPlan rewritten(Project project) {
    List<Filter> filters = new ArrayList<>();
    LogicalPlan below = project.child();
    while (below instanceof Filter filter) {
      filters.add(filter);
      below = filter.child();
    }
    if (!(below instanceof SampleSpikes sample)
        || sample.sampling().sums()
        || sample.sampling().sampler().bins() == 0
        || filters.stream().anyMatch(filter -> filter.references().contains(sample.samples()))) {
      return project;
    }
    List<ScalaUDF> reductions = new ArrayList<>();
    List<NamedExpression> columns = new ArrayList<>();
    for (NamedExpression column : CollectionConverters.asJava(project.projectList())) {
      if (!collect((Expression) column, sample.samples(), reductions)) {
        return project;
      }
      columns.add(column);
    }
    if (reductions.isEmpty()) {
      return project;
    }
    String func = ((TensorReduction) reductions.get(0).function()).func();
    boolean same =
        reductions.stream().allMatch(udf -> ((TensorReduction) udf.function()).func().equals(func));
    if (!same) {
      return project;
    }
    Attribute sums =
        Attributes.of(new StructType().add(func, SQLDataTypes.VectorType(), false)).apply(0);
    LogicalPlan source =
        sample.with(
            func.equals("sum") ? SpikeSampling.Output.SUM : SpikeSampling.Output.MEAN, sums);
    for (int i = filters.size() - 1; i >= 0; i--) {
      source = new Filter(filters.get(i).condition(), source);
    }
    List<NamedExpression> replaced = new ArrayList<>();
    for (NamedExpression column : columns) {
      replaced.add((NamedExpression) replace((Expression) column, reductions, sums));
    }
    return new Project(Attributes.seq(replaced), source);
  }

  /** Whether the tensor is in an expression only as what is summed or averaged. */
  private static boolean collect(Expression in, Attribute tensor, List<ScalaUDF> reductions) {
    if (in instanceof ScalaUDF udf
        && udf.function() instanceof TensorReduction reduction
        && reduction.overTimes()
        && (reduction.func().equals("sum") || reduction.func().equals("mean"))
        && udf.children().apply(0) instanceof Attribute attribute
        && attribute.exprId().equals(tensor.exprId())) {
      reductions.add(udf);
      return true;
    }
    if (in instanceof Attribute attribute) {
      return !attribute.exprId().equals(tensor.exprId());
    }
    for (Expression child : CollectionConverters.asJava(in.children())) {
      if (!collect(child, tensor, reductions)) {
        return false;
      }
    }
    return true;
  }

  private static Expression replace(Expression in, List<ScalaUDF> reductions, Attribute sums) {
    if (reductions.stream().anyMatch(reduction -> reduction == in)) {
      return (Expression) sums;
    }
    Seq<Expression> children =
        Attributes.seq(
            CollectionConverters.asJava(in.children()).stream()
                .map(child -> replace(child, reductions, sums))
                .toList());
    return in.withNewChildren(children);
  }
}
