package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;

/** What holds of every decoder; what one alone does is tested in its own class. */
class DecoderStagesTest {
  static Stream<DecoderEstimator<?, ?>> decoders() {
    return Stream.of(
        new LinearDiscriminantAnalysis(),
        new QuadraticDiscriminantAnalysis(),
        new GaussianNB(),
        new KNeighborsClassifier(),
        new NearestCentroid(),
        new MaximumCorrelation(),
        new RidgeClassifier());
  }

  private static final String[] ADDED = {"rawPrediction", "probability", "prediction"};

  private static List<Row> decoded(Dataset<Row> decoded) {
    return decoded.orderBy("event").select("event", ADDED).collectAsList();
  }

  private static String messageOf(DecoderEstimator<?, ?> decoder, Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> decoder.fit(rows)).getMessage();
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void everyPartitioningOfCountsGivesTheSameToTheBit(DecoderEstimator<?, ?> decoder) {
    Dataset<Row> trials = Trials.named(1);
    List<Row> one = decoded(decoder.fit(trials).transform(trials));
    assertEquals(Trials.EVENTS, one.size());
    for (int partitions : new int[] {2, 7, 50}) {
      Dataset<Row> many = Trials.named(partitions);
      assertEquals(one, decoded(decoder.fit(many).transform(many)));
    }
    Dataset<Row> reversed = trials.orderBy(col("event").desc());
    assertEquals(one, decoded(decoder.fit(reversed).transform(trials)));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void everyPartitioningOfOtherResponsesAgreesWithinRounding(DecoderEstimator<?, ?> decoder) {
    List<Row> one = null;
    for (int partitions : new int[] {1, 2, 7}) {
      Dataset<Row> trials =
          Trials.of(Trials.responses(false), DataTypes.IntegerType, i -> i % 3, partitions);
      List<Row> rows = decoded(decoder.fit(trials).transform(trials));
      one = one == null ? rows : one;
      for (int i = 0; i < rows.size(); i++) {
        assertEquals(one.get(i).<Double>getAs("prediction"), rows.get(i).getAs("prediction"));
        assertArrayEquals(
            one.get(i).<Vector>getAs("probability").toArray(),
            rows.get(i).<Vector>getAs("probability").toArray(),
            1e-12);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void stringsAreTakenAsTheyAre(DecoderEstimator<?, ?> decoder) {
    Dataset<Row> trials = Trials.named(2);
    FittedDecoder<?, ?> model = decoder.fit(trials);
    String[] classes = {"Virginica", "setosa", "versicolor"};
    assertArrayEquals(classes, model.classLabels());
    assertEquals(3, model.numClasses());
    assertEquals(3, model.numFeatures());
    Dataset<Row> decoded = model.transform(trials);
    assertEquals(DataTypes.StringType, decoded.schema().apply("prediction").dataType());
    assertArrayEquals(classes, Trials.names(decoded.schema().apply("probability")));
    assertArrayEquals(classes, Trials.names(decoded.schema().apply("rawPrediction")));
    double accuracy = new ClassificationEvaluator().evaluate(decoded);
    assertTrue(accuracy > 0.6, () -> "accuracy " + accuracy);
    for (Row row : decoded.collectAsList()) {
      double[] probability = row.<Vector>getAs("probability").toArray();
      assertEquals(1, Arrays.stream(probability).sum(), 1e-12);
      int best = row.<Vector>getAs("rawPrediction").argmax();
      assertEquals(row.getAs("prediction"), classes[best]);
      assertEquals(Arrays.stream(probability).max().orElseThrow(), probability[best]);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void anyNumbersAreTakenAsTheyAre(DecoderEstimator<?, ?> decoder) {
    int[] labels = {7, 11, 3};
    Dataset<Row> trials =
        Trials.of(Trials.responses(true), DataTypes.IntegerType, i -> labels[i % 3], 2);
    FittedDecoder<?, ?> model = decoder.fit(trials);
    assertArrayEquals(new String[] {"3", "7", "11"}, model.classLabels());
    Dataset<Row> decoded = model.transform(trials);
    assertEquals(DataTypes.DoubleType, decoded.schema().apply("prediction").dataType());
    assertEquals(3, decoded.first().<Vector>getAs("probability").size());
    assertTrue(new ClassificationEvaluator().evaluate(decoded) > 0.6);
    assertEquals(0, decoded.where("prediction not in (3, 7, 11)").count());
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void rowsWithoutALabelAreLeftOutAndCounted(DecoderEstimator<?, ?> decoder) {
    Dataset<Row> trials = Trials.numbered(new double[] {3, 7, 11}, 2);
    Dataset<Row> some =
        trials.withColumn(
            "label",
            when(col("event").equalTo(4), lit(null))
                .when(col("event").equalTo(40), lit(Double.NaN))
                .otherwise(col("label")));
    FittedDecoder<?, ?> model = decoder.fit(some);
    assertEquals(2, model.unlabelledRows());
    assertEquals(
        decoded(decoder.fit(trials.where("event not in (4, 40)")).transform(trials)),
        decoded(model.transform(some)));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void transformSchemaIsWhatTransformGives(DecoderEstimator<?, ?> decoder) {
    Dataset<Row> trials = Trials.named(2);
    FittedDecoder<?, ?> model = decoder.fit(trials);
    assertEquals(
        List.of("event", "label", "features", "rawPrediction", "probability", "prediction"),
        List.of(model.transform(trials).columns()));
    assertArrayEquals(
        model.transform(trials).columns(), decoder.transformSchema(trials.schema()).fieldNames());
    for (String column : ADDED) {
      assertEquals(
          model.transformSchema(trials.schema()).apply(column).dataType(),
          model.transform(trials).schema().apply(column).dataType());
      assertEquals(
          model.transformSchema(trials.schema()).apply(column).metadata(),
          model.transform(trials).schema().apply(column).metadata());
    }
    Dataset<Row> predicted =
        decoder
            .copy(
                new ParamMap()
                    .put(decoder.rawPredictionCol(), "")
                    .put(decoder.probabilityCol(), ""))
            .fit(trials)
            .transform(trials);
    assertArrayEquals(
        new String[] {"event", "label", "features", "prediction"}, predicted.columns());
    assertEquals(
        model.transform(trials).select("event", "prediction").orderBy("event").collectAsList(),
        predicted.select("event", "prediction").orderBy("event").collectAsList());
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void wrongInputIsNamed(DecoderEstimator<?, ?> decoder) {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        "the rows have no column \"image\"; the columns are event, label, features",
        messageOf(decoder.copy(new ParamMap().put(decoder.labelCol(), "image")), trials));
    assertEquals(
        "the rows have no column \"counts\"; the columns are event, label, features",
        messageOf(decoder.copy(new ParamMap().put(decoder.featuresCol(), "counts")), trials));
    assertTrue(
        messageOf(decoder.copy(new ParamMap().put(decoder.featuresCol(), "event")), trials)
            .contains("a Vector is needed"));
    assertTrue(
        messageOf(decoder, trials.withColumn("prediction", lit("already")))
            .contains("already have a column \"prediction\""));
    assertTrue(
        messageOf(decoder, trials.withColumn("label", lit("2026-01-01").cast("date")))
            .contains("labels are strings or numbers"));
    FittedDecoder<?, ?> model = decoder.fit(trials);
    assertTrue(
        assertThrows(InvalidInputException.class, () -> model.transform(trials.drop("features")))
            .getMessage()
            .contains("the columns are event, label"));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void fewerThanTwoClassesAreRefused(DecoderEstimator<?, ?> decoder) {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        decoder.stage()
            + ": all labels in column \"label\" are setosa; a decoder needs at least 2 classes",
        messageOf(decoder, trials.where("label = 'setosa'")));
    String none = decoder.stage() + ": no row has a label in column \"label\"";
    assertEquals(none, messageOf(decoder, trials.withColumn("label", lit(null).cast("string"))));
    assertEquals(none, messageOf(decoder, trials.where("event < 0")));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void nothingIsDecodedFromNothing(DecoderEstimator<?, ?> decoder) {
    Dataset<Row> trials = Trials.named(2);
    FittedDecoder<?, ?> model = decoder.fit(trials);
    assertEquals(0, model.transform(trials.where("event < 0")).count());
    Dataset<Row> nulls = trials.withColumn("features", when(col("event").gt(0), col("features")));
    Row first = model.transform(nulls).orderBy("event").first();
    for (String column : ADDED) {
      assertNull(first.getAs(column));
    }
    assertEquals("a labelled row has no features: they are null", messageOf(decoder, nulls));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void nanInfinitiesAndOtherWidthsAreRefused(DecoderEstimator<?, ?> decoder) {
    FittedDecoder<?, ?> model = decoder.fit(Trials.named(2));
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      List<double[]> rows = Trials.responses(true);
      rows.get(3)[2] = value;
      Dataset<Row> bad = Trials.of(rows, DataTypes.IntegerType, i -> i % 3, 2);
      assertTrue(
          messageOf(decoder, bad)
              .contains(value + ", and decoders take finite numbers only, for neuron c3"));
      assertThrows(Exception.class, () -> model.transform(bad).collectAsList());
    }
    List<double[]> rows = Trials.responses(true);
    rows.set(70, new double[] {1, 2, 3, 4});
    assertTrue(
        messageOf(decoder, Trials.of(rows, DataTypes.IntegerType, i -> i % 3, 3))
            .contains("different width"));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void aPipelineIsSavedAndLoaded(DecoderEstimator<?, ?> decoder, @TempDir Path directory)
      throws Exception {
    Dataset<Row> trials =
        Trials.numbered(new double[] {3, 7, 11}, 2)
            .withColumn("label", when(col("event").gt(2), col("label")));
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {new StandardScaler(), decoder}).fit(trials);
    String path = directory.resolve("pipeline").toString();
    model.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertEquals(decoded(model.transform(trials)), decoded(loaded.transform(trials)));
    FittedDecoder<?, ?> saved = (FittedDecoder<?, ?>) model.stages()[1];
    FittedDecoder<?, ?> read = (FittedDecoder<?, ?>) loaded.stages()[1];
    assertEquals(saved.uid(), read.uid());
    assertEquals(3, read.unlabelledRows());
    assertArrayEquals(saved.classLabels(), read.classLabels());

    String again = directory.resolve("again").toString(); // what was loaded can be saved
    loaded.write().save(again);
    assertEquals(
        decoded(model.transform(trials)), decoded(PipelineModel.load(again).transform(trials)));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void textLabelsAreSavedToo(DecoderEstimator<?, ?> decoder, @TempDir Path directory)
      throws Exception {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {decoder});
    String path = directory.resolve("estimator").toString();
    pipeline.write().save(path);
    PipelineModel model = Pipeline.load(path).fit(Trials.named(2));
    model.write().overwrite().save(directory.resolve("model").toString());
    assertEquals(
        decoded(pipeline.fit(Trials.named(3)).transform(Trials.named(3))),
        decoded(
            PipelineModel.load(directory.resolve("model").toString()).transform(Trials.named(3))));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void copiesKeepTheirParams(DecoderEstimator<?, ?> decoder) {
    DecoderEstimator<?, ?> copy =
        decoder.copy(new ParamMap().put(decoder.predictionCol(), "guess"));
    assertEquals("guess", copy.getPredictionCol());
    assertEquals("prediction", decoder.getPredictionCol());
    assertEquals(decoder.uid(), copy.uid());
    FittedDecoder<?, ?> model = copy.fit(Trials.named(2));
    assertEquals(copy, model.parent());
    FittedDecoder<?, ?> copied =
        model.copy(new ParamMap().put(model.probabilityCol(), "confidence"));
    assertEquals("guess", copied.getPredictionCol());
    assertEquals(copy, copied.parent());
    assertTrue(
        List.of(copied.transform(Trials.named(2)).columns())
            .containsAll(List.of("guess", "confidence")));
    assertFalse(List.of(model.transform(Trials.named(2)).columns()).contains("confidence"));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void theModelEqualsTheArithmetic(DecoderEstimator<?, ?> decoder) {
    org.neuroglia.decoding.split.Responses rows =
        org.neuroglia.decoding.split.Responses.of(Trials.responses(false).toArray(new double[0][]));
    int[] y = IntStream.range(0, Trials.EVENTS).map(i -> i % 3).toArray();
    double[] expected = decoder.kernel().fit(rows, y, 3).probability(rows);
    Dataset<Row> trials = Trials.of(Trials.responses(false), DataTypes.LongType, i -> i % 3L, 4);
    double[] actual =
        decoded(decoder.fit(trials).transform(trials)).stream()
            .flatMapToDouble(row -> Arrays.stream(row.<Vector>getAs("probability").toArray()))
            .toArray();
    assertArrayEquals(expected, actual, 1e-12);
  }
}
