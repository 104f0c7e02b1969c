package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.RegressionCrossValidation;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.KFold;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.spark.decoding.session.DonorLabels;
import org.neuroglia.spark.decoding.session.SessionTrials;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.tensor.ResponseReducer;

class PopulationDecodingTest {
  private static final AtomicInteger READS = new AtomicInteger();

  private static final Recordings THREE =
      Recordings.none().with("a", 9, 80, 4, 1).with("b", 12, 60, 2, 2).with("<c> ß", 7, 70, 0, 3);

  private static PopulationDecoding decoding() {
    return new PopulationDecoding().setLabelCol("choice").setSampleTimes(0, 0.25, 0.5);
  }

  private static List<Row> results(PopulationDecoding decoding, int partitions) {
    return results(decoding.decode(THREE.spikes(partitions), THREE.trials(partitions)));
  }

  private static List<Row> results(Dataset<Row> decoded) {
    return PopulationDecoding.results(decoded)
        .orderBy(
            "session", "group", "decoder", "neurons", "draw", "start", "testStart", "nullIndex")
        .collectAsList();
  }

  private static String session(List<Row> rows, String name, String column) {
    return rows.stream()
        .filter(row -> row.getAs("session").equals(name))
        .map(row -> String.valueOf(row.<Object>getAs(column)))
        .findFirst()
        .orElseThrow();
  }

  // --- Known answers

  /** The same through the sampler's tensor, the reducer, and decoding of responses. */
  @Test
  void responsesFoldsAndPredictionsAreThoseOfTheStages() {
    for (String reduce : List.of("sum", "max", "std")) {
      Dataset<Row> events = THREE.trials(2).withColumnRenamed("choice", "label");
      Dataset<Row> tensor =
          new PeriEventSpikeSampler()
              .setSampleTimes(new double[] {0, 0.25, 0.5})
              .setSpikes(THREE.spikes(2))
              .fit(events)
              .transform(events);
      Dataset<Row> responses =
          new ResponseReducer().setFunc(reduce).setSeveralSessions(true).transform(tensor);
      List<Row> expected =
          PopulationDecoding.predictions(new PopulationDecoding().decodeResponses(responses))
              .orderBy("session", "event")
              .select("session", "event", "fold", "label", "prediction", "probability")
              .collectAsList();
      List<Row> ours =
          PopulationDecoding.predictions(
                  decoding().setReduce(reduce).decode(THREE.spikes(3), THREE.trials(2)))
              .orderBy("session", "event")
              .select("session", "event", "fold", "label", "prediction", "probability")
              .collectAsList();
      assertEquals(210, ours.size());
      assertEquals(expected, ours, reduce);
    }
  }

  @Test
  void everyPartitioningGivesTheSame() {
    PopulationDecoding decoding =
        decoding()
            .setBy("area")
            .setNulls(new NullLabels(NullLabels.Kind.OTHER_SESSION, 7, 5))
            .setSplits(Splits.stratified(4, 2, 9));
    List<Row> one = results(decoding, 1);
    assertEquals(3 * 2 * (1 + 7), one.size());
    for (int partitions : new int[] {2, 7}) {
      decoding.setPartitions(partitions);
      assertEquals(Recordings.text(one), Recordings.text(results(decoding, partitions)));
    }
  }

  @Test
  void aSessionGivesTheSameAloneAndAmongOthers() {
    PopulationDecoding decoding =
        decoding().setNulls(new NullLabels(NullLabels.Kind.SHUFFLE, 5, 3));
    Recordings alone = Recordings.none().with("b", 12, 60, 2, 2);
    List<Row> among =
        results(decoding, 2).stream().filter(row -> row.getAs("session").equals("b")).toList();
    assertEquals(
        Recordings.text(among),
        Recordings.text(results(decoding.decode(alone.spikes(1), alone.trials(3)))));
  }

  @Test
  void tunedNeuronsTellMoreThanChanceAndOthersDoNot() {
    List<Row> rows = results(decoding(), 2);
    assertTrue(Double.parseDouble(session(rows, "a", "accuracy")) > 0.9);
    double untuned = Double.parseDouble(session(rows, "<c> ß", "accuracy"));
    assertTrue(untuned > 0.3 && untuned < 0.7, "" + untuned);
    assertEquals("0.5", session(rows, "a", "chance"));
  }

  // --- Columns

  @Test
  void theScoresFollowFromTheConfusionMatrix() {
    Dataset<Row> decoded = decoding().decode(THREE.spikes(1), THREE.trials(1));
    Row row = results(decoded.where("session = 'b'")).get(0);
    List<Row> confusion =
        PopulationDecoding.confusion(decoded.where("session = 'b'"))
            .orderBy("label", "prediction")
            .collectAsList();
    assertEquals(4, confusion.size());
    double[] counts = confusion.stream().mapToDouble(r -> r.<Long>getAs("count")).toArray();
    assertEquals("left", confusion.get(1).getAs("label"));
    assertEquals("right", confusion.get(1).getAs("prediction"));
    double left = counts[0] / (counts[0] + counts[1]);
    double right = counts[3] / (counts[2] + counts[3]);
    assertArrayEquals(new double[] {left, right}, Recordings.doubles(row, "recall"), 1e-15);
    assertEquals((left + right) / 2, row.<Double>getAs("balancedAccuracy"), 1e-15);
    assertEquals(
        Math.max(counts[0] + counts[1], counts[2] + counts[3]) / 60,
        row.<Double>getAs("majorityShare"),
        1e-15);
    assertEquals(
        Recordings.mean(Recordings.doubles(row, "folds")), row.<Double>getAs("accuracy"), 1e-15);
    assertEquals(60L, row.<Long>getAs("events"));
    assertEquals(12, row.<Integer>getAs("neurons"));
    assertEquals(List.of("left", "right"), row.getList(row.fieldIndex("classLabels")));
    assertEquals(0.5, row.<Double>getAs("stop"));
    assertNull(row.getAs("nullIndex"));
    assertNull(row.getAs("pValue"));
    assertNull(row.getAs("group"));
  }

  @Test
  void eventsWithoutLabelOrTimeAreLeftOutAndCounted() {
    Dataset<Row> trials =
        THREE
            .trials(2)
            .withColumn("choice", when(col("event").equalTo(3), lit(null)).otherwise(col("choice")))
            .withColumn("time", when(col("event").equalTo(4), lit(null)).otherwise(col("time")))
            .withColumn(
                "time", when(col("event").equalTo(5), lit(Double.NaN)).otherwise(col("time")));
    List<Row> rows = results(decoding().decode(THREE.spikes(2), trials));
    assertEquals("77", session(rows, "a", "events"));
    assertEquals("3", session(rows, "a", "unlabelled"));
    Dataset<Row> without = THREE.trials(2).where("event NOT IN (3, 4, 5)");
    List<Row> expected = results(decoding().decode(THREE.spikes(2), without));
    assertEquals(session(expected, "a", "folds"), session(rows, "a", "folds"));
  }

  @Test
  void eventsInAnyOrderOfTimeMeetTheirOwnSpikes() {
    Dataset<Row> reversed = THREE.trials(2).withColumn("event", lit(100).minus(col("event")));
    Dataset<Row> labels =
        PopulationDecoding.predictions(
            decoding()
                .setSplits(Splits.predefined())
                .setSplitCol("fold")
                .decode(THREE.spikes(2), THREE.trials(2).withColumn("fold", col("event").mod(3))));
    Dataset<Row> turned =
        PopulationDecoding.predictions(
            decoding()
                .setSplits(Splits.predefined())
                .setSplitCol("fold")
                .decode(
                    THREE.spikes(2),
                    reversed.withColumn("fold", lit(100).minus(col("event")).mod(3))));
    assertEquals(
        labels.select("session", "event", "prediction").orderBy("session", "event").collectAsList(),
        turned
            .select(col("session"), lit(100).minus(col("event")).as("event"), col("prediction"))
            .orderBy("session", "event")
            .collectAsList());
  }

  @Test
  void aTableWithoutSessionsIsOneSession() {
    Recordings alone = Recordings.none().with("a", 9, 80, 4, 1);
    List<Row> named = results(decoding().decode(alone.spikes(2), alone.trials(2)));
    List<Row> unnamed =
        results(
            decoding().decode(alone.spikes(2).drop("session"), alone.trials(2).drop("session")));
    assertEquals("", unnamed.get(0).getAs("session"));
    assertEquals(named.get(0).<Double>getAs("accuracy"), unnamed.get(0).getAs("accuracy"));
  }

  // --- Groups, draws, windows

  @Test
  void eachGroupIsDecodedFromItsOwnNeurons() {
    List<Row> rows = results(decoding().setBy("area"), 3);
    assertEquals(6, rows.size());
    List<Row> alone =
        results(decoding().decode(THREE.spikes(2).where("area = 'B2'"), THREE.trials(2)));
    for (Row expected : alone) {
      Row ours =
          rows.stream()
              .filter(row -> row.getAs("session").equals(expected.getAs("session")))
              .filter(row -> "B2".equals(row.getAs("group")))
              .findFirst()
              .orElseThrow();
      assertEquals(
          expected.getList(expected.fieldIndex("folds")), ours.getList(ours.fieldIndex("folds")));
      assertEquals(expected.<Integer>getAs("neurons"), ours.getAs("neurons"));
    }
  }

  @Test
  void numbersOfNeuronsAreDrawn() {
    List<Row> rows =
        results(decoding().setDraws(new NeuronDraws(new int[] {1, 5, 9, 40}, 3, 1)), 2);
    assertEquals(3, rows.stream().filter(r -> is(r, "a", 1)).count());
    assertEquals(3, rows.stream().filter(r -> is(r, "a", 5)).count());
    assertEquals(1, rows.stream().filter(r -> is(r, "a", 9)).count(), "all of them, once");
    assertEquals(3, rows.stream().filter(r -> is(r, "b", 9)).count());
    assertEquals(0, rows.stream().filter(r -> is(r, "<c> ß", 9)).count());
    double one = meanAccuracy(rows, "a", 1);
    double all = meanAccuracy(rows, "a", 9);
    assertTrue(one < all, one + " " + all);
  }

  private static boolean is(Row row, String session, int neurons) {
    return row.getAs("session").equals(session) && row.<Integer>getAs("neurons") == neurons;
  }

  private static double meanAccuracy(List<Row> rows, String session, int neurons) {
    return rows.stream()
        .filter(r -> is(r, session, neurons))
        .mapToDouble(r -> r.<Double>getAs("accuracy"))
        .average()
        .orElseThrow();
  }

  @Test
  void eachWindowIsDecodedByItself() {
    double[] starts = {-0.3, 0, 0.4};
    List<Row> rows = results(decoding().setWindows(starts, 0.5), 2);
    assertEquals(9, rows.size());
    for (int w = 0; w < 3; w++) {
      List<Row> alone = results(decoding().setSampleTimes(starts[w], starts[w] + 0.5), 2);
      assertEquals(alone.get(1).toString(), rows.get(3 + w).toString());
    }
  }

  @Test
  void aWindowWithoutSpikesFailsAlone() {
    List<Row> rows = results(decoding().setWindows(new double[] {-0.3, 0.1}, 0.2), 2);
    assertEquals(6, rows.size());
    assertTrue(rows.get(0).<String>getAs("failure").contains("nothing to decode with"));
    assertEquals(-0.3, rows.get(0).<Double>getAs("start"));
    assertNull(rows.get(1).getAs("failure"));
  }

  @Test
  void decodersGeneraliseOverTime() {
    double[] starts = {-0.3, 0.1, 0.5};
    List<Row> matrix = results(decoding().setWindows(starts, 0.5).setGeneralise(true), 2);
    List<Row> diagonal = results(decoding().setWindows(starts, 0.5), 2);
    assertEquals(27, matrix.size());
    for (Row expected : diagonal) {
      Row ours =
          matrix.stream()
              .filter(r -> r.getAs("session").equals(expected.getAs("session")))
              .filter(r -> r.getAs("start").equals(expected.getAs("start")))
              .filter(r -> r.getAs("testStart").equals(expected.getAs("start")))
              .findFirst()
              .orElseThrow();
      assertEquals(expected.<Double>getAs("accuracy"), ours.<Double>getAs("accuracy"), 1e-12);
    }
    double elsewhere =
        matrix.stream()
            .filter(r -> r.getAs("session").equals("a"))
            .filter(r -> r.<Double>getAs("start") == 0.1 && r.<Double>getAs("testStart") == 0.5)
            .mapToDouble(r -> r.<Double>getAs("accuracy"))
            .findFirst()
            .orElseThrow();
    assertTrue(elsewhere > 0.8, "the same neurons fire all the time: " + elsewhere);
  }

  @Test
  void everyDecoderIsTakenAndSharesTheFolds() {
    List<Row> rows =
        results(
            decoding()
                .setDecoders(Map.of("lda", Decoders.named("lda"), "gnb", Decoders.named("gnb"))),
            2);
    assertEquals(6, rows.size());
    List<Row> gnb = results(decoding().setDecoder("gnb"), 2);
    assertEquals(
        gnb.stream().map(r -> r.<Double>getAs("accuracy")).toList(),
        rows.stream()
            .filter(r -> r.getAs("decoder").equals("gnb"))
            .map(r -> r.<Double>getAs("accuracy"))
            .toList());
  }

  // --- Continuous targets

  private static PopulationDecoding regression() {
    return decoding().setLabelCol("speed").setRegression(2);
  }

  /** Responses of the sampler and reducer, in the order of events. */
  private static Map<String, List<Row>> responses() {
    Dataset<Row> events = THREE.trials(2).withColumnRenamed("speed", "label");
    Dataset<Row> tensor =
        new PeriEventSpikeSampler()
            .setSampleTimes(new double[] {0, 0.25, 0.5})
            .setSpikes(THREE.spikes(2))
            .fit(events)
            .transform(events);
    return new ResponseReducer()
            .setFunc("sum")
            .setSeveralSessions(true)
            .transform(tensor)
            .orderBy("event")
            .collectAsList()
            .stream()
            .collect(Collectors.groupingBy(row -> row.getAs("session")));
  }

  @Test
  void targetsAreThoseOfTheKernelOnTheSamplersResponses() {
    Dataset<Row> decoded = regression().decode(THREE.spikes(3), THREE.trials(2)).cache();
    List<Row> rows = results(decoded);
    assertEquals(3, rows.size());
    Map<String, List<Row>> responses = responses();
    for (Row row : rows) {
      String session = row.getAs("session");
      double[] values =
          responses.get(session).stream()
              .flatMapToDouble(r -> Arrays.stream(r.<Vector>getAs("features").toArray()))
              .toArray();
      double[] target =
          responses.get(session).stream().mapToDouble(r -> r.<Double>getAs("label")).toArray();
      RegressionCrossValidation.Result expected =
          RegressionCrossValidation.run(
              2,
              true,
              new Responses(values, target.length, values.length / target.length),
              target,
              KFold.split(target.length, 5));
      assertArrayEquals(expected.r2(), Recordings.doubles(row, "folds"));
      assertEquals(Recordings.mean(expected.r2()), row.<Double>getAs("r2"));
      assertEquals(Recordings.mean(expected.correlation()), row.<Double>getAs("correlation"));
      assertEquals("ridge-regression", row.getAs("decoder"));
      assertNull(row.getAs("accuracy"));
      assertNull(row.getAs("classes"));
      List<Row> predictions =
          PopulationDecoding.predictions(decoded)
              .where(col("session").equalTo(session))
              .orderBy("event")
              .collectAsList();
      assertArrayEquals(
          expected.prediction(),
          predictions.stream().mapToDouble(r -> r.<Double>getAs("prediction")).toArray());
      assertArrayEquals(
          target, predictions.stream().mapToDouble(r -> r.<Double>getAs("label")).toArray());
      assertNull(predictions.get(0).getAs("probability"));
    }
    assertEquals(0, PopulationDecoding.confusion(decoded).count());
    decoded.unpersist();
  }

  @Test
  void nullTargetsGiveNoVarianceAndAPValue() {
    Dataset<Row> choice =
        THREE.trials(2).withColumn("speed", when(col("choice").equalTo("left"), 1).otherwise(0));
    for (NullLabels.Kind kind :
        List.of(
            NullLabels.Kind.SHUFFLE,
            NullLabels.Kind.CIRCULAR_SHIFT,
            NullLabels.Kind.OTHER_SESSION)) {
      List<Row> rows =
          results(
              regression().setNulls(new NullLabels(kind, 40, 1)).decode(THREE.spikes(2), choice));
      assertEquals(3 * 41, rows.size());
      List<Row> ofA = rows.stream().filter(r -> r.getAs("session").equals("a")).toList();
      Row real = ofA.get(0);
      assertNull(real.getAs("nullIndex"));
      assertTrue(real.<Double>getAs("r2") > 0.5, real.toString());
      assertEquals(1.0 / 41, real.<Double>getAs("pValue"), 1e-15, kind.toString());
      double mean =
          ofA.stream().skip(1).mapToDouble(r -> r.<Double>getAs("r2")).average().orElseThrow();
      assertTrue(mean < 0 && mean > -0.6, kind + " " + mean);
      assertNull(ofA.get(1).getAs("accuracy"));
      assertNull(ofA.get(1).getAs("correlation"));
    }
  }

  @Test
  void nullTargetsOfOtherSessionsAreTheirValues() {
    List<Row> rows =
        results(
            regression()
                .setNulls(new NullLabels(NullLabels.Kind.OTHER_SESSION, 3, 1))
                .decode(THREE.spikes(2), THREE.trials(2)));
    assertEquals(12, rows.size());
    rows.forEach(row -> assertNull(row.getAs("failure"), row.toString()));
    // labels that are equal in all sessions are null labels of the same score, to the bit
    Dataset<Row> equal =
        THREE.trials(2).withColumn("speed", col("event").mod(7).cast("float").divide(3));
    for (Row row :
        results(
            regression()
                .setNulls(new NullLabels(NullLabels.Kind.OTHER_SESSION, 1, 1))
                .decode(THREE.spikes(2).where("session <> 'a'"), equal.where("event < 60")))) {
      if (row.getAs("r2") != null && row.getAs("nullIndex") == null) {
        assertEquals(1.0, row.<Double>getAs("pValue"), row.toString());
      }
    }
  }

  @Test
  void targetsAreRegressedByGroupDrawWindowAndSplit() {
    List<Row> rows =
        results(
            regression()
                .setBy("area")
                .setDraws(new NeuronDraws(new int[] {1, 2}, 2, 1))
                .setWindows(new double[] {0, 0.3}, 0.5)
                .setSplits(Splits.stratified(4, 3, 9))
                .decode(THREE.spikes(2), THREE.trials(2)));
    rows.forEach(row -> assertNull(row.getAs("failure"), row.toString()));
    // 2 windows; 2 draws each of 1 and 2 neurons, but of all neurons one: <c> ß has 2 in B2
    assertEquals(2 * (6 * 4 - 1), rows.size());
    assertEquals(12, rows.get(0).getList(rows.get(0).fieldIndex("folds")).size());
    List<Row> blocks =
        results(
            regression()
                .setSplits(Splits.leaveOneGroupOut())
                .setSplitCol("block")
                .decode(THREE.spikes(2), THREE.trials(2)));
    assertEquals(8, blocks.get(1).getList(blocks.get(1).fieldIndex("folds")).size());
  }

  @Test
  void whatARegressionCannotDoIsRefused() {
    refuses(
        "predicts numbers", regression().setLabelCol("choice"), THREE.spikes(1), THREE.trials(1));
    refuses(
        "neither balance",
        regression().setBalance(Balance.subsample(1)),
        THREE.spikes(1),
        THREE.trials(1));
    List<Row> rows =
        results(regression().decode(THREE.spikes(1), THREE.trials(1).withColumn("speed", lit(2))));
    assertTrue(rows.get(0).<String>getAs("failure").contains("at least 2 values"));
  }

  // --- Splits and nulls

  @Test
  void integerLabelsAreGivenToOtherSessions() {
    PopulationDecoding decoding =
        decoding()
            .setLabelCol("code")
            .setNulls(new NullLabels(NullLabels.Kind.OTHER_SESSION, 4, 1));
    Dataset<Row> coded =
        THREE.trials(2).withColumn("code", when(col("choice").equalTo("left"), 1).otherwise(2));
    List<Row> rows = results(decoding.decode(THREE.spikes(2), coded));
    rows.forEach(row -> assertNull(row.getAs("failure"), row.toString()));
    List<Row> texts = results(decoding.setLabelCol("choice"), 2);
    assertEquals(
        texts.stream().map(row -> row.<Double>getAs("accuracy")).toList(),
        rows.stream().map(row -> row.<Double>getAs("accuracy")).toList());
  }

  @Test
  void aGroupIsLeftOut() {
    PopulationDecoding decoding =
        decoding().setSplits(Splits.leaveOneGroupOut()).setSplitCol("block");
    List<Row> rows = results(decoding, 2);
    assertEquals(8, rows.get(1).getList(rows.get(1).fieldIndex("folds")).size());
    List<Row> predictions =
        PopulationDecoding.predictions(decoding.decode(THREE.spikes(1), THREE.trials(1)))
            .where("session = 'a'")
            .collectAsList();
    predictions.forEach(
        row -> assertEquals(row.<Long>getAs("event") / 10, (long) row.<Integer>getAs("fold")));
  }

  @Test
  void nullLabelsGiveChanceAndAPValue() {
    PopulationDecoding decoding =
        decoding().setNulls(new NullLabels(NullLabels.Kind.SHUFFLE, 40, 1));
    List<Row> rows = results(decoding, 2);
    assertEquals(3 * 41, rows.size());
    Row real = rows.stream().filter(r -> r.getAs("session").equals("a")).findFirst().orElseThrow();
    assertEquals(1.0 / 41, real.<Double>getAs("pValue"), 1e-15);
    assertEquals(40, real.<Integer>getAs("nulls"));
    double mean =
        rows.stream()
            .filter(r -> r.getAs("session").equals("a") && r.getAs("nullIndex") != null)
            .mapToDouble(r -> r.<Double>getAs("accuracy"))
            .average()
            .orElseThrow();
    assertEquals(0.5, mean, 0.06);
    Row last = rows.get(rows.size() - 1);
    assertEquals(39, last.<Integer>getAs("nullIndex"));
    assertNull(last.getAs("pValue"));
    assertNull(last.getAs("folds"));
  }

  @Test
  void otherSessionsGiveTheirLabels() {
    PopulationDecoding decoding =
        decoding().setNulls(new NullLabels(NullLabels.Kind.OTHER_SESSION, 4, 1));
    List<Row> rows = results(decoding, 2);
    assertEquals(15, rows.size());
    rows.forEach(row -> assertNull(row.getAs("failure"), row.toString()));
    Recordings alone = Recordings.none().with("b", 12, 60, 2, 2);
    List<Row> lonely = results(decoding.decode(alone.spikes(1), alone.trials(1)));
    assertTrue(lonely.get(0).<String>getAs("failure").contains("no other session"));
  }

  @Test
  void donorsAreOtherSessionsAndNoMoreThanAsked() {
    Dataset<Row> labelled =
        THREE.trials(2).select(col("session"), col("event"), col("choice").as("label"));
    List<Row> rows = DonorLabels.rows(labelled, 1, 3).collectAsList();
    assertEquals(3, rows.size());
    for (Row row : rows) {
      List<Object> labels = DonorLabels.labels(row.getStruct(SessionTrials.DONOR));
      assertFalse(labels.equals(THREE.choices(row.getString(0))), "its own labels");
      assertTrue(
          List.of("a", "b", "<c> ß").stream()
              .anyMatch(session -> THREE.choices(session).equals(labels)));
    }
    assertEquals(6, DonorLabels.rows(labelled, 50, 3).count());
  }

  @Test
  void classesAreBalanced() {
    List<Row> rows = results(decoding().setBalance(Balance.subsample(1)), 2);
    rows.forEach(row -> assertEquals(0.5, row.<Double>getAs("majorityShare"), 1e-12));
  }

  @Test
  void labelsAreShuffledWithinStrata() {
    PopulationDecoding decoding =
        decoding()
            .setNulls(new NullLabels(NullLabels.Kind.SHUFFLE_WITHIN, 3, 1))
            .setStratumCol("choice"); // within the label itself nothing changes
    for (Row row : results(decoding, 2)) {
      if (row.getAs("nullIndex") == null) {
        assertEquals(1.0, row.<Double>getAs("pValue"));
      }
    }
  }

  // --- Pseudo-populations

  @Test
  void neuronsOfAllSessionsArePooled() {
    Recordings weak = Recordings.none();
    for (int s = 0; s < 6; s++) {
      weak.with("s" + s, 6, 60, 1, 20 + s);
    }
    PopulationDecoding decoding = decoding().setDecoder("gnb").setPseudoPopulation(3, 6, 20, 1);
    List<Row> rows = results(decoding.decode(weak.spikes(2), weak.trials(2)));
    assertEquals(3, rows.size());
    for (Row row : rows) {
      assertEquals("pseudo-population", row.getAs("session"));
      assertEquals(36, row.<Integer>getAs("neurons"));
      assertEquals(6, row.<Integer>getAs("sessions"));
      assertEquals(60L, row.<Long>getAs("events"), "5 folds x 2 classes x 6");
      assertEquals(5, row.getList(row.fieldIndex("folds")).size());
    }
    double alone =
        results(decoding().setDecoder("gnb").decode(weak.spikes(2), weak.trials(2))).stream()
            .mapToDouble(row -> row.<Double>getAs("accuracy"))
            .average()
            .orElseThrow();
    double pooled =
        rows.stream().mapToDouble(row -> row.<Double>getAs("accuracy")).average().orElseThrow();
    assertTrue(pooled > alone + 0.05, pooled + " of all neurons, " + alone + " of one session's");
    for (int partitions : new int[] {1, 5}) {
      assertEquals(
          Recordings.text(rows),
          Recordings.text(
              results(
                  decoding
                      .setPartitions(partitions)
                      .decode(weak.spikes(partitions), weak.trials(partitions)))));
    }
  }

  /** Were a trial in training and test, labels that mean nothing could be decoded. */
  @Test
  void trialsThatTrainDoNotTest() {
    Recordings untuned = Recordings.none();
    for (int s = 0; s < 8; s++) {
      untuned.with("s" + s, 3, 24, 0, 40 + s);
    }
    double accuracy =
        results(
                decoding()
                    .setPseudoPopulation(20, 12, 5, 1)
                    .decode(untuned.spikes(2), untuned.trials(2)))
            .stream()
            .mapToDouble(row -> row.<Double>getAs("accuracy"))
            .average()
            .orElseThrow();
    assertEquals(0.5, accuracy, 0.15);
  }

  @Test
  void aSessionWithTooFewTrialsTakesNoPart() {
    Recordings unequal =
        Recordings.none().with("a", 9, 80, 2, 1).with("b", 9, 30, 2, 2).with("c", 9, 70, 2, 3);
    List<Row> rows =
        results(
            decoding()
                .setBy("area")
                .setPseudoPopulation(2, 3, 20, 1)
                .decode(unequal.spikes(2), unequal.trials(2)));
    assertTrue(session(rows, "b", "failure").contains("fewer than the 20"), Recordings.text(rows));
    assertEquals("2", session(rows, "pseudo-population", "sessions"));
    assertEquals(2 * 2 + 1, rows.size(), "2 areas x 2 resamples");
    refuses(
        "without null labels",
        decoding()
            .setPseudoPopulation(2, 3, 5, 1)
            .setNulls(new NullLabels(NullLabels.Kind.SHUFFLE, 3, 1)),
        THREE.spikes(1),
        THREE.trials(1));
    refuses(
        "minimum", decoding().setPseudoPopulation(2, 3, 1, 1), THREE.spikes(1), THREE.trials(1));
  }

  // --- What cannot be decoded

  @Test
  void aSessionThatCannotBeDecodedHasTheReasonAndTheOthersGoOn() {
    Dataset<Row> trials =
        THREE
            .trials(2)
            .withColumn(
                "choice", when(col("session").equalTo("b"), lit("left")).otherwise(col("choice")));
    List<Row> rows = results(decoding().decode(THREE.spikes(2), trials));
    assertEquals(3, rows.size());
    assertTrue(session(rows, "b", "failure").contains("all labels are left"));
    assertEquals("null", session(rows, "b", "accuracy"));
    assertEquals("60", session(rows, "b", "events"));
    assertEquals("null", session(rows, "a", "failure"));

    rows = results(decoding().decode(THREE.spikes(2).where("session <> 'a'"), THREE.trials(2)));
    assertTrue(session(rows, "a", "failure").contains("no units"));
    assertEquals("null", session(rows, "b", "failure"));
  }

  @Test
  void aSessionWithoutLabelsIsNotOneWithoutUnits() {
    Dataset<Row> trials = THREE.trials(1).withColumn("choice", lit(null).cast("string"));
    List<Row> rows = results(decoding().decode(THREE.spikes(1), trials));
    assertEquals("no event has a label", session(rows, "a", "failure"));
    refuses("increase", decoding().setSampleTimes(0, 0.5, 0.2, 0.6), THREE.spikes(1), trials);
    refuses("one edge", decoding().setSampleTimes(0.5), THREE.spikes(1), trials);
  }

  @Test
  void anEventWithoutAFoldIsOnlyTrainedOn() {
    Dataset<Row> trials =
        THREE
            .trials(1)
            .withColumn(
                "fold",
                when(col("event").lt(10), lit(Double.NaN))
                    .otherwise(col("event").mod(3).cast("double")));
    PopulationDecoding decoding = decoding().setSplits(Splits.predefined()).setSplitCol("fold");
    List<Row> rows = results(decoding.decode(THREE.spikes(1), trials));
    assertEquals(3, rows.get(0).getList(rows.get(0).fieldIndex("folds")).size());
  }

  @Test
  void aFailureIsOfTheDecoderThatFailed() {
    // A class without variance: naive Bayes without smoothing refuses it, the discriminant does
    // not.
    Dataset<Row> trains = THREE.spikes(1).where("neuron <> 'u0'");
    Dataset<Row> silent =
        THREE.spikes(1).where("neuron = 'u0'").withColumn("times", lit(new double[0]));
    PopulationDecoding decoding =
        decoding()
            .setDecoders(
                Map.of(
                    "lda",
                    Decoders.named("lda"),
                    "gnb",
                    Decoders.named("gnb", Map.of("varSmoothing", "0"))));
    List<Row> rows = results(decoding.decode(trains.union(silent), THREE.trials(1)));
    assertEquals(6, rows.size());
    for (Row row : rows) {
      assertEquals(row.getAs("decoder").equals("gnb"), row.getAs("failure") != null);
    }
  }

  @Test
  void aNeuronOfTwoGroupsIsNoticed() {
    Dataset<Row> twice =
        THREE.spikes(1).union(THREE.spikes(1).withColumn("area", lit("elsewhere")));
    List<Row> rows = results(decoding().setBy("area").decode(twice, THREE.trials(1)));
    assertTrue(session(rows, "a", "failure").contains("different groups"));
  }

  @Test
  void anEventTwiceIsNoticed() {
    Dataset<Row> twice = THREE.trials(1).union(THREE.trials(1).where("event = 7"));
    List<Row> rows = results(decoding().decode(THREE.spikes(1), twice));
    assertTrue(session(rows, "a", "failure").contains("event 7 occurs more than once"));
  }

  @Test
  void eventsThatDifferWhenReadAgainAreNoticed() {
    var later =
        udf(
            (UDF1<Double, Double>) time -> time + READS.incrementAndGet() * 1e-6,
            DataTypes.DoubleType);
    Dataset<Row> trials =
        THREE.trials(1).withColumn("time", later.asNondeterministic().apply(col("time")));
    for (PopulationDecoding decoding :
        List.of(decoding(), decoding().setPseudoPopulation(1, 3, 5, 1))) {
      List<Row> rows = results(decoding.decode(THREE.spikes(1), trials));
      assertTrue(session(rows, "a", "failure").contains("different the second time"));
      assertNull(
          results(decoding.decode(THREE.spikes(1), trials.localCheckpoint())).stream()
              .map(row -> row.<String>getAs("failure"))
              .filter(failure -> failure != null)
              .findFirst()
              .orElse(null));
    }
  }

  @Test
  void aSessionWithoutEventsIsNotInTheResult() {
    List<Row> rows =
        results(decoding().decode(THREE.spikes(1), THREE.trials(1).where("session = 'a'")));
    assertEquals(1, rows.size());
    assertEquals(0, results(decoding().decode(THREE.spikes(1), THREE.trials(1).limit(0))).size());
  }

  @Test
  void wrongInputIsRefusedBeforeAnyJob() {
    Dataset<Row> trains = THREE.spikes(1);
    Dataset<Row> trials = THREE.trials(1);
    refuses("no window", new PopulationDecoding().setLabelCol("choice"), trains, trials);
    refuses("colour", decoding().setLabelCol("colour"), trains, trials);
    refuses("depth", decoding().setBy("depth"), trains, trials);
    refuses("an array of seconds", decoding().setTimesCol("area"), trains, trials);
    refuses("give both or neither", decoding(), trains.drop("session"), trials);
    refuses("group or fold", decoding().setSplits(Splits.predefined()), trains, trials);
    refuses("no use", decoding().setSplitCol("block"), trains, trials);
    refuses(
        "within strata",
        decoding().setNulls(new NullLabels(NullLabels.Kind.SHUFFLE_WITHIN, 3, 1)),
        trains,
        trials);
    refuses("at least 2 windows", decoding().setGeneralise(true), trains, trials);
    refuses("integer numbers", decoding().setEventCol("speed"), trains, trials);
    assertThrows(InvalidInputException.class, () -> decoding().setDecoder("oracle"));
    assertThrows(InvalidInputException.class, () -> decoding().setReduce("half"));
    assertThrows(InvalidInputException.class, () -> decoding().setWindows(new double[] {0, 1}, 0));
  }

  private static void refuses(
      String part, PopulationDecoding decoding, Dataset<Row> trains, Dataset<Row> trials) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> decoding.decode(trains, trials));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void integerNeuronsSortByValueAndSeveralRowsAreOneTrain() {
    Dataset<Row> numbered =
        THREE.spikes(2).withColumn("neuron", col("neuron").substr(2, 9).cast("int"));
    Dataset<Row> halves =
        numbered
            .withColumn("times", org.apache.spark.sql.functions.expr("filter(times, t -> t < 40)"))
            .union(
                numbered.withColumn(
                    "times", org.apache.spark.sql.functions.expr("filter(times, t -> t >= 40)")));
    List<Row> whole = results(decoding().decode(numbered, THREE.trials(2)));
    assertEquals(
        Recordings.text(whole),
        Recordings.text(results(decoding().decode(halves, THREE.trials(2)))));
    assertEquals(
        List.of(7, 9, 12), whole.stream().map(r -> r.<Integer>getAs("neurons")).sorted().toList());
    assertEquals(3, IntStream.range(0, whole.size()).count());
  }
}
