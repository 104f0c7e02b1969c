package org.neuroglia.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tells sessions how to optimise and plan operators of ours: all from their start by an extension,
 * or one that runs. Sessions that are cloned from that one, as Spark clones them to cache and to
 * stream, know it too; others, from {@code newSession}, do not.
 */
public final class PlanExtensions {
  private PlanExtensions() {}

  /** Adds a strategy and rules to every session that is built with the extensions. */
  public static void inject(
      SparkSessionExtensions extensions, SparkStrategy strategy, List<Rule<LogicalPlan>> rules) {
    extensions.injectPlannerStrategy(session -> strategy);
    rules.forEach(rule -> extensions.injectOptimizerRule(session -> rule));
  }

  /** Adds a strategy and rules to a session, unless it knows the strategy. */
  public static void register(
      SparkSession spark, SparkStrategy strategy, List<Rule<LogicalPlan>> rules) {
    ExperimentalMethods methods =
        ((org.apache.spark.sql.classic.SparkSession) spark).experimental();
    synchronized (methods) {
      boolean known =
          CollectionConverters.asJava(ClassicSession.state(spark).planner().strategies()).stream()
              .anyMatch(one -> one.getClass() == strategy.getClass());
      if (!known) {
        methods.extraStrategies_$eq(with(methods.extraStrategies(), List.of(strategy)));
        methods.extraOptimizations_$eq(with(methods.extraOptimizations(), rules));
      }
    }
  }

  private static <T> Seq<T> with(Seq<T> known, List<T> more) {
    List<T> all = new ArrayList<>(CollectionConverters.asJava(known));
    all.addAll(more);
    return Attributes.seq(all);
  }
}
