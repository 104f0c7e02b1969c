package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventTraceReducer;
import org.neuroglia.spark.tensor.ResponseReducer;

/** PopulationDecoding of traces and of tensors. */
class TraceDecodingTest {
  private static final double[] EDGES = {0, 0.25, 0.5, 0.75, 1};
  private static final String[] PREDICTED = {
    "session", "event", "fold", "label", "prediction", "probability"
  };

  /**
   * Traces of 20 samples a second: neurons of plane "up" rise in the first half of a second after
   * an event with label 1, those of "down" in the second half; one neuron has no plane.
   */
  private static Dataset<Row> traces(int partitions) {
    List<Row> rows = new ArrayList<>();
    for (String session : List.of("a", "b")) {
      int neurons = session.equals("a") ? 7 : 5;
      for (int n = 0; n < neurons; n++) {
        Random random = new Random(31 * session.hashCode() + n);
        boolean up = n % 2 == 0;
        double[] times = new double[1400];
        double[] values = new double[times.length];
        for (int i = 0; i < times.length; i++) {
          times[i] = i / 20.0;
          double since = (times[i] - 1) % 1.5;
          int event = (int) ((times[i] - 1) / 1.5);
          boolean driven = times[i] >= 1 && label(event) == 1 && since < 1 && since < 0.5 == up;
          values[i] = 2 * random.nextGaussian() + (driven ? 0.7 : 0);
        }
        String plane = n == neurons - 1 ? null : up ? "up" : "down";
        rows.add(RowFactory.create(session, "n" + n, plane, times, values));
      }
    }
    StructType schema =
        new StructType()
            .add("session", "string")
            .add("neuron", "string")
            .add("plane", "string")
            .add("times", "array<double>")
            .add("values", "array<double>");
    return LocalSpark.session().createDataFrame(rows, schema).repartition(partitions);
  }

  private static int label(int event) {
    return (event * 7 + event / 3) % 2;
  }

  private static Dataset<Row> events(int partitions) {
    List<Row> rows = new ArrayList<>();
    for (String session : List.of("a", "b")) {
      for (int i = 0; i < 44; i++) {
        rows.add(RowFactory.create(session, (long) i, 1 + 1.5 * i, label(i)));
      }
    }
    StructType schema =
        new StructType()
            .add("session", "string")
            .add("event", "long")
            .add("time", "double")
            .add("label", "int");
    return LocalSpark.session().createDataFrame(rows, schema).repartition(partitions);
  }

  private static PopulationDecoding decoding() {
    return new PopulationDecoding().setSampleTimes(EDGES);
  }

  private static Dataset<Row> tensor(Dataset<Row> traces, Dataset<Row> events) {
    return new PeriEventTraceReducer()
        .setTraces(traces)
        .setSampleTimes(EDGES)
        .setFunc("mean")
        .fit(events)
        .transform(events);
  }

  private static String predictions(Dataset<Row> decoded) {
    return Recordings.text(
        PopulationDecoding.predictions(decoded)
            .orderBy("session", "event")
            .selectExpr(PREDICTED)
            .collectAsList());
  }

  private static String results(Dataset<Row> decoded) {
    return Recordings.text(
        PopulationDecoding.results(decoded)
            .orderBy("session", "group", "decoder", "neurons", "draw", "start", "nullIndex")
            .collectAsList());
  }

  private static String scores(Dataset<Row> decoded) {
    return results(
        decoded.withColumns(
            java.util.Map.of(
                "start", lit(0.0), "stop", lit(0.0), "testStart", lit(0.0), "testStop", lit(0.0))));
  }

  // --- The same numbers whichever way they come

  @Test
  void tracesTensorsAndResponsesGiveTheSame() {
    for (String reduce : List.of("sum", "max", "std")) {
      Dataset<Row> tensor = tensor(traces(2), events(2)).localCheckpoint();
      Dataset<Row> responses =
          new ResponseReducer().setFunc(reduce).setSeveralSessions(true).transform(tensor);
      Dataset<Row> ofTraces = decoding().setReduce(reduce).decodeTraces(traces(3), events(1));
      String expected = predictions(new PopulationDecoding().decodeResponses(responses));
      assertEquals(88, expected.lines().count());
      assertEquals(expected, predictions(ofTraces), reduce);
      PopulationDecoding ofTensors =
          new PopulationDecoding().setReduce(reduce).setFeaturesCol("tensor");
      assertEquals(expected, predictions(ofTensors.decodeResponses(responses)), reduce);
      assertEquals(
          scores(ofTraces), scores(ofTensors.decodeResponses(tensor)), "all scores, " + reduce);
    }
  }

  @Test
  void everythingThatSpikesHaveTracesHaveToo() {
    PopulationDecoding decoding =
        decoding()
            .setBy("plane")
            .setDecoders(
                java.util.Map.of(
                    "lda", org.neuroglia.decoding.decoder.Decoders.named("lda"),
                    "gnb", org.neuroglia.decoding.decoder.Decoders.named("gnb")))
            .setDraws(new NeuronDraws(new int[] {1, 2}, 2, 4))
            .setNulls(new NullLabels(NullLabels.Kind.OTHER_SESSION, 3, 5));
    String one = results(decoding.decodeTraces(traces(1), events(1)));
    // Planes × decoders × (true labels and 3 others) × draws; two of two neurons are drawn once.
    assertEquals(2 * 2 * 4 * (4 + 3), one.lines().count());
    for (int partitions : new int[] {2, 5}) {
      decoding.setPartitions(partitions);
      assertEquals(one, results(decoding.decodeTraces(traces(partitions), events(partitions))));
    }
  }

  @Test
  void responsesHaveNullsDrawsAndPooledSessionsToo() {
    Dataset<Row> tensor = tensor(traces(2), events(2)).localCheckpoint();
    for (PopulationDecoding decoding :
        List.of(
            new PopulationDecoding().setNulls(new NullLabels(NullLabels.Kind.SHUFFLE, 5, 2)),
            new PopulationDecoding().setNulls(new NullLabels(NullLabels.Kind.OTHER_SESSION, 5, 2)),
            new PopulationDecoding().setDraws(new NeuronDraws(new int[] {2, 3}, 2, 4)),
            new PopulationDecoding().setPseudoPopulation(2, 5, 10, 3),
            new PopulationDecoding().setRegression(1))) {
      String ofTensors = scores(decoding.decodeResponses(tensor.repartition(3)));
      assertEquals(ofTensors, scores(decoding.decodeResponses(tensor.coalesce(1))));
      decoding.setSampleTimes(EDGES);
      assertEquals(scores(decoding.decodeTraces(traces(2), events(3))), ofTensors);
    }
  }

  @Test
  void windowsOfATensorAreRangesOfItsSampleTimes() {
    Dataset<Row> tensor = tensor(traces(2), events(2)).localCheckpoint();
    PopulationDecoding windows = new PopulationDecoding().setWindows(new double[] {0, 0.5}, 0.5);
    Dataset<Row> decoded = windows.decodeResponses(tensor).cache();
    assertEquals(
        predictions(decoding().setSampleTimes(0, 0.25, 0.5).decodeTraces(traces(1), events(1))),
        predictions(decoded.where("start = 0")));
    assertEquals(
        predictions(decoding().setSampleTimes(0.5, 0.75, 1).decodeTraces(traces(1), events(1))),
        predictions(decoded.where("start = 0.5 AND stop = 1")));
    assertEquals(
        2 * 2 * 2, results(windows.setGeneralise(true).decodeResponses(tensor)).lines().count());
    refuses("no sample from 3.0", windows.setWindows(new double[] {0, 3}, 0.5), tensor);
    refuses(
        "std of a window with one bin",
        new PopulationDecoding().setWindows(new double[] {0}, 0.25).setReduce("std"),
        tensor);
    Dataset<Row> silent = tensor.withColumn("tensor", expr("if(true, tensor, null)"));
    refuses(
        "does not say its sample times",
        new PopulationDecoding().setWindows(new double[] {0}, 1),
        silent);
    Row whole =
        PopulationDecoding.results(new PopulationDecoding().decodeResponses(tensor)).first();
    assertEquals(0, whole.<Double>getAs("start"));
    assertEquals(0.75, whole.<Double>getAs("stop"));
  }

  @Test
  void chunksOfATraceAreJoined() {
    Dataset<Row> whole = traces(2);
    Dataset<Row> chunks =
        whole
            .withColumn("values", expr("slice(values, 1, 700)"))
            .withColumn("times", expr("slice(times, 1, 700)"))
            .union(
                whole
                    .withColumn("values", expr("slice(values, 701, 700)"))
                    .withColumn("times", expr("slice(times, 701, 700)")));
    assertEquals(
        results(decoding().setBy("plane").decodeTraces(whole, events(1))),
        results(decoding().setBy("plane").decodeTraces(chunks, events(1))));
  }

  @Test
  void neuronsOfResponsesAreGroupedByATable() {
    Dataset<Row> a = traces(2).where("session = 'a'").drop("session");
    Dataset<Row> events = events(1).where("session = 'a'").drop("session");
    Dataset<Row> planes = a.select("neuron", "plane");
    PopulationDecoding byPlane = new PopulationDecoding().setBy("plane").setGroups(planes);
    Dataset<Row> tensor = tensor(a, events).localCheckpoint();
    String expected = scores(decoding().setBy("plane").decodeTraces(a, events));
    assertEquals(2, expected.lines().count());
    assertEquals(expected, scores(byPlane.decodeResponses(tensor)));
    Dataset<Row> responses = new ResponseReducer().setFunc("sum").transform(tensor);
    assertEquals(expected, scores(byPlane.decodeResponses(responses)));
    refuses("give a table that has the neuron", new PopulationDecoding().setBy("plane"), tensor);
    refuses("no use without by", new PopulationDecoding().setGroups(planes), tensor);
    Dataset<Row> both = tensor(traces(1), events(1));
    refuses("does not name its neurons", byPlane, both);
  }

  @Test
  void integerNeuronsAreInTheOrderOfTheirValues() {
    Dataset<Row> numbered =
        traces(2).withColumn("neuron", expr("int(substring(neuron, 2)) + 6")); // 6 … 12
    PopulationDecoding drawn = decoding().setDraws(new NeuronDraws(new int[] {2}, 3, 4));
    Dataset<Row> padded =
        traces(2).withColumn("neuron", expr("lpad(int(substring(neuron, 2)) + 6, 2, '0')"));
    assertEquals(
        results(drawn.decodeTraces(padded, events(1))),
        results(drawn.decodeTraces(numbered, events(1))));
  }

  // --- As a stage

  @Test
  void theStageDecidesByWhatItHas(@TempDir Path directory) throws Exception {
    traces(1).createOrReplaceTempView("planes_of_traces");
    PopulationDecoding named = decoding().setTracesTable("planes_of_traces").setBy("plane");
    String expected = results(decoding().setBy("plane").decodeTraces(traces(2), events(1)));
    assertEquals(expected, results(named.transform(events(1))));
    assertEquals(
        expected, results(decoding().setTraces(traces(2)).setBy("plane").transform(events(1))));
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {named}).fit(events(1));
    pipeline.save(directory.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("model").toString());
    assertEquals(expected, results(loaded.transform(events(2))));

    Dataset<Row> tensor = tensor(traces(1), events(1)).localCheckpoint();
    PopulationDecoding responses = new PopulationDecoding();
    assertEquals(results(responses.decodeResponses(tensor)), results(responses.transform(tensor)));
    assertEquals(responses.transformSchema(tensor.schema()), responses.transform(tensor).schema());
    assertEquals(expected, results(named.transform(tensor)), "traces that are set come first");
    named.setSpikes(traces(1));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> named.transform(events(1)));
    assertTrue(e.getMessage().contains("set one of them"), e.getMessage());
  }

  // --- Wrong input

  @Test
  void anEventOutsideOfTheRecordingIsNamed() {
    Dataset<Row> late =
        events(1).withColumn("time", expr("if(session = 'a' AND event = 3, 1e4, time)"));
    List<Row> rows =
        PopulationDecoding.results(decoding().decodeTraces(traces(1), late))
            .orderBy("session")
            .collectAsList();
    assertEquals(
        "the response of neuron n0 to event 3 is NaN; decoders take finite numbers only",
        rows.get(0).getAs("failure"));
    assertNull(rows.get(1).getAs("failure"));
  }

  @Test
  void decodersOfCountsRefuseNegativeResponses() {
    Row row =
        PopulationDecoding.results(decoding().setDecoder("pnb").decodeTraces(traces(1), events(1)))
            .first();
    assertTrue(
        row.<String>getAs("failure").contains("negative")
            || row.<String>getAs("failure").contains("count"),
        row.<String>getAs("failure"));
  }

  @Test
  void settingsThatDoNotFitTheInputAreRefused() {
    Dataset<Row> tensor = tensor(traces(1), events(1));
    refuses("sampleTimes has no use", decoding(), tensor);
    refuses("func has no use", new PopulationDecoding().setFunc("max"), tensor);
    Dataset<Row> vectors = new ResponseReducer().setSeveralSessions(true).transform(tensor);
    refuses("reduce has no use", new PopulationDecoding().setReduce("max"), vectors);
    refuses(
        "windowStarts has no use",
        new PopulationDecoding().setWindows(new double[] {0}, 1),
        vectors);
    refuses("onError is skip or fail", new PopulationDecoding().setOnError("stop"), vectors);
    refuses(
        "a Vector or a Matrix is needed", new PopulationDecoding().setFeaturesCol("time"), tensor);
    String[] sentences = {
      "no window to reduce traces in", "give both or neither", "no column \"depth\""
    };
    PopulationDecoding[] decodings = {
      new PopulationDecoding(), decoding(), decoding().setBy("depth")
    };
    for (int i = 0; i < sentences.length; i++) {
      PopulationDecoding decoding = decodings[i];
      Dataset<Row> events = i == 1 ? events(1).drop("session") : events(1);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> decoding.decodeTraces(traces(1), events));
      assertTrue(e.getMessage().contains(sentences[i]), e.getMessage());
    }
    Dataset<Row> spikes = traces(1).withColumn("values", col("times"));
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> decoding().setFunc("max").decode(spikes, events(1)));
    assertTrue(e.getMessage().contains("func has no use without traces"), e.getMessage());
  }

  private static void refuses(String part, PopulationDecoding decoding, Dataset<Row> rows) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> decoding.decodeResponses(rows));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
