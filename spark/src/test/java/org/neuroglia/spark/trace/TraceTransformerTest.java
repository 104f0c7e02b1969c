package org.neuroglia.spark.trace;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.trace.TraceFilter;

/** What all stages on traces have in common, with filters of every reach. */
class TraceTransformerTest {
  /** Sums the values within {@code reach} samples of each; of the whole trace for WHOLE. */
  private record Sums(int reach) implements TraceFilter {
    @Override
    public double[] apply(double[] times, double[] values) {
      double[] sums = new double[values.length];
      for (int i = 0; i < sums.length; i++) {
        int from = reach == WHOLE ? 0 : Math.max(0, i - reach);
        int to = reach == WHOLE ? values.length : Math.min(values.length, i + reach + 1);
        for (int k = from; k < to; k++) {
          sums[i] += values[k] * (1 + k - from);
        }
      }
      return sums;
    }
  }

  private static final class Stage extends TraceTransformer<Stage> {
    private static final long serialVersionUID = 1L;
    private final String uid;
    private final int reach;

    Stage(int reach) {
      this.uid = Identifiable$.MODULE$.randomUID("Stage");
      this.reach = reach;
      setDefaultTraceColumns();
    }

    @Override
    public String uid() {
      return uid;
    }

    @Override
    public TraceFilter filter() {
      return new Sums(reach);
    }

    @Override
    public Stage copy(ParamMap extra) {
      return copyValues(new Stage(reach), extra);
    }
  }

  private static final List<Integer> REACHES = List.of(0, 1, 5, 1000, TraceFilter.WHOLE);

  @Test
  void chunksAndWholeTracesGiveTheSameValues() {
    List<Row> traces = TraceRows.random(2, 4, 60, 3);
    for (int reach : REACHES) {
      Stage stage = new Stage(reach);
      List<String> whole = TraceRows.joined(stage.transform(TraceRows.knownToBeWhole(traces)));
      assertEquals(whole, TraceRows.joined(stage.transform(TraceRows.table(traces))));
      for (int longest : List.of(1, 7, 100)) {
        Dataset<Row> chunks = TraceRows.table(TraceRows.chunked(traces, longest, longest));
        for (int partitions : List.of(1, 5)) {
          assertEquals(
              whole,
              TraceRows.joined(stage.transform(chunks.repartition(partitions))),
              "reach " + reach + ", chunks of " + longest);
        }
      }
    }
  }

  @Test
  void chunksStayChunksUnlessTheWholeTraceIsNeeded() {
    List<Row> chunks = TraceRows.chunked(TraceRows.random(1, 2, 50, 1), 9, 1);
    Dataset<Row> table = TraceRows.table(chunks);
    for (int reach : REACHES) {
      Dataset<Row> filtered = new Stage(reach).transform(table);
      boolean whole = reach == TraceFilter.WHOLE;
      assertEquals(whole ? 2 : chunks.size(), filtered.count());
      assertEquals(whole, TraceMetadata.isWhole(filtered.schema().apply("values")));
    }
  }

  @Test
  void wholeTracesAreFilteredWhereTheyLie() {
    List<Row> traces = TraceRows.random(1, 2, 50, 1);
    for (int reach : REACHES) {
      Dataset<Row> filtered = new Stage(reach).transform(TraceRows.knownToBeWhole(traces));
      assertEquals(1, exchanges(filtered), plan(filtered)); // which joined the chunks
      assertTrue(TraceMetadata.isWhole(filtered.schema().apply("values")));
    }
    Dataset<Row> twice =
        new Stage(1).transform(new Stage(TraceFilter.WHOLE).transform(TraceRows.table(traces)));
    assertEquals(1, exchanges(twice), plan(twice));
  }

  private static int exchanges(Dataset<Row> dataset) {
    return plan(dataset).split("Exchange", -1).length - 1;
  }

  private static String plan(Dataset<Row> dataset) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) dataset)
        .queryExecution()
        .executedPlan()
        .toString();
  }

  @Test
  void theSchemaIsWhatTransformSchemaSays() {
    Dataset<Row> table = TraceRows.table(TraceRows.random(1, 2, 50, 1));
    for (int reach : REACHES) {
      for (Stage stage : List.of(new Stage(reach), new Stage(reach).setOutputCol("new.values"))) {
        assertEquals(stage.transformSchema(table.schema()), stage.transform(table).schema());
      }
    }
  }

  @Test
  void anotherOutputColumnKeepsTheValues() {
    List<Row> traces = TraceRows.random(2, 3, 40, 3);
    Dataset<Row> chunks = TraceRows.table(TraceRows.chunked(traces, 6, 1));
    for (int reach : REACHES) {
      Stage stage = new Stage(reach);
      Dataset<Row> beside = new Stage(reach).setOutputCol("sums").transform(chunks);
      assertEquals(
          TraceRows.joined(TraceRows.table(traces)), TraceRows.joined(beside.drop("sums")));
      assertEquals(
          TraceRows.joined(stage.transform(chunks)),
          TraceRows.joined(beside.drop("values").withColumnRenamed("sums", "values")));
    }
  }

  @Test
  void nullsAreMissingValuesAndOtherNumbersAreTaken() {
    Dataset<Row> table =
        TraceRows.table(TraceRows.random(1, 1, 4, 1))
            .selectExpr(
                "session",
                "neuron",
                "array(1, 2, 3, 4) AS times",
                "array(1, null, 3, 4) AS values");
    for (int reach : REACHES) {
      Row row = new Stage(reach).transform(table).first();
      List<Double> sums = row.getList(3);
      assertTrue(sums.get(1).isNaN());
      assertEquals(reach == 0 ? 1.0 : Double.NaN, sums.get(0));
    }
    Dataset<Row> flags = table.withColumn("values", expr("array(true, false, false, true)"));
    assertEquals(List.of(1.0, 0.0, 0.0, 1.0), new Stage(0).transform(flags).first().getList(3));
  }

  @Test
  void whatSaysToBeWholeIsBelievedOnlyWhereItIsMade(@TempDir Path directory) {
    List<Row> traces = TraceRows.random(1, 2, 60, 3);
    Dataset<Row> whole = TraceRows.knownToBeWhole(traces);
    Dataset<Row> halves = half(whole, 1).union(half(whole, 31)); // both say that they are whole
    String folder = directory.resolve("traces").toString();
    half(whole, 1).write().parquet(folder);
    half(whole, 31).write().mode("append").parquet(folder);
    Dataset<Row> appended = LocalSpark.session().read().parquet(folder);
    assertTrue(TraceMetadata.isWhole(appended.schema().apply("values")));
    for (int reach : List.of(5, TraceFilter.WHOLE)) {
      List<String> expected = TraceRows.joined(new Stage(reach).transform(whole));
      assertEquals(expected, TraceRows.joined(new Stage(reach).transform(halves)));
      assertEquals(expected, TraceRows.joined(new Stage(reach).transform(appended)));
    }
  }

  private static Dataset<Row> half(Dataset<Row> whole, int from) {
    Dataset<Row> half = whole;
    for (String column : List.of("times", "values")) {
      half =
          half.withColumn(
              column,
              expr("slice(" + column + ", " + from + ", 30)")
                  .as(column, whole.schema().apply(column).metadata()));
    }
    return half;
  }

  @Test
  void rowsWithoutATraceAreLeftOutWhateverTheReach() {
    Dataset<Row> chunks = TraceRows.table(TraceRows.chunked(TraceRows.random(1, 2, 40, 3), 7, 2));
    Dataset<Row> table =
        chunks
            .union(chunks.limit(1).withColumn("values", expr("CAST(null AS array<double>)")))
            .union(chunks.limit(1).withColumn("times", expr("CAST(null AS array<double>)")))
            .union(chunks.limit(1).withColumn("neuron", expr("CAST(null AS bigint)")))
            .union(chunks.limit(1).withColumn("session", expr("CAST(null AS string)")));
    for (int reach : List.of(0, 5, TraceFilter.WHOLE)) {
      assertEquals(
          TraceRows.joined(new Stage(reach).transform(chunks)),
          TraceRows.joined(new Stage(reach).transform(table)));
    }
  }

  @Test
  void aFilterRunsOncePerTrace() {
    Dataset<Row> once =
        new Stage(TraceFilter.WHOLE).transform(TraceRows.table(TraceRows.random(1, 2, 9, 1)));
    Dataset<Row> twice = new Stage(0).transform(once);
    String used = plan(new Traces(twice, new Binarizer()).wholeByName());
    assertEquals(2, used.split("Stage\\(", -1).length - 1, used);
  }

  @Test
  void chunksThatBeginTogetherAreTakenInOneOrder() {
    Row shorter = RowFactory.create("s", 1L, new double[] {1}, new double[] {10}, 0.5);
    Row longer = RowFactory.create("s", 1L, new double[] {1, 2}, new double[] {40, 50}, 0.5);
    for (int reach : List.of(1, TraceFilter.WHOLE)) {
      assertEquals(
          TraceRows.joined(new Stage(reach).transform(TraceRows.table(List.of(shorter, longer)))),
          TraceRows.joined(new Stage(reach).transform(TraceRows.table(List.of(longer, shorter)))));
    }
  }

  @Test
  void chunksEachHaveAsManyTimesAsValues() {
    Row two = RowFactory.create("s", 1L, new double[] {0, 1, 2}, new double[] {1, 2}, 0.5);
    Row three = RowFactory.create("s", 1L, new double[] {3, 4}, new double[] {1, 2, 3}, 0.5);
    for (int reach : List.of(0, 1, TraceFilter.WHOLE)) {
      assertFault(
          "neuron 1 of session s: there are ",
          new Stage(reach).transform(TraceRows.table(List.of(two, three))));
    }
  }

  @Test
  void anyNameOfAColumnIsFree() {
    Dataset<Row> table =
        TraceRows.table(TraceRows.chunked(TraceRows.random(1, 2, 20, 1), 7, 1))
            .withColumnRenamed("depth", "filtered");
    for (int reach : List.of(0, 1, TraceFilter.WHOLE)) {
      assertEquals(2, new Stage(reach).transform(table).select("neuron").distinct().count());
      Dataset<Row> beside = new Stage(reach).setOutputCol("row").transform(table.drop("filtered"));
      assertEquals("row", beside.columns()[4]);
      assertEquals(2, beside.select("neuron").distinct().count());
    }
  }

  @Test
  void badTablesAreNamed() {
    Dataset<Row> table = TraceRows.table(TraceRows.random(1, 1, 4, 1));
    for (int reach : REACHES) {
      Stage stage = new Stage(reach);
      assertMessage(
          "the traces have no column \"values\"; the columns are session, neuron, times, depth",
          () -> stage.transform(table.drop("values")));
      assertMessage(
          "column \"values\" of the traces is a string; an array of numbers is needed",
          () -> stage.transform(table.selectExpr("neuron", "times", "'a' AS values")));
      assertMessage(
          "column \"neuron\" of the traces is a double; neurons are strings or integers",
          () -> stage.transform(table.selectExpr("2.0D AS neuron", "times", "values")));
      assertMessage(
          "the traces already have a column \"depth\": give another name with outputCol",
          () -> new Stage(reach).setOutputCol("depth").transform(table));
    }
  }

  @Test
  void badTracesAreNamed() {
    Dataset<Row> uneven =
        TraceRows.table(TraceRows.random(1, 1, 4, 1))
            .withColumn("times", expr("slice(times, 1, 3)"));
    Dataset<Row> twice =
        TraceRows.table(TraceRows.random(1, 1, 4, 1))
            .union(TraceRows.table(TraceRows.random(1, 1, 4, 1)));
    for (int reach : REACHES) {
      assertFault(
          "neuron 0 of session s0: there are 3 times and 4 values: a trace has as many of both",
          new Stage(reach).transform(uneven));
      if (reach > 0) {
        assertFault(
            "neuron 0 of session s0: its chunks overlap", new Stage(reach).transform(twice));
      }
    }
  }

  @Test
  void noTracesGiveNoTraces() {
    Dataset<Row> none = TraceRows.table(List.of());
    for (int reach : REACHES) {
      assertEquals(0, new Stage(reach).transform(none).count());
    }
    List<Row> silent = List.of(RowFactory.create("s", 1L, new double[0], new double[0], 2.0));
    for (int reach : REACHES) {
      assertEquals(
          List.of(), new Stage(reach).transform(TraceRows.table(silent)).first().getList(3));
    }
  }

  private static void assertMessage(String message, Executable run) {
    assertEquals(message, assertThrows(InvalidInputException.class, run).getMessage());
  }

  private static void assertFault(String message, Dataset<Row> dataset) {
    Throwable error = assertThrows(Exception.class, dataset::collectAsList);
    while (error.getCause() != null && !(error instanceof InvalidInputException)) {
      error = error.getCause();
    }
    assertTrue(error instanceof InvalidInputException, error.toString());
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }
}
