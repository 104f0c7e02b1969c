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

  /** Adds a strategy and a rule to every session that is built with the extensions. */
  public static void inject(
      SparkSessionExtensions extensions, SparkStrategy strategy, Rule<LogicalPlan> rule) {
    extensions.injectPlannerStrategy(session -> strategy);
    extensions.injectOptimizerRule(session -> rule);
  }

  /** Adds a strategy and a rule to a session, unless it knows the strategy. */
  public static void register(SparkSession spark, SparkStrategy strategy, Rule<LogicalPlan> rule) {
    var session = (org.apache.spark.sql.classic.SparkSession) spark;
    ExperimentalMethods methods = session.experimental();
    synchronized (methods) {
      boolean known =
          CollectionConverters.asJava(session.sessionState().planner().strategies()).stream()
              .anyMatch(one -> one.getClass() == strategy.getClass());
      if (!known) {
        methods.extraStrategies_$eq(withOne(methods.extraStrategies(), strategy));
        methods.extraOptimizations_$eq(withOne(methods.extraOptimizations(), rule));
      }
    }
  }

  private static <T> Seq<T> withOne(Seq<T> known, T more) {
    List<T> all = new ArrayList<>(CollectionConverters.asJava(known));
    all.add(more);
    return Attributes.seq(all);
  }
}
