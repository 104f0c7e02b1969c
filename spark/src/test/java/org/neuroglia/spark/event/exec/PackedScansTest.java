package org.neuroglia.spark.event.exec;

import static org.apache.spark.sql.functions.collect_list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import scala.jdk.javaapi.CollectionConverters;

/** How many trains the sampler reads from files at a time. */
@Tag("generated-code")
@Tag("only-generated-code") // Spark reads Parquet in batches only with it
class PackedScansTest {
  private static final String PARQUET = "spark.sql.parquet.columnarReaderBatchSize";
  private static final String PART = "spark.sql.files.maxPartitionBytes";

  private final SparkSession spark = LocalSpark.session().newSession();
  private String path;

  @BeforeEach
  void write(@TempDir Path directory) {
    path = directory.resolve("spikes").toString();
    spark
        .range(0, 1000, 1, 1)
        .selectExpr("'s' AS session", "id AS neuron", "array(id * 0.01D, id * 0.01D + 20) AS times")
        .write()
        .parquet(path);
  }

  private Dataset<Row> sampled(Dataset<Row> spikes) {
    Dataset<Row> events =
        spark.range(0, 6, 1, 1).selectExpr("'s' AS session", "id AS event", "id * 5D AS time");
    return new PeriEventSpikeSampler()
        .setSampleTimes(new double[] {0, 0.5, 1})
        .setSpikes(spikes)
        .fit(events)
        .transform(events);
  }

  private Dataset<Row> sampled() {
    return sampled(spark.read().parquet(path));
  }

  /** What the sampler reads after its plan was optimised. */
  private JavaRDD<ColumnarBatch> batches(Dataset<Row> sampled) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) sampled).queryExecution().optimizedPlan();
    while (!(plan instanceof SampleSpikes)) {
      plan = plan.children().head();
    }
    Dataset<Row> spikes =
        org.apache.spark.sql.classic.Dataset$.MODULE$.ofRows(
            (org.apache.spark.sql.classic.SparkSession) spark, ((SampleSpikes) plan).spikes());
    return SpikeNeurons.batches(spikes).orElseThrow();
  }

  private List<Integer> sizes(Dataset<Row> sampled) {
    return batches(sampled).map(ColumnarBatch::numRows).collect();
  }

  @Test
  void trainsAreReadAFewAtATime() {
    String large = path + "-large";
    spark
        .range(0, 41, 1, 1)
        .selectExpr(
            "'s' AS session",
            "id AS neuron",
            "transform(sequence(1, 5000), x -> id * 0.01D + x * 0.002D) AS times")
        .write()
        .parquet(large);
    List<Integer> sizes = sizes(sampled(spark.read().parquet(large)));
    assertEquals(List.of(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 1), sizes);
    assertEquals("4096", spark.conf().get(PARQUET));
    assertEquals(
        List.of(1000),
        SpikeNeurons.batches(spark.read().parquet(path))
            .orElseThrow()
            .map(ColumnarBatch::numRows)
            .collect());
  }

  @Test
  void aSizeThatTheUserChoseStays() {
    spark.conf().set(PARQUET, "300");
    assertEquals(List.of(300, 300, 300, 100), sizes(sampled()));
    spark.conf().unset(PARQUET);
    assertEquals(List.of(1000), sizes(sampled()));
  }

  @Test
  void otherSettingsAreThoseOfTheSessionAsTheyAreNow() {
    assertEquals(1, batches(sampled()).getNumPartitions());
    spark.conf().set(PART, "1024");
    assertTrue(batches(sampled()).getNumPartitions() > 1);
    spark.conf().unset(PART);
    assertEquals(1, batches(sampled()).getNumPartitions());
  }

  @Test
  void countsAreThoseOfTablesInMemory() {
    Dataset<Row> inMemory = sampled(spark.read().parquet(path).cache());
    List<Row> expected = inMemory.orderBy("event").collectAsList();
    assertFalse(expected.isEmpty());
    assertEquals(expected, sampled().orderBy("event").collectAsList());
    spark.read().parquet(path).unpersist();
  }

  @Test
  void longTablesAreReadAsEver() {
    Dataset<Row> spikes =
        spark.read().parquet(path).selectExpr("session", "neuron", "explode(times) AS time");
    String longPath = path + "-long";
    spikes.write().parquet(longPath);
    assertEquals(List.of(2000), sizes(sampled(spark.read().parquet(longPath))));
  }

  @Test
  void orcIsReadAFewAtATimeToo() {
    String orc = path + "-orc";
    spark.read().parquet(path).write().orc(orc);
    assertEquals(32, Collections.max(sizes(sampled(spark.read().orc(orc)))));
  }

  @Test
  void aTableOfSpikesOfWhichTrainsAreMadeIsReadAsEver() {
    String longPath = path + "-long";
    spark
        .read()
        .parquet(path)
        .selectExpr("session", "neuron", "explode(times) AS time")
        .write()
        .parquet(longPath);
    Dataset<Row> trains =
        spark
            .read()
            .parquet(longPath)
            .groupBy("session", "neuron")
            .agg(collect_list("time").as("times"));
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) sampled(trains))
            .queryExecution()
            .optimizedPlan();
    for (LogicalPlan leaf : CollectionConverters.asJava(plan.collectLeaves())) {
      if (leaf instanceof LogicalRelation relation) {
        assertSame(spark, ((HadoopFsRelation) relation.relation()).sparkSession());
      }
    }
    assertEquals(
        sampled().orderBy("event").collectAsList(),
        sampled(trains).orderBy("event").collectAsList());
  }

  @Test
  void theRuleIsAppliedOnce() {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) sampled()).queryExecution().optimizedPlan();
    assertEquals(plan, new PackedScans().apply(plan));
  }
}
