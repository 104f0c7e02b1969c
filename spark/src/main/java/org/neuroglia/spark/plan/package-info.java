/**
 * Spark's internals behind a few classes: how a session learns operators and functions of this
 * library ({@link org.neuroglia.spark.plan.PlanExtensions}), nodes of plans, values as rows hold
 * them ({@link org.neuroglia.spark.plan.Values}), and the differences between versions of Spark
 * ({@link org.neuroglia.spark.plan.SparkVersions}).
 *
 * <p>A class of Spark that its documentation does not list belongs here, in {@code event.exec} (the
 * operators) or in {@code parquet}. {@code docs/spark-internals.md} lists each use; a test
 * compares.
 */
package org.neuroglia.spark.plan;
