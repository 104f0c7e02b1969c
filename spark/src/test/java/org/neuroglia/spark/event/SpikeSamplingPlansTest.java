package org.neuroglia.spark.event;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.spike.SpikeTablizer;
import org.neuroglia.spark.tensor.ResponseReducer;

/** What the operators of the sampler must hold beside the counts themselves. */
@Tag("generated-code")
class SpikeSamplingPlansTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final RandomRecording RECORDING = new RandomRecording(5);
  private static final double[] EDGES = {0.125, 0.25, 0.5};

  private static PeriEventSpikeSampler sampler() {
    return new PeriEventSpikeSampler().setSampleTimes(EDGES).setSpikes(RECORDING.packed());
  }

  private static Dataset<Row> tensor(String plan) {
    Dataset<Row> events = RECORDING.eventTable().repartition(3);
    return sampler().setPlan(plan).fit(events).transform(events);
  }

  private static Dataset<Row> reduced(String func, Dataset<Row> tensor) {
    return new ResponseReducer().setFunc(func).setSeveralSessions(true).transform(tensor);
  }

  private static String plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }

  /**
   * A task slices some 50 MB of spikes, in two loads, of which the second finds the first's memory.
   */
  @Test
  void moreSpikesThanASliceLoadHoldsAreSlicedInSeveral() {
    Dataset<Row> spikes =
        SPARK
            .range(0, 200, 1, 1)
            .selectExpr(
                "IF(id < 150, 'a', 'b') AS session",
                "CAST(id AS STRING) AS neuron",
                "transform(sequence(1, 40000), i -> i * (0.005D + id * 1e-6D)) AS times");
    Dataset<Row> events =
        SPARK
            .range(0, 60)
            .selectExpr("IF(id % 3 = 0, 'b', 'a') AS session", "id AS event", "id * 3.3D AS time");
    PeriEventSpikeSampler sampler =
        new PeriEventSpikeSampler().setSampleTimes(EDGES).setSpikes(spikes);
    List<String> broadcast =
        features(reduced("sum", sampler.setPlan("broadcast").fit(events).transform(events)));
    assertEquals(60, broadcast.size());
    assertEquals(
        broadcast,
        features(reduced("sum", sampler.setPlan("shuffle").fit(events).transform(events))));
  }

  /** session, event and each number of the features, by session and event. */
  private static List<String> features(Dataset<Row> rows) {
    return rows
        .select("session", "event", "features")
        .orderBy("session", "event")
        .collectAsList()
        .stream()
        .map(
            row ->
                row.get(0)
                    + " "
                    + row.get(1)
                    + " "
                    + Arrays.toString(row.<Vector>getAs(2).toArray()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"sum,broadcast", "sum,shuffle", "mean,broadcast", "mean,shuffle"})
  void whereOnlySumsAreUsedNoBinIsCounted(String func, String plan) {
    for (boolean fillna : new boolean[] {true, false}) {
      Dataset<Row> events = RECORDING.eventTable();
      Dataset<Row> tensor = sampler().setPlan(plan).setFillna(fillna).fit(events).transform(events);
      Dataset<Row> alone = reduced(func, tensor).select("session", "event", "features");
      assertTrue(plan(alone).contains(func + " of 2 bins"), plan(alone));
      Dataset<Row> beside = reduced(func, tensor);
      assertFalse(plan(beside).contains(func + " of 2 bins"), plan(beside));
      assertEquals(features(beside), features(alone));
      Dataset<Row> filtered = reduced(func, tensor).where("event % 3 = 0").drop("tensor");
      assertTrue(plan(filtered).contains(func + " of 2 bins"), plan(filtered));
      assertEquals(features(beside.where("event % 3 = 0")), features(filtered));
    }
  }

  @Test
  void otherFunctionsSeeTheBins() {
    Dataset<Row> most = reduced("max", tensor("auto")).select("session", "event", "features");
    assertTrue(plan(most).contains("tensor of 2 bins"), plan(most));
    Dataset<Row> ofBins =
        new ResponseReducer().setFunc("sum").setDim("neuron").transform(tensor("auto"));
    assertTrue(plan(ofBins.drop("tensor")).contains("tensor of 2 bins"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "shuffle"})
  void aTensorCanBeJoinedWithItselfAndCached(String plan) {
    Dataset<Row> tensor = tensor(plan);
    Dataset<Row> pairs =
        tensor
            .as("one")
            .join(
                tensor.as("other"),
                expr("one.session = other.session AND one.event = other.event"));
    assertEquals(120, pairs.where("one.tensor = other.tensor").count());
    Dataset<Row> cached = tensor.cache();
    try {
      assertEquals(120, cached.count());
      assertEquals(features(reduced("sum", tensor(plan))), features(reduced("sum", cached)));
    } finally {
      cached.unpersist(true);
    }
  }

  @ParameterizedTest
  @CsvSource({"broadcast,true", "broadcast,false", "shuffle,true", "shuffle,false"})
  void rowsAreByteForByteWhatSparkMakesOfTheSameMatrices(String plan, boolean fillna) {
    Dataset<Row> events = RECORDING.eventTable();
    Dataset<Row> tensor = sampler().setPlan(plan).setFillna(fillna).fit(events).transform(events);
    Dataset<Row> rows = tensor.select("event", "tensor");
    Dataset<Row> sums = reduced("sum", tensor).select("event", "features");
    for (Dataset<Row> ours : List.of(rows, sums)) {
      Dataset<Row> sparks = SPARK.createDataFrame(ours.collectAsList(), ours.schema());
      assertEquals(bytes(sparks), bytes(ours));
    }
  }

  private static List<String> bytes(Dataset<Row> rows) {
    var plan = ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution();
    return plan
        .toRdd()
        .toJavaRDD()
        .map(
            row ->
                row.getLong(0)
                    + Arrays.toString(
                        ((org.apache.spark.sql.catalyst.expressions.UnsafeRow) row).getBytes()))
        .collect()
        .stream()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "shuffle"})
  void spikesAndEventsOnTheBordersOfSlicesMeet(String plan) {
    Random random = new Random(1);
    double[] borders = random.ints(40, -3, 4).mapToDouble(i -> 64.0 * i).toArray();
    double[] events =
        IntStream.range(0, 300)
            .mapToDouble(
                i -> {
                  double near = borders[i % 40] + random.nextInt(-4, 5) * 0.125;
                  return i % 7 == 0 ? Math.nextUp(near) : i % 7 == 1 ? Math.nextDown(near) : near;
                })
            .toArray();
    for (double[] edges :
        List.of(
            new double[] {0.1, 0.2, 0.35},
            new double[] {-0.5, 0, 0.125},
            new double[] {-70, -69.9},
            new double[] {100.3, 101, 170})) {
      double[] train =
          IntStream.range(0, 2000)
              .mapToDouble(
                  i ->
                      i % 2 == 0
                          ? events[i % 300] + edges[i % edges.length]
                          : random.nextDouble(-400, 400))
              .sorted()
              .toArray();
      Dataset<Row> spikes =
          SPARK.createDataFrame(
              List.of(
                  RowFactory.create("k", Arrays.copyOf(train, 1000)),
                  RowFactory.create("k", Arrays.copyOfRange(train, 1000, 2000))),
              new StructType()
                  .add("neuron", "string")
                  .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false)));
      List<Row> rows = new ArrayList<>();
      for (int e = 0; e < events.length; e++) {
        rows.add(RowFactory.create((long) e, events[e]));
      }
      Dataset<Row> table =
          SPARK.createDataFrame(rows, new StructType().add("event", "long").add("time", "double"));
      int[] counts =
          new org.neuroglia.event.PeriEventSpikeSampler(edges)
              .counts(new double[][] {train}, events);
      Dataset<Row> tensor =
          new PeriEventSpikeSampler()
              .setSampleTimes(edges)
              .setPlan(plan)
              .setSpikes(spikes)
              .fit(table)
              .transform(table);
      assertArrayEquals(
          counts,
          tensor.orderBy("event").collectAsList().stream()
              .flatMapToInt(
                  row ->
                      Arrays.stream(row.<Matrix>getAs("tensor").toArray()).mapToInt(c -> (int) c))
              .toArray());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "packed,true",
    "packed,false",
    "long,true",
    "long,false",
    "integers,true",
    "integers,false"
  })
  void filesGiveWhatTablesInMemoryGive(String shape, boolean dictionary, @TempDir Path directory) {
    Dataset<Row> packed = RECORDING.packed();
    Dataset<Row> spikes =
        switch (shape) {
          case "packed" -> packed.selectExpr("times", "neuron", "'other' AS area", "session");
          case "long" ->
              new SpikeTablizer()
                  .transform(packed)
                  .orderBy("time")
                  .select("time", "neuron", "session");
          default ->
              new SpikeTablizer()
                  .transform(packed.where("neuron IN ('9', '10')"))
                  .orderBy("time")
                  .selectExpr("CAST(neuron AS INT) neuron", "session", "time");
        };
    // What lacks anything is no spike.
    Dataset<Row> lacking =
        switch (shape) {
          case "packed" ->
              spikes
                  .selectExpr("times", "neuron", "area", "CAST(NULL AS STRING) session")
                  .union(spikes.selectExpr("times", "NULL", "area", "session"))
                  .union(spikes.selectExpr("NULL", "neuron", "area", "session"))
                  .union(
                      spikes.selectExpr(
                          "transform(times, t -> IF(t < 1e9, NULL, t))",
                          "neuron",
                          "area",
                          "session"));
          default ->
              spikes
                  .withColumn("time", expr("CAST(NULL AS DOUBLE)"))
                  .union(spikes.withColumn("neuron", expr("NULL")))
                  .union(spikes.withColumn("session", expr("NULL")));
        };
    String path = directory.resolve("spikes").toString();
    spikes
        .unionByName(lacking)
        .coalesce(2)
        .write()
        .option("parquet.enable.dictionary", dictionary)
        .parquet(path);
    Dataset<Row> read = SPARK.read().parquet(path);
    Dataset<Row> events = RECORDING.eventTable();
    if (shape.equals("integers")) {
      events = events.where("session = 'a'");
    }
    for (String plan : List.of("broadcast", "shuffle")) {
      PeriEventSpikeSampler sampler =
          new PeriEventSpikeSampler().setSampleTimes(EDGES).setPlan(plan);
      Dataset<Row> ofFile = sampler.setSpikes(read).fit(events).transform(events);
      Dataset<Row> expected = sampler.setSpikes(spikes).fit(events).transform(events);
      assertEquals(counts(expected), counts(ofFile));
      assertTrue(readsTheFileItself(plan(ofFile)), plan(ofFile));
    }
    TreeMap<String, int[]> kernel = new TreeMap<>();
    RECORDING.trains.forEach(
        (s, trains) ->
            kernel.put(
                s,
                new org.neuroglia.event.PeriEventSpikeSampler(EDGES)
                    .counts(trains, RECORDING.events.get(s))));
    double total =
        kernel.entrySet().stream()
            .filter(e -> !shape.equals("integers") || e.getKey().equals("a"))
            .flatMapToInt(e -> Arrays.stream(e.getValue()))
            .sum();
    Dataset<Row> all =
        new PeriEventSpikeSampler()
            .setSampleTimes(EDGES)
            .setSpikes(read)
            .fit(events)
            .transform(events);
    assertEquals(
        total,
        all.collectAsList().stream()
            .mapToDouble(row -> Arrays.stream(row.<Matrix>getAs("tensor").toArray()).sum())
            .sum());
  }

  /** Whether nothing is between the operator that takes the spikes and the scan. */
  private static boolean readsTheFileItself(String plan) {
    List<String> lines = plan.lines().toList();
    return IntStream.range(1, lines.size())
        .anyMatch(
            i ->
                lines.get(i - 1).matches(".*(Count|Slice)Spikes.*")
                    && lines.get(i).contains("FileScan"));
  }

  private static Map<String, String> counts(Dataset<Row> tensor) {
    Map<String, String> counts = new TreeMap<>();
    for (Row row : tensor.select(col("session"), col("event"), col("tensor")).collectAsList()) {
      counts.put(row.get(0) + " " + row.get(1), Arrays.toString(row.<Matrix>getAs(2).toArray()));
    }
    return counts;
  }

  @Test
  void sumsOfAnotherTensorStayThoseOfTheOther() {
    Dataset<Row> events = RECORDING.eventTable();
    Dataset<Row> baseline =
        sampler()
            .setSampleTimes(new double[] {-50, -25, 0})
            .setOutputCol("baseline")
            .fit(events)
            .transform(events);
    Dataset<Row> both = sampler().setOutputCol("response").fit(events).transform(baseline);
    Dataset<Row> reduced =
        new ResponseReducer()
            .setFunc("sum")
            .setSeveralSessions(true)
            .setInputCol("response")
            .setOutputCol("after")
            .transform(
                new ResponseReducer()
                    .setFunc("sum")
                    .setSeveralSessions(true)
                    .setInputCol("baseline")
                    .setOutputCol("before")
                    .transform(both));
    Dataset<Row> used = reduced.select("session", "event", "before", "after");
    assertTrue(plan(used).contains("sum of 2 bins"), plan(used));
    for (String features : List.of("before", "after")) {
      assertEquals(
          features(reduced.withColumn("features", col(features))),
          features(used.withColumn("features", col(features))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "shuffle"})
  void everyColumnOfTheEventsIsPassedOnWhateverIsLookedAt(String plan) {
    Dataset<Row> events = RECORDING.eventTable().withColumn("more", expr("event * 2"));
    Dataset<Row> tensor = sampler().setPlan(plan).fit(events).transform(events);
    assertEquals(
        events.select("more", "label").orderBy("more", "label").collectAsList(),
        tensor.select("more", "label").orderBy("more", "label").collectAsList());
    assertEquals(120, tensor.select("tensor").collectAsList().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "shuffle"})
  void spikesAndEventsMayComeFromOneTable(String plan, @TempDir Path directory) {
    String path = directory.resolve("spikes").toString();
    new SpikeTablizer().transform(RECORDING.packed()).write().parquet(path);
    Dataset<Row> spikes = SPARK.read().parquet(path);
    Dataset<Row> events =
        spikes.where("neuron = '9'").selectExpr("session", "CAST(time * 8 AS LONG) event", "time");
    Dataset<Row> ownColumns = spikes.where("neuron = '9'");
    for (Dataset<Row> table : List.of(events, ownColumns)) {
      Dataset<Row> tensor = sampler().setSpikes(spikes).setPlan(plan).fit(table).transform(table);
      double[] train = RECORDING.trains.get("a")[1];
      long expected =
          Arrays.stream(
                  new org.neuroglia.event.PeriEventSpikeSampler(EDGES)
                      .counts(RECORDING.trains.get("a"), train))
              .sum();
      assertEquals(
          expected,
          tensor.collectAsList().stream()
              .mapToDouble(row -> Arrays.stream(row.<Matrix>getAs("tensor").toArray()).sum())
              .sum());
    }
  }

  @ParameterizedTest
  @CsvSource({"orc,packed", "orc,long", "parquet,packed", "parquet,long"})
  void sessionsMayBeFoldersAndLargeNumbers(String format, String shape, @TempDir Path directory) {
    String numbered = "IF(session = 'a', 9007199254740993, 9007199254740992)";
    Dataset<Row> packed = RECORDING.packed().withColumn("session", expr(numbered));
    Dataset<Row> events = RECORDING.eventTable().withColumn("session", expr(numbered));
    Dataset<Row> spikes = shape.equals("packed") ? packed : new SpikeTablizer().transform(packed);
    String path = directory.resolve("spikes").toString();
    spikes.repartition(2).write().partitionBy("session").format(format).save(path);
    Dataset<Row> read = SPARK.read().format(format).load(path);
    for (String plan : List.of("broadcast", "shuffle")) {
      PeriEventSpikeSamplerModel model = sampler().setPlan(plan).setSpikes(packed).fit(events);
      Dataset<Row> tensor = model.transform(events);
      assertEquals(counts(tensor), counts(model.setSpikes(read).transform(events)));
      Dataset<Row> none =
          model.setSpikes(read.where("session = 1")).transform(events.where("event < 5"));
      assertEquals(10, none.count());
      assertEquals(
          0,
          none.collectAsList().stream()
              .mapToInt(r -> r.<Matrix>getAs("tensor").numActives())
              .sum());
    }
  }

  /**
   * Most of a file is in order of time and is counted as it comes; trains are made of the rest. In
   * wide windows there are more counts than are kept at a time.
   */
  @ParameterizedTest
  @CsvSource({"time,0", "time,45", "neuron,0", "turns,0", "blocks,0"})
  void longFilesOfWhateverOrderAreCountedAlike(String order, int window, @TempDir Path directory) {
    Random random = new Random(11);
    int neurons = 40;
    double[][] trains = new double[neurons][];
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < neurons; k++) {
      trains[k] = random.doubles(1500, 0, 300).map(t -> Math.rint(t * 64) / 64).sorted().toArray();
      for (double time : trains[k]) {
        rows.add(RowFactory.create("s", k, time));
        rows.add(RowFactory.create("t", k, time));
      }
    }
    for (int i = 0; i < 40; i++) {
      rows.add(RowFactory.create("s", i, Double.NaN));
      rows.add(RowFactory.create("s", i, i % 2 == 0 ? null : Double.NEGATIVE_INFINITY));
    }
    Dataset<Row> spikes =
        SPARK.createDataFrame(
            rows,
            new StructType().add("session", "string").add("neuron", "int").add("time", "double"));
    String[] columns =
        switch (order) {
          case "time" -> new String[] {"session", "time"};
          case "neuron" -> new String[] {"session", "neuron", "time"};
          case "turns" -> new String[] {"time", "session"};
          default -> new String[] {"floor(time) % 3", "session", "time"};
        };
    String path = directory.resolve("spikes").toString();
    spikes
        .repartition(1)
        .sortWithinPartitions(
            Arrays.stream(columns)
                .map(org.apache.spark.sql.functions::expr)
                .toArray(org.apache.spark.sql.Column[]::new))
        .write()
        .parquet(path);
    double[] edges = {-0.25, 0, 0.125, 0.125, 0.5 + window};
    double[] times = // in no order
        IntStream.range(0, 360)
            .mapToDouble(e -> e * 7 % 360 + random.nextDouble())
            .map(e -> Math.rint(e * 300 / 360 * 8) / 8)
            .toArray();
    List<Row> events = new ArrayList<>();
    for (int e = 0; e < times.length; e++) {
      events.add(RowFactory.create("s", (long) e, times[e]));
      events.add(RowFactory.create("t", (long) e, times[e]));
    }
    Dataset<Row> eventTable =
        SPARK.createDataFrame(
            events,
            new StructType().add("session", "string").add("event", "long").add("time", "double"));
    int[] expected = new org.neuroglia.event.PeriEventSpikeSampler(edges).counts(trains, times);
    PeriEventSpikeSamplerModel model =
        new PeriEventSpikeSampler()
            .setSampleTimes(edges)
            .setSpikes(SPARK.read().parquet(path))
            .setPlan("broadcast")
            .fit(eventTable);
    Dataset<Row> tensor = model.transform(eventTable);
    int[] sums = new int[times.length * neurons];
    for (int i = 0; i < expected.length; i++) {
      sums[i / (4 * neurons) * neurons + i % neurons] += expected[i];
    }
    for (String session : List.of("s", "t")) {
      Dataset<Row> ofSession = tensor.where(col("session").equalTo(session)).orderBy("event");
      assertArrayEquals(
          expected,
          ofSession.collectAsList().stream()
              .flatMapToInt(
                  row ->
                      Arrays.stream(row.<Matrix>getAs("tensor").transpose().toArray())
                          .mapToInt(c -> (int) c))
              .toArray());
      assertArrayEquals(
          sums,
          reduced("sum", ofSession).select("features").collectAsList().stream()
              .flatMapToInt(
                  row -> Arrays.stream(row.<Vector>getAs(0).toArray()).mapToInt(c -> (int) c))
              .toArray());
    }
  }

  @Test
  void sessionsMayTakeTurnsInALongTable(@TempDir Path directory) {
    String path = directory.resolve("spikes").toString();
    new SpikeTablizer()
        .transform(RECORDING.packed())
        .repartition(1)
        .sortWithinPartitions("time")
        .write()
        .parquet(path);
    Dataset<Row> events = RECORDING.eventTable();
    PeriEventSpikeSamplerModel model = sampler().fit(events);
    Dataset<Row> expected = model.transform(events);
    assertEquals(
        counts(expected), counts(model.setSpikes(SPARK.read().parquet(path)).transform(events)));
  }

  @Test
  void aSmallSessionIsNotPaidForWithManyTasks() {
    Dataset<Row> tensor = tensor("broadcast");
    assertTrue(plan(tensor).contains("home#"), plan(tensor));
    assertTrue(
        plan(tensor)
            .lines()
            .anyMatch(line -> line.matches(".*hashpartitioning\\(.*home.*, 1\\).*")),
        plan(tensor));
  }
}
