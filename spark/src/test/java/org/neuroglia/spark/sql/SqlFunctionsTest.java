package org.neuroglia.spark.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.epoch.EpochSpikeCounter;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.LocalSpark;
import scala.jdk.javaapi.CollectionConverters;

@Tag("generated-code")
class SqlFunctionsTest {
  private static final SparkSession SPARK = LocalSpark.session();

  private static final double[] EDGES = SampleTimes.arange(-0.2, 0.5, 0.1);
  private static final String SAMPLE_TIMES = "arange(-0.2, 0.5, 0.1)";

  /** Neurons 0 … 6 with {@code 40 * neuron} spikes; neuron 0 has none. */
  private static final double[][] TRAINS = new double[7][];

  private static final double[] EVENTS = new double[50];

  @BeforeAll
  static void record() {
    java.util.Random random = new java.util.Random(7);
    for (int k = 0; k < TRAINS.length; k++) {
      // Tenths of a second, so that spikes meet edges.
      TRAINS[k] = random.doubles(40L * k, 0, 20).map(t -> Math.round(t * 10) / 10.0).toArray();
    }
    Arrays.setAll(EVENTS, e -> Math.round(random.nextDouble() * 200) / 10.0);
    String units =
        java.util.stream.IntStream.range(0, TRAINS.length)
            .mapToObj(k -> "(" + k + ", CAST(" + array(TRAINS[k]) + " AS array<double>))")
            .collect(Collectors.joining(", "));
    SPARK
        .sql("SELECT * FROM VALUES " + units + " AS t(neuron, times)")
        .createOrReplaceTempView("f_units");
    String events =
        java.util.stream.IntStream.range(0, EVENTS.length)
            .mapToObj(e -> "(" + e + ", " + EVENTS[e] + "D)")
            .collect(Collectors.joining(", "));
    SPARK
        .sql("SELECT * FROM VALUES " + events + " AS t(event, time)")
        .createOrReplaceTempView("f_events");
  }

  private static String array(double[] values) {
    return Arrays.stream(values)
        .mapToObj(v -> v + "D")
        .collect(Collectors.joining(", ", "array(", ")"));
  }

  private static List<Row> sql(String query) {
    return SPARK.sql(query).collectAsList();
  }

  private static Object value(String expression) {
    return sql("SELECT " + expression).get(0).get(0);
  }

  private static double[] sorted(double[] train) {
    double[] sorted = train.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  static List<String> names() {
    return NeurogliaExtensions.functions();
  }

  private static String described(String name) {
    return sql("DESCRIBE FUNCTION EXTENDED " + name).stream()
        .map(row -> row.getString(0))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFunctionIsDescribed(String name) {
    String text = described(name);
    assertTrue(text.contains("Function: " + name), text);
    assertTrue(text.contains("Usage:") && text.contains(name + "("), text);
    assertTrue(text.contains("Arguments:") && text.contains("Since: 0.1.0"), text);
    assertFalse(text.contains("_FUNC_"), text);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theExamplesOfAFunctionAreTrue(String name) {
    Matcher example =
        Pattern.compile("> (SELECT [^\\n]*);\\n((?: +[^>\\s][^\\n]*\\n)+)")
            .matcher(described(name).replaceFirst("(?s).*Examples:", "") + "\n");
    int examples = 0;
    for (; example.find(); examples++) {
      String shown =
          CollectionConverters.asJava(
                  org.apache.spark.sql.execution.HiveResult.hiveResultString(
                      ((org.apache.spark.sql.classic.Dataset<Row>) SPARK.sql(example.group(1)))
                          .queryExecution()
                          .executedPlan()))
              .stream()
              .collect(Collectors.joining("\n"));
      assertEquals(example.group(2).strip().replaceAll("\\n +", "\n"), shown);
    }
    assertTrue(examples > 0, "an example of " + name);
  }

  @Test
  void functionsAreListedAmongThoseOfSpark() {
    List<String> all = sql("SHOW FUNCTIONS").stream().map(row -> row.getString(0)).toList();
    assertTrue(all.containsAll(names()), all.toString());
    assertEquals(names().stream().sorted().toList(), names());
  }

  @Test
  void countsAndRatesAreThoseOfEpochs() {
    double[] starts = EVENTS;
    double[] durations = new double[EVENTS.length];
    Arrays.fill(durations, 0.7);
    List<Row> rows =
        sql(
            "SELECT neuron, event, spike_count(times, time, time + 0.7D),"
                + " firing_rate(times, time, time + 0.7D) FROM f_units, f_events"
                + " ORDER BY neuron, event");
    assertEquals(TRAINS.length * EVENTS.length, rows.size());
    for (int k = 0; k < TRAINS.length; k++) {
      double[] counts = new double[EVENTS.length];
      double[] rates = new double[EVENTS.length];
      new EpochSpikeCounter(false).sample(sorted(TRAINS[k]), starts, durations, counts);
      new EpochSpikeCounter(true).sample(sorted(TRAINS[k]), starts, durations, rates);
      for (int e = 0; e < EVENTS.length; e++) {
        Row row = rows.get(k * EVENTS.length + e);
        assertEquals((long) counts[e], row.getLong(2));
        assertEquals(rates[e], row.getDouble(3), 1e-12 * (1 + rates[e]));
      }
    }
  }

  @Test
  void binsAreThoseOfTheSampler() {
    int[] counts = new PeriEventSpikeSampler(EDGES).counts(sorted(TRAINS), EVENTS);
    List<Row> rows =
        sql(
            "SELECT bin_spikes(times, time, "
                + SAMPLE_TIMES
                + ") FROM f_units, f_events ORDER BY neuron, event");
    for (int k = 0; k < TRAINS.length; k++) {
      for (int e = 0; e < EVENTS.length; e++) {
        assertEquals(ofNeuron(counts, e, k), rows.get(k * EVENTS.length + e).<Long>getList(0));
      }
    }
  }

  private static double[][] sorted(double[][] trains) {
    return Arrays.stream(trains).map(SqlFunctionsTest::sorted).toArray(double[][]::new);
  }

  private static List<Long> ofNeuron(int[] counts, int event, int neuron) {
    int bins = EDGES.length - 1;
    Long[] bin = new Long[bins];
    Arrays.setAll(bin, j -> (long) counts[(event * bins + j) * TRAINS.length + neuron]);
    return Arrays.asList(bin);
  }

  @Test
  void theRasterHasTheSpikesOfTheBins() {
    List<Row> rows =
        sql(
            "SELECT peri_event_spikes(times, time, -0.2, 0.4), spike_count(times, time - 0.2D, time"
                + " + 0.4D), times, time FROM f_units, f_events");
    for (Row row : rows) {
      List<Double> relative = row.getList(0);
      assertEquals(row.getLong(1), relative.size());
      double time = row.getDouble(3);
      List<Double> expected =
          row.<Double>getList(2).stream()
              .filter(t -> t >= -0.2 + time && t < 0.4 + time)
              .sorted()
              .map(t -> t - time)
              .toList();
      assertEquals(expected, relative);
    }
  }

  @Test
  void latencyIsThatOfTheFirstSpikeInTheWindow() {
    for (Row row :
        sql(
            "SELECT first_spike_latency(times, time), first_spike_latency(times, time, 0.3), times,"
                + " time FROM f_units, f_events")) {
      double time = row.getDouble(3);
      java.util.OptionalDouble first =
          row.<Double>getList(2).stream().mapToDouble(t -> t).filter(t -> t >= time).min();
      assertEquals(first.isPresent() ? first.getAsDouble() - time : null, row.get(0));
      boolean soon = first.isPresent() && first.getAsDouble() < time + 0.3;
      assertEquals(soon ? first.getAsDouble() - time : null, row.get(1));
    }
  }

  @Test
  void tensorRowsAreThoseOfTheSampler() {
    int[] counts = new PeriEventSpikeSampler(EDGES).counts(sorted(TRAINS), EVENTS);
    List<Row> rows =
        sql(
            "SELECT event, spike_tensor(neuron, times, time, "
                + SAMPLE_TIMES
                + ") AS tensor FROM f_units, f_events GROUP BY event ORDER BY event");
    int at = 0;
    for (Row row : rows) {
      assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), row.getStruct(1).getList(0));
      for (int j = 0; j < EDGES.length - 1; j++) {
        List<Integer> bin =
            CollectionConverters.asJava(
                row.getStruct(1)
                    .<scala.collection.Seq<scala.collection.Seq<Integer>>>getAs(1)
                    .apply(j));
        for (int count : bin) {
          assertEquals(counts[at++], count);
        }
      }
    }
    assertEquals(counts.length, at);
  }

  @Test
  void namesOfNeuronsSortByCodePoint() {
    assertEquals(
        List.of("b", "é", "\uFFFD", "\uD83D\uDC2D"),
        sql("SELECT spike_tensor(n, array(0D), 0D, array(0D, 1D)).neurons FROM VALUES"
                + " ('\uD83D\uDC2D'), ('\uFFFD'), ('b'), ('é') AS t(n)")
            .get(0)
            .getList(0));
  }

  @Test
  void thePsthIsTheMeanOverTheEventsAndItsStandardError() {
    int[] counts = new PeriEventSpikeSampler(EDGES).counts(sorted(TRAINS), EVENTS);
    List<Row> rows =
        sql(
            "SELECT neuron, inline(psth(times, time, "
                + SAMPLE_TIMES
                + ")) FROM f_units, f_events GROUP BY neuron ORDER BY neuron, start");
    int bins = EDGES.length - 1;
    assertEquals(TRAINS.length * bins, rows.size());
    for (int k = 0; k < TRAINS.length; k++) {
      for (int j = 0; j < bins; j++) {
        double width = EDGES[j + 1] - EDGES[j];
        double sum = 0;
        for (int e = 0; e < EVENTS.length; e++) {
          sum += counts[(e * bins + j) * TRAINS.length + k] / width;
        }
        double mean = sum / EVENTS.length;
        double scatter = 0;
        for (int e = 0; e < EVENTS.length; e++) {
          scatter += Math.pow(counts[(e * bins + j) * TRAINS.length + k] / width - mean, 2);
        }
        double sem = Math.sqrt(scatter / (EVENTS.length - 1) / EVENTS.length);
        Row row = rows.get(k * bins + j);
        assertEquals(EDGES[j], row.getDouble(1));
        assertEquals(EDGES[j + 1], row.getDouble(2));
        assertEquals(mean, row.getDouble(3), 1e-12 * (1 + mean));
        assertEquals(sem, row.getDouble(4), 1e-12 * (1 + sem));
      }
    }
  }

  /** Every aggregate at once, of rows that lie and are planned in all ways. */
  @ParameterizedTest
  @CsvSource({
    "1, true, true",
    "2, true, false",
    "3, false, true",
    "7, false, false",
    "20, true, true"
  })
  void neitherPartitionsNorPlansChangeResults(int partitions, boolean codegen, boolean adaptive) {
    Dataset<Row> all =
        SPARK.table("f_units").crossJoin(SPARK.table("f_events").where("event < 12"));
    List<Row> expected = aggregates(all);
    Map<String, String> settings =
        Map.of(
            "spark.sql.codegen.wholeStage",
            String.valueOf(codegen),
            "spark.sql.codegen.factoryMode",
            codegen ? "CODEGEN_ONLY" : "NO_CODEGEN",
            "spark.sql.adaptive.enabled",
            String.valueOf(adaptive),
            // Past this many groups, aggregates sort and write what they have.
            "spark.sql.objectHashAggregate.sortBased.fallbackThreshold",
            "3");
    settings.forEach((key, value) -> SPARK.conf().set(key, value));
    try {
      assertEquals(expected, aggregates(all.repartition(partitions)));
    } finally {
      settings.keySet().forEach(SPARK.conf()::unset);
    }
  }

  private static List<Row> aggregates(Dataset<Row> rows) {
    return rows.selectExpr("neuron", "event", "times", "time", "explode_outer(times) AS spike")
        .groupBy("event", "neuron", "times", "time")
        .agg(
            org.apache.spark.sql.functions.expr("pack_spikes(spike)").as("train"),
            org.apache
                .spark
                .sql
                .functions
                .expr("peri_event_histogram(spike, time, " + SAMPLE_TIMES + ")")
                .as("histogram"))
        .groupBy("event")
        .agg(
            org.apache
                .spark
                .sql
                .functions
                .expr("spike_tensor(neuron, train, time, " + SAMPLE_TIMES + ")")
                .as("tensor"),
            org.apache
                .spark
                .sql
                .functions
                .expr("psth(train, time, " + SAMPLE_TIMES + ")")
                .as("psth"),
            org.apache
                .spark
                .sql
                .functions
                .expr("sort_array(collect_list(struct(neuron, histogram, train)))")
                .as("histograms"))
        .orderBy("event")
        .collectAsList();
  }

  @Test
  void packedSpikesAreTheTrainInOrder() {
    List<Row> rows =
        sql(
            "SELECT neuron, pack_spikes(time), first(times) FROM (SELECT neuron, times,"
                + " explode(times) AS time FROM f_units) GROUP BY neuron ORDER BY neuron");
    assertEquals(6, rows.size());
    for (Row row : rows) {
      assertEquals(row.<Double>getList(2).stream().sorted().toList(), row.getList(1));
    }
  }

  @Test
  void nothingOfNothing() {
    assertNull(value("spike_count(NULL, 0, 1)"));
    assertNull(value("spike_count(array(1D), NULL, 1)"));
    assertNull(value("bin_spikes(array(1D), NULL, array(0, 1))"));
    assertNull(value("firing_rate(array(0.5D), 1, 1)"));
    assertNull(value("first_spike_latency(array(0.5D), double('NaN'))"));
    assertEquals(0L, value("spike_count(array(), 0, 1)"));
    assertEquals(1L, value("spike_count(array(NULL, 0.5D, double('NaN')), 0, 1)"));
    assertEquals(
        List.of(0L),
        sql("SELECT bin_spikes(array(1D), double('NaN'), array(0, 1))").get(0).getList(0));
    assertEquals(
        List.of(),
        sql("SELECT psth(times, time, arange(0, 1, 0.5)) FROM f_units, f_events WHERE time < 0")
            .get(0)
            .getList(0));
    assertEquals(List.of(), sql("SELECT pack_spikes(CAST(NULL AS DOUBLE))").get(0).getList(0));
    Row silent =
        sql("SELECT inline(psth(t, e, array(0, 1))) FROM VALUES (array(0.5D), NULL), (NULL, 0D) AS v(t, e)")
            .get(0);
    assertNull(silent.get(2));
    Row one = sql("SELECT inline(psth(array(0.5D), 0D, array(0, 1)))").get(0);
    assertEquals(1.0, one.get(2));
    assertNull(one.get(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spike_count(array(1D), 0) | spike_count takes 3 arguments, spike_count(times, start, stop), but was given 2",
        "first_spike_latency(array(1D)) | first_spike_latency takes 2 or 3 arguments, first_spike_latency(times, event_time[, longest]), but was given 1",
        "pack_spikes(1D, 2D) | pack_spikes takes 1 argument, pack_spikes(time), but was given 2",
        "spike_count('spikes', 0, 1) | spike_count: times is string; it must be an array of numbers, in seconds",
        "spike_count(1D, 0, 1) | spike_count: times is double; it must be an array of numbers, in seconds",
        "firing_rate(array('a'), 0, 1) | firing_rate: times is array<string>; it must be an array of numbers, in seconds",
        "firing_rate(array(1D), current_timestamp(), 1) | firing_rate: start is timestamp; it must be a number of seconds",
        "spike_tensor(1.5D, array(1D), 0, array(0, 1)) | spike_tensor: neuron is double; it must be a string or an integer",
        "psth(array(1D), 0, array(1, 0)) | psth: sampleTimes decrease from 1.0 to 0.0 at position 1: edges of bins must increase",
        "psth(array(1D), 0, array()) | psth: sampleTimes is empty: give the edges of the bins in seconds",
        "bin_spikes(array(1D), 0, array(0, NULL)) | bin_spikes: sample_times has a null at position 1: edges of bins are finite seconds",
      })
  void whatIsWrongWithAQueryIsSaidBeforeItRuns(String expression, String sentence) {
    AnalysisException thrown =
        assertThrows(AnalysisException.class, () -> SPARK.sql("SELECT " + expression));
    assertEquals(sentence + "; line 1 pos 7", thrown.getMessage());
  }

  @Test
  void whatIsWrongWithRowsIsSaid() {
    for (var wrong :
        Map.of(
                "SELECT bin_spikes(array(1D), 0, array(id + 2, 1)) FROM range(1)",
                "bin_spikes: sampleTimes decrease from 2.0 to 1.0",
                "SELECT psth(array(1D), 0, array(0, id + 1)) FROM range(2)",
                "psth: was given different sample_times in one group; give one array",
                "SELECT spike_tensor(7, array(1D), 0, array(0, 1)) FROM range(2)",
                "spike_tensor: was given neuron 7 twice in one group")
            .entrySet()) {
      // As it comes, without the story of the task.
      Exception thrown =
          assertThrows(SparkRuntimeException.class, () -> sql(wrong.getKey()), wrong.getKey());
      assertTrue(thrown.getMessage().contains(wrong.getValue()), thrown.getMessage());
    }
  }

  @Test
  void functionsWorkInFiltersWindowsAndColumns() {
    long some = SPARK.table("f_units").where("spike_count(times, 0, 10) > 50").count();
    long expected =
        Arrays.stream(TRAINS)
            .filter(train -> Arrays.stream(train).filter(t -> t < 10).count() > 50)
            .count();
    assertEquals(expected, some);
    assertTrue(some > 0 && some < TRAINS.length);
    assertEquals(
        List.of(1L, 1L),
        sql("SELECT peri_event_histogram(t, 0, array(0, 1, 2)) OVER (PARTITION BY 1) FROM VALUES"
                + " (0.5), (1.5) AS v(t)")
            .get(1)
            .getList(0));
    assertEquals(
        List.of(1L, 0L),
        sql("SELECT peri_event_histogram(t, 0, array(0, 1, 2)) FILTER (WHERE t < 1) FROM VALUES"
                + " (0.5), (1.5) AS v(t)")
            .get(0)
            .getList(0));
    assertEquals(
        List.of(0L, 1L),
        sql("SELECT transform(array(0D, 1D), x -> spike_count(array(1.5D), x, x + 1))")
            .get(0)
            .getList(0));
  }

  @Test
  void aSessionThatRunsCanLearnThem() {
    NeurogliaExtensions.register(SPARK);
    assertEquals(1L, value("spike_count(array(0.5D), 0, 1)"));
    assertArrayEquals(
        new String[] {"psth"},
        sql("SHOW FUNCTIONS LIKE 'psth'").stream().map(r -> r.getString(0)).toArray());
  }
}
