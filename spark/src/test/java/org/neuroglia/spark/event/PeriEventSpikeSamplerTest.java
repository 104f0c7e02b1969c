package org.neuroglia.spark.event;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.spike.SpikePacker;
import org.neuroglia.spark.spike.SpikeTablizer;
import org.neuroglia.spark.tensor.ResponseReducer;
import org.neuroglia.spark.tensor.TensorMetadata;
import scala.jdk.javaapi.CollectionConverters;

@Tag("generated-code")
class PeriEventSpikeSamplerTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final RandomRecording RECORDING = new RandomRecording(3);

  static Stream<Arguments> layouts() {
    return Stream.of("packed", "pieces", "long")
        .flatMap(
            shape ->
                Stream.of("broadcast", "shuffle")
                    .flatMap(
                        plan ->
                            Stream.of(1, 2, 7, 64)
                                .flatMap(
                                    partitions ->
                                        Stream.of(true, false)
                                            .map(
                                                adaptive ->
                                                    Arguments.of(
                                                        shape, plan, partitions, adaptive)))));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void countsAreTheKernelsWhateverTheLayout(
      String shape, String plan, int partitions, boolean adaptive) {
    SPARK.conf().set("spark.sql.adaptive.enabled", Boolean.toString(adaptive));
    try {
      Dataset<Row> spikes = spikes(shape).repartition(partitions);
      Dataset<Row> events = RECORDING.eventTable().repartition(partitions);
      PeriEventSpikeSamplerModel model = sampler().setPlan(plan).setSpikes(packed()).fit(events);
      assertEquals(
          RandomRecording.text(RECORDING.counts()),
          RandomRecording.text(counts(model.setSpikes(spikes).transform(events))));
    } finally {
      SPARK.conf().unset("spark.sql.adaptive.enabled");
    }
  }

  private static Dataset<Row> spikes(String shape) {
    return switch (shape) {
      case "packed" -> packed();
      case "pieces" -> RECORDING.packedInPieces();
      default -> new SpikeTablizer().transform(packed());
    };
  }

  private static Dataset<Row> packed() {
    return RECORDING.packed();
  }

  private static PeriEventSpikeSampler sampler() {
    return new PeriEventSpikeSampler().setSampleTimes(RandomRecording.EDGES);
  }

  private static TreeMap<String, int[]> counts(Dataset<Row> tensor) {
    TreeMap<String, int[]> counts = new TreeMap<>();
    int bins = RandomRecording.EDGES.length - 1;
    for (Row row : tensor.select("session", "event", "tensor").collectAsList()) {
      int[] session =
          counts.computeIfAbsent(
              row.getString(0),
              s ->
                  new int[RECORDING.events.get(s).length * bins * RECORDING.neurons.get(s).size()]);
      Matrix matrix = row.getAs(2);
      int neurons = matrix.numCols();
      for (int b = 0; b < bins; b++) {
        for (int k = 0; k < neurons; k++) {
          int cell = ((int) row.getLong(1) * bins + b) * neurons + k;
          session[cell] += (int) matrix.apply(b, k);
        }
      }
    }
    return counts;
  }

  @Test
  void everyColumnOfTheEventsIsKeptWithWhatIsKnownOfIt() {
    Dataset<Row> events =
        RECORDING
            .eventTable()
            .withColumn(
                "moment",
                org.apache.spark.sql.functions.lit(
                    java.sql.Timestamp.valueOf("2026-03-04 05:06:07")))
            .withColumn("pair", org.apache.spark.sql.functions.struct(col("event"), col("label")))
            .withColumn("a.b", col("label"));
    Dataset<Row> tensor = sampler().setSpikes(packed()).fit(events).transform(events);
    assertArrayEquals(
        new String[] {"session", "event", "time", "label", "moment", "pair", "a.b", "tensor"},
        tensor.columns());
    assertEquals(
        events.orderBy("session", "event").collectAsList(),
        tensor.drop("tensor").orderBy("session", "event").collectAsList());
  }

  @Test
  void eventsWithoutANumberAreNumberedByPosition() {
    Dataset<Row> events = RECORDING.eventTable().where("session = 'b'").drop("event");
    Dataset<Row> spikes = packed().where("session = 'b'");
    Dataset<Row> tensor = sampler().setSpikes(spikes).fit(events).transform(events);
    assertEquals("event", tensor.columns()[0]);
    List<Row> rows = tensor.orderBy("event").collectAsList();
    double[] times = RECORDING.events.get("b");
    for (int e = 0; e < times.length; e++) {
      assertEquals(e, rows.get(e).getLong(0));
      assertEquals(times[e], rows.get(e).<Double>getAs("time"));
    }
  }

  @Test
  void aRecordingNeedsNoSessionColumn() {
    Dataset<Row> events = RECORDING.eventTable().where("session = 'a'").drop("session");
    Dataset<Row> spikes = packed().where("session = 'a'").drop("session");
    PeriEventSpikeSamplerModel model = sampler().setSpikes(spikes).fit(events);
    for (String plan : List.of("broadcast", "shuffle")) {
      Dataset<Row> tensor = model.setPlan(plan).transform(events);
      assertArrayEquals(
          new String[] {"10", "9", "silent"},
          TensorMetadata.of(tensor.schema().apply("tensor").metadata()).neurons());
      assertEquals(
          RandomRecording.text(new TreeMap<>(RECORDING.counts().headMap("a", true))),
          RandomRecording.text(
              counts(tensor.withColumn("session", org.apache.spark.sql.functions.lit("a")))));
    }
  }

  @Test
  void transformRunsNoJobAndLeavesNothingCached() throws Exception {
    // Other tests' tables of Delta keep their logs.
    Set<Object> before = Set.copyOf(cached());
    Dataset<Row> events = RECORDING.eventTable();
    PeriEventSpikeSamplerModel model = sampler().setSpikes(packed()).fit(events);
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    SPARK.sparkContext().addSparkListener(listener);
    try {
      Dataset<Row> tensor =
          new ResponseReducer().setSeveralSessions(true).transform(model.transform(events));
      Thread.sleep(200);
      assertEquals(0, jobs.get());
      tensor.count();
      Thread.sleep(200);
      assertTrue(jobs.get() > 0);
    } finally {
      SPARK.sparkContext().removeSparkListener(listener);
    }
    assertTrue(before.containsAll(cached()));
  }

  private static Set<Object> cached() {
    return CollectionConverters.asJava(SPARK.sparkContext().getPersistentRDDs()).keySet();
  }

  @Test
  void copiesCarryTheSpikes() {
    Dataset<Row> events = RECORDING.eventTable();
    PeriEventSpikeSampler copy = sampler().setSpikes(packed()).copy(ParamMap.empty());
    PeriEventSpikeSamplerModel model = copy.fit(events).copy(ParamMap.empty());
    assertEquals(
        RandomRecording.text(RECORDING.counts()),
        RandomRecording.text(counts(model.transform(events))));
  }

  @Test
  void aSavedPipelineKeepsTheNeuronsAndIsGivenItsSpikesAgain(@TempDir Path directory)
      throws Exception {
    Dataset<Row> events = RECORDING.eventTable();
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  sampler().setSpikes(packed()),
                  new ResponseReducer().setFunc("sum").setSeveralSessions(true)
                });
    PipelineModel fitted = pipeline.fit(events);
    String path = directory.resolve("pipeline").toString();
    fitted.save(path);
    PipelineModel loaded = PipelineModel.load(path);
    String message =
        assertThrows(InvalidInputException.class, () -> loaded.transform(events)).getMessage();
    assertTrue(message.contains("setSpikes"), message);
    PeriEventSpikeSamplerModel.setSpikes(loaded, packed());
    assertEquals(features(fitted.transform(events)), features(loaded.transform(events)));

    String spikes = directory.resolve("spikes").toString();
    packed().write().parquet(spikes);
    PipelineModel named = PipelineModel.load(path);
    ((PeriEventSpikeSamplerModel) named.stages()[0]).setSpikesPath(spikes);
    assertEquals(features(fitted.transform(events)), features(named.transform(events)));
  }

  @Test
  void spikesCanBeATableOfTheCatalog() {
    Dataset<Row> events = RECORDING.eventTable();
    packed().createOrReplaceTempView("trains_of_the_catalog");
    PeriEventSpikeSamplerModel model =
        sampler().setSpikesTable("trains_of_the_catalog").fit(events);
    assertEquals(
        RandomRecording.text(RECORDING.counts()),
        RandomRecording.text(counts(model.transform(events))));
  }

  private static List<String> features(Dataset<Row> rows) {
    return rows.orderBy("session", "event").select("features").collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toString())
        .toList();
  }

  @Test
  void theEstimatorSavesAndLoadsItsParams(@TempDir Path directory) throws Exception {
    String path = directory.resolve("sampler").toString();
    sampler().setPlan("shuffle").setFillna(false).setOutputCol("counts").save(path);
    PeriEventSpikeSampler loaded = PeriEventSpikeSampler.load(path);
    assertArrayEquals(RandomRecording.EDGES, loaded.getSampleTimes());
    assertEquals("shuffle", loaded.getPlan());
    assertFalse(loaded.getFillna());
    assertEquals("counts", loaded.getOutputCol());
  }

  @Test
  void sessionsWithDifferentNeuronsSayHow() {
    Dataset<Row> events = RECORDING.eventTable();
    Dataset<Row> tensor = sampler().setSpikes(packed()).fit(events).transform(events);
    ResponseReducer reducer = new ResponseReducer();
    assertSays("session \"a\" has 3 neurons and session \"b\" 1", () -> reducer.transform(tensor));
    Dataset<Row> features = reducer.setSeveralSessions(true).transform(tensor);
    assertSays(
        "session \"a\" has 3 neurons and session \"b\" 1",
        () ->
            TensorMetadata.requireOneWidth(features.schema().apply("features"), "StandardScaler"));
  }

  @Test
  void eventsOfAnUnknownSessionAreRefused() {
    Dataset<Row> events = RECORDING.eventTable();
    PeriEventSpikeSamplerModel model =
        sampler().setSpikes(packed().where("session = 'a'")).fit(events);
    Throwable thrown = assertThrows(Exception.class, () -> model.transform(events).collectAsList());
    while (!(thrown instanceof InvalidInputException)) {
      thrown = thrown.getCause();
    }
    assertTrue(thrown.getMessage().contains("session \"b\""), thrown.getMessage());
  }

  @Test
  void responsesWithoutNeuronsCannotBeDecoded() {
    Dataset<Row> events = RECORDING.eventTable().where("session = 'a'").drop("session");
    Dataset<Row> none = packed().drop("session").limit(0);
    Dataset<Row> responses =
        new ResponseReducer().transform(sampler().setSpikes(none).fit(events).transform(events));
    assertEquals(0, responses.first().<Vector>getAs("features").size());
    Throwable thrown =
        assertThrows(
            Exception.class,
            () ->
                new org.neuroglia.spark.decoding.LinearDiscriminantAnalysis()
                    .setLabelCol("label")
                    .fit(responses));
    while (thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    assertTrue(thrown.getMessage().contains("no neurons"), thrown.getMessage());
  }

  @Test
  void eventsThatChangeAreReadOnce() {
    SPARK
        .udf()
        .register(
            "unsteady",
            (org.apache.spark.sql.api.java.UDF1<Double, Double>)
                time -> time + NEXT.incrementAndGet() % 1000 * 1e-6,
            org.apache.spark.sql.types.DataTypes.DoubleType);
    Dataset<Row> unsteady =
        RECORDING
            .eventTable()
            .where("session = 'a'")
            .repartition(2) // a local table is computed when it is planned
            .withColumn("time", org.apache.spark.sql.functions.expr("unsteady(time)"));
    try {
      for (String reuse : List.of("true", "false")) {
        SPARK.conf().set("spark.sql.exchange.reuse", reuse);
        for (String plan : List.of("broadcast", "shuffle")) {
          Dataset<Row> tensor =
              sampler().setPlan(plan).setSpikes(packed()).fit(unsteady).transform(unsteady);
          tensor
              .collectAsList()
              .forEach(PeriEventSpikeSamplerTest::assertCountsAreAtTheTimeOfTheRow);
        }
      }
    } finally {
      SPARK.conf().unset("spark.sql.exchange.reuse");
    }
  }

  private static void assertCountsAreAtTheTimeOfTheRow(Row row) {
    org.neuroglia.event.PeriEventSpikeSampler kernel =
        new org.neuroglia.event.PeriEventSpikeSampler(RandomRecording.EDGES);
    int[] counts = kernel.counts(RECORDING.trains.get("a"), new double[] {row.getAs("time")});
    Matrix matrix = row.getAs("tensor");
    for (int i = 0; i < counts.length; i++) {
      assertEquals(counts[i], matrix.apply(i / matrix.numCols(), i % matrix.numCols()));
    }
  }

  private static final AtomicInteger NEXT = new AtomicInteger();

  @Test
  void savedTensorsAndFeaturesKeepTheirAxes(@TempDir Path directory) {
    Dataset<Row> events = RECORDING.eventTable().where("session = 'a'");
    Dataset<Row> spikes = packed().where("session = 'a'");
    Dataset<Row> tensor = sampler().setSpikes(spikes).fit(events).transform(events);
    String path = directory.resolve("features").toString();
    new ResponseReducer().setFunc("sum").transform(tensor).write().parquet(path);
    Dataset<Row> read = SPARK.read().parquet(path);
    assertArrayEquals(
        new String[] {"10", "9", "silent"},
        TensorMetadata.of(read.schema().apply("features").metadata()).neurons());
    assertEquals(
        4, TensorMetadata.of(read.schema().apply("tensor").metadata()).sampleTimes().length);
    TensorMetadata.requireOneWidth(read.schema().apply("features"), "StandardScaler");
  }

  @Test
  void noEventsGiveNoRows() {
    Dataset<Row> none = RECORDING.eventTable().limit(0);
    for (String plan : List.of("auto", "broadcast", "shuffle")) {
      assertEquals(
          0, sampler().setPlan(plan).setSpikes(packed()).fit(none).transform(none).count());
    }
  }

  @Test
  void noSpikesGiveZeros() {
    Dataset<Row> events = RECORDING.eventTable().where("session = 'b'");
    PeriEventSpikeSamplerModel model = sampler().setSpikes(packed()).fit(events);
    for (String plan : List.of("broadcast", "shuffle")) {
      List<Row> rows =
          model.setPlan(plan).setSpikes(packed().limit(0)).transform(events).collectAsList();
      assertEquals(60, rows.size());
      rows.forEach(row -> assertEquals(0, row.<Matrix>getAs("tensor").numActives()));
    }
  }

  @Test
  void badInputIsSaidInOneSentence() {
    Dataset<Row> events = RECORDING.eventTable();
    assertSays("no column \"onset\"", () -> sampler().setTimeCol("onset").fit(events));
    assertSays("session, event, time, label", () -> sampler().setTimeCol("onset").fit(events));
    assertSays("numbers are needed", () -> sampler().setTimeCol("label").fit(events));
    assertSays("has no spikes", () -> sampler().fit(events));
    assertSays("sampleTimes is empty", () -> new PeriEventSpikeSampler().fit(events));
    assertSays("decrease", () -> sampler().setSampleTimes(new double[] {1, 0}).fit(events));
    assertSays("accepted are [auto, broadcast, shuffle]", () -> sampler().setPlan("fast"));
    assertSays("already have a column", () -> sampler().setOutputCol("label").fit(events));
    assertSays("neither an array", () -> sampler().setSpikes(packed().drop("times")).fit(events));
    assertSays(
        "neurons are strings or integers",
        () -> sampler().setSpikes(packed().withColumn("neuron", col("times"))).fit(events));
    assertSays(
        "give both or neither",
        () ->
            sampler()
                .setSpikes(packed().where("session = 'a'").drop("session"))
                .fit(events)
                .transform(events));
  }

  private static void assertSays(
      String expected, org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(InvalidInputException.class, action).getMessage();
    assertTrue(message.contains(expected), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void rowsWithoutATensorHaveNullFeatures() {
    Dataset<Row> events = RECORDING.eventTable().where("session = 'b'");
    Dataset<Row> tensor =
        sampler().setSpikes(packed().where("session = 'b'")).fit(events).transform(events);
    Dataset<Row> some =
        tensor.withColumn(
            "tensor", org.apache.spark.sql.functions.expr("if(event < 6, null, tensor)"));
    assertEquals(6, new ResponseReducer().transform(some).where("features IS NULL").count());
  }

  @Test
  void packingIsTheInverseOfTablizing() {
    Dataset<Row> trains = packed().where("neuron != 'silent'");
    Dataset<Row> back =
        new SpikePacker().transform(new SpikeTablizer().transform(trains).repartition(7));
    assertEquals(
        trains.orderBy("session", "neuron").collectAsList(),
        back.orderBy("session", "neuron").collectAsList());
  }

  @Test
  void theMomentsOfAnEventAreReducedInAnyDimension() {
    Dataset<Row> events = RECORDING.eventTable();
    Dataset<Row> tensor = sampler().setSpikes(packed()).fit(events).transform(events);
    Dataset<Row> perSession =
        new ResponseReducer().setFunc("sum").setDim("event").transform(tensor.repartition(7));
    assertArrayEquals(new String[] {"session", "tensor"}, perSession.columns());
    int[] counts = RECORDING.counts().get("a");
    Matrix sums = perSession.where("session = 'a'").first().getAs("tensor");
    for (int b = 0; b < 4; b++) {
      for (int k = 0; k < 3; k++) {
        long sum = 0;
        for (int e = 0; e < 60; e++) {
          sum += counts[(e * 4 + b) * 3 + k];
        }
        assertEquals(sum, sums.apply(b, k));
      }
    }
  }
}
