package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.decoding.split.StratifiedKFold;
import org.neuroglia.golden.GoldenArchive;

/** PopulationDecoding of responses that come with the events. */
class ResponseDecodingTest {
  /** Session "a" has strings as labels, three neurons; "b" the same but its events reversed. */
  private static Dataset<Row> sessions(int partitions) {
    Dataset<Row> a = Trials.named(2).withColumn("session", lit("a"));
    Dataset<Row> b =
        Trials.named(2)
            .withColumn("session", lit("b"))
            .withColumn("event", lit(1000).minus(col("event")));
    return a.unionByName(b).repartition(partitions);
  }

  private static List<Row> ordered(Dataset<Row> predictions) {
    return predictions.orderBy("session", "event").collectAsList();
  }

  @Test
  void everyPartitioningGivesTheSamePredictions() {
    PopulationDecoding decoding = new PopulationDecoding().setSplits(Splits.stratified(4));
    List<Row> one = ordered(PopulationDecoding.predictions(decoding.decodeResponses(sessions(1))));
    assertEquals(180, one.size());
    for (int partitions : new int[] {2, 7}) {
      Dataset<Row> decoded = decoding.decodeResponses(sessions(partitions));
      assertEquals(one, ordered(PopulationDecoding.predictions(decoded)));
    }
  }

  @Test
  void eachSessionEqualsTheKernel() {
    List<double[]> responses = Trials.responses(true);
    String[] names = {"versicolor", "setosa", "Virginica"};
    List<String> labels = IntStream.range(0, 90).mapToObj(i -> names[i % 3]).toList();
    ClassLabels classes = ClassLabels.of(labels);
    Folds folds = StratifiedKFold.split(classes.codes(labels), 5);
    CrossValidation.Result expected =
        CrossValidation.run(
            new LinearDiscriminantAnalysis(),
            true,
            Responses.of(responses.toArray(new double[0][])),
            classes.codes(labels),
            3,
            folds);
    Dataset<Row> decoded = new PopulationDecoding().decodeResponses(sessions(3));
    List<Row> predictions = ordered(PopulationDecoding.predictions(decoded).where("session = 'a'"));
    for (int i = 0; i < 90; i++) {
      Row row = predictions.get(i);
      assertEquals((long) i, row.<Long>getAs("event"));
      assertEquals(folds.fold()[i], row.<Integer>getAs("fold"));
      assertEquals(labels.get(i), row.getAs("label"));
      assertEquals(classes.value(expected.prediction()[i]), row.getAs("prediction"));
      assertEquals(
          List.of(
              expected.probability()[3 * i],
              expected.probability()[3 * i + 1],
              expected.probability()[3 * i + 2]),
          row.getList(row.fieldIndex("probability")));
    }
    Row summary = PopulationDecoding.results(decoded).where("session = 'a'").collectAsList().get(0);
    assertEquals(90L, summary.<Long>getAs("events"));
    assertEquals(0L, summary.<Long>getAs("unlabelled"));
    assertEquals(3, summary.<Integer>getAs("neurons"));
    assertEquals(3, summary.<Integer>getAs("classes"));
    assertEquals(
        List.of("Virginica", "setosa", "versicolor"),
        summary.getList(summary.fieldIndex("classLabels")));
    assertEquals(
        Arrays.stream(expected.accuracy()).boxed().toList(),
        summary.getList(summary.fieldIndex("folds")));
    assertEquals(Arrays.stream(expected.accuracy()).sum() / 5, summary.<Double>getAs("accuracy"));
    assertEquals(1.0 / 3, summary.<Double>getAs("chance"));
    assertNull(summary.getAs("warning"));
    assertNull(summary.getAs("failure"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qda", "gnb", "knn", "pnb", "centroid", "correlation", "ridge"})
  void everyDecoderIsTakenByName(String name) {
    int[] y = IntStream.range(0, 90).map(i -> (i + 1) % 3).toArray();
    String[] names = {"Virginica", "versicolor", "setosa"}; // of event i: names[y[i]]
    int[] codes = IntStream.of(y).map(k -> new int[] {0, 2, 1}[k]).toArray();
    CrossValidation.Result expected =
        CrossValidation.run(
            Decoders.named(name),
            !name.equals("pnb"),
            Responses.of(Trials.responses(true).toArray(new double[0][])),
            codes,
            3,
            StratifiedKFold.split(codes, 5));
    Dataset<Row> decoded =
        new PopulationDecoding()
            .setDecoders(Map.of(name, Decoders.named(name)))
            .decodeResponses(sessions(3));
    List<Row> predictions = ordered(PopulationDecoding.predictions(decoded).where("session = 'a'"));
    for (int i = 0; i < 90; i++) {
      assertEquals(names[y[i]], predictions.get(i).getAs("label"));
      List<Double> probability = predictions.get(i).getList(5);
      for (int k = 0; k < 3; k++) {
        assertEquals(expected.probability()[3 * i + k], probability.get(k));
      }
    }
    Row summary = PopulationDecoding.results(decoded).where("session = 'a'").first();
    assertEquals(Arrays.stream(expected.accuracy()).sum() / 5, summary.<Double>getAs("accuracy"));
  }

  /** Says what it was given. */
  private record OfRawCounts() implements Decoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DecoderModel fit(Responses rows, int[] y, int classes) {
      boolean counts = Arrays.stream(rows.values()).allMatch(x -> x >= 0 && x == Math.rint(x));
      throw new InvalidInputException(counts ? "these are counts" : "these are standardised");
    }

    @Override
    public boolean wantsStandardised() {
      return false;
    }
  }

  @Test
  void aDecoderSaysWhetherItWantsStandardisedResponses() {
    PopulationDecoding raw = failing().setDecoders(Map.of("raw", new OfRawCounts()));
    assertTrue(failure(sessions(1), raw).endsWith("these are counts"));
    assertTrue(failure(sessions(1), raw.setStandardise(true)).endsWith("these are standardised"));
    assertTrue(failure(sessions(1), raw.setStandardise(false)).endsWith("these are counts"));
  }

  @Test
  void aSessionAloneGivesWhatItGivesAmongOthers() {
    PopulationDecoding decoding = new PopulationDecoding().setSplits(Splits.testShare(0.3, 1, 8));
    List<Row> among =
        ordered(
            PopulationDecoding.predictions(decoding.decodeResponses(sessions(3)))
                .where("session = 'b'"));
    List<Row> alone =
        ordered(
            PopulationDecoding.predictions(
                decoding.decodeResponses(sessions(3).where("session = 'b'"))));
    assertEquals(among, alone);
    assertEquals(27, alone.size());
    assertEquals(
        27,
        PopulationDecoding.predictions(
                decoding.decodeResponses(sessions(3).where("session = 'a'").drop("session")))
            .where("session = ''")
            .count());
  }

  @Test
  void seedsShuffleTheFolds() {
    Dataset<Row> one =
        PopulationDecoding.predictions(
            new PopulationDecoding()
                .setSplits(Splits.stratified(5, 1, 1))
                .decodeResponses(sessions(2)));
    Dataset<Row> two =
        PopulationDecoding.predictions(
            new PopulationDecoding()
                .setSplits(Splits.stratified(5, 1, 2))
                .decodeResponses(sessions(2)));
    assertTrue(
        one.as("one")
                .join(two.as("two"), new String[] {"session", "event"})
                .where("one.fold <> two.fold")
                .count()
            > 60);
  }

  @Test
  void eventsWithoutALabelAreLeftOutAndCounted() {
    Dataset<Row> some =
        sessions(2)
            .withColumn("label", when(col("event").lt(10), lit(null)).otherwise(col("label")));
    Dataset<Row> decoded = new PopulationDecoding().decodeResponses(some);
    List<Row> summary = PopulationDecoding.results(decoded).orderBy("session").collectAsList();
    assertEquals(80L, summary.get(0).<Long>getAs("events"));
    assertEquals(10L, summary.get(0).<Long>getAs("unlabelled"));
    assertEquals(90L, summary.get(1).<Long>getAs("events"));
  }

  private static PopulationDecoding failing() {
    return new PopulationDecoding().setOnError("fail");
  }

  private static String failure(Dataset<Row> responses, PopulationDecoding decoding) {
    Throwable error =
        assertThrows(Exception.class, () -> decoding.decodeResponses(responses).collectAsList());
    while (!(error instanceof InvalidInputException)) {
      error = error.getCause();
    }
    return error.getMessage();
  }

  @Test
  void aSessionThatCannotBeDecodedIsNamed() {
    Dataset<Row> oneClass = sessions(2).where("session = 'a' or label = 'setosa'");
    assertEquals(
        "session \"b\" cannot be decoded: all labels are setosa, and a decoder needs at least 2"
            + " classes",
        failure(oneClass, failing()));
    assertEquals(
        "session \"b\" cannot be decoded: there cannot be more folds (5) than events of the largest"
            + " class (1)",
        failure(sessions(2).where("session = 'a' or event > 997"), failing()));
    assertEquals(
        "session \"a\" cannot be decoded: event 5 occurs more than once; give each event a number of"
            + " its own",
        failure(
            sessions(2)
                .where("session = 'a'")
                .union(sessions(2).where("session = 'a' and event = 5")),
            failing()));
    assertEquals(
        "session \"b\" cannot be decoded: class setosa of the training events of fold 0 has only 1"
            + " event, from which no covariance follows; at least 2 are needed",
        failure(
            sessions(2).where("session = 'a' or label != 'setosa' or event in (999, 996)"),
            failing().setDecoder("qda")));
    List<double[]> nan = Trials.responses(true);
    nan.get(12)[1] = Double.NaN;
    assertEquals(
        "this session cannot be decoded: the response of neuron 1 (counted from 0) to event 12 is"
            + " NaN; decoders take finite numbers only",
        failure(Trials.of(nan, DataTypes.IntegerType, i -> i % 3, 2), failing()));

    List<Row> rows =
        PopulationDecoding.results(
                new PopulationDecoding().setOnError("skip").decodeResponses(oneClass))
            .orderBy("session")
            .collectAsList();
    assertNull(rows.get(0).getAs("failure"));
    assertEquals("b", rows.get(1).getAs("session"));
    assertEquals(
        "all labels are setosa, and a decoder needs at least 2 classes",
        rows.get(1).getAs("failure"));
    assertNull(rows.get(1).getAs("accuracy"));
  }

  @Test
  void wrongColumnsAreNamedBeforeAnyJob() {
    assertEquals(
        "the responses have no column \"trial\"; the columns are event, label, features, session",
        assertThrows(
                InvalidInputException.class,
                () -> new PopulationDecoding().setEventCol("trial").decodeResponses(sessions(1)))
            .getMessage());
    assertThrows(
        InvalidInputException.class,
        () -> new PopulationDecoding().setFeaturesCol("label").decodeResponses(sessions(1)));
    assertThrows(
        InvalidInputException.class,
        () -> new PopulationDecoding().setSessionCol("features").decodeResponses(sessions(1)));
  }

  @Test
  void theGoldenSessionScoresExactlyAsInScikitLearn() throws Exception {
    GoldenArchive golden = GoldenArchive.of("session_x1");
    List<String> lines = golden.lines("response.csv");
    List<String> split = golden.lines("split.csv");
    List<double[]> responses = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      responses.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
    }
    Dataset<Row> session =
        Trials.of(
            responses,
            DataTypes.IntegerType,
            i -> Integer.valueOf(split.get(i + 1).split(",")[1]),
            5);
    JsonNode summary = golden.json("summary.json");
    for (String name : List.of("lda_svd", "lda_lsqr", "lda_lsqr_auto")) {
      Row row =
          PopulationDecoding.results(
                  new PopulationDecoding()
                      .setDecoders(
                          Map.of(
                              name,
                              new LinearDiscriminantAnalysis(
                                  Solver.parse(name.split("_")[1]),
                                  name.endsWith("auto") ? Shrinkage.AUTO : Shrinkage.NONE)))
                      .decodeResponses(session))
              .first();
      List<Double> folds = row.getList(row.fieldIndex("folds"));
      double[] expected =
          IntStream.range(0, 5)
              .mapToDouble(fold -> summary.at("/" + name + "/cv5/" + fold).asDouble())
              .toArray();
      assertArrayEquals(expected, folds.stream().mapToDouble(Double::doubleValue).toArray());
      assertEquals(119, row.<Integer>getAs("classes"));
      assertEquals("9", row.getList(row.fieldIndex("classLabels")).get(9));
    }
  }
}
