package org.neuroglia.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tells a session how to optimise and plan operators of ours. Sessions that are cloned from it, as
 * Spark clones them to cache and to stream, know it too; others, from {@code newSession}, do not.
 */
public final class PlanExtensions {
  private PlanExtensions() {}

  /** Adds a strategy and a rule, unless the session has others of their classes. */
  public static void register(SparkSession spark, SparkStrategy strategy, Rule<LogicalPlan> rule) {
    ExperimentalMethods methods =
        ((org.apache.spark.sql.classic.SparkSession) spark).experimental();
    synchronized (methods) {
      methods.extraStrategies_$eq(withOne(methods.extraStrategies(), strategy));
      methods.extraOptimizations_$eq(withOne(methods.extraOptimizations(), rule));
    }
  }

  private static <T> Seq<T> withOne(Seq<T> known, T more) {
    List<T> all = new ArrayList<>(CollectionConverters.asJava(known));
    if (all.stream().noneMatch(one -> one.getClass() == more.getClass())) {
      all.add(more);
    }
    return Attributes.seq(all);
  }
}
