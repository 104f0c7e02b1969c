package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuroglia.InvalidInputException;

class LinearDiscriminantAnalysisTest {
  private static final String[] ADDED = {"rawPrediction", "probability", "prediction"};

  @ParameterizedTest
  @CsvSource({"svd, none", "lsqr, none", "lsqr, auto", "eigen, auto", "eigen, 0.2"})
  void everyPartitioningOfCountsGivesTheSameModel(String solver, String shrinkage) {
    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis().setSolver(solver).setShrinkage(shrinkage);
    LinearDiscriminantAnalysisModel one = lda.fit(Trials.named(1));
    for (int partitions : new int[] {2, 7}) {
      LinearDiscriminantAnalysisModel many = lda.fit(Trials.named(partitions));
      assertArrayEquals(one.classLabels(), many.classLabels());
      assertArrayEquals(one.means().toArray(), many.means().toArray());
      // Shrinkage auto sums standardised rows, whose order is that of the partitions.
      double tolerance = shrinkage.equals("auto") ? 1e-12 : 0;
      assertArrayEquals(one.coefficients().toArray(), many.coefficients().toArray(), tolerance);
      assertArrayEquals(one.intercepts().toArray(), many.intercepts().toArray(), tolerance);
      assertEquals(
          one.transform(Trials.named(1)).select("prediction").collectAsList(),
          many.transform(Trials.named(1)).select("prediction").collectAsList());
    }
  }

  @Test
  void everyPartitioningOfOtherResponsesAgreesWithinRounding() {
    LinearDiscriminantAnalysis lda = new LinearDiscriminantAnalysis().setSolver("lsqr");
    double[] one = null;
    for (int partitions : new int[] {1, 2, 7}) {
      double[] coefficients =
          lda.fit(Trials.of(Trials.responses(false), DataTypes.IntegerType, i -> i % 3, partitions))
              .coefficients()
              .toArray();
      one = one == null ? coefficients : one;
      assertArrayEquals(one, coefficients, 1e-12);
    }
  }

  @Test
  void stringsAreTakenAsTheyAre() {
    Dataset<Row> trials = Trials.named(2);
    LinearDiscriminantAnalysisModel model = new LinearDiscriminantAnalysis().fit(trials);
    String[] classes = {"Virginica", "setosa", "versicolor"};
    assertArrayEquals(classes, model.classLabels());
    Dataset<Row> decoded = model.transform(trials);
    assertEquals(DataTypes.StringType, decoded.schema().apply("prediction").dataType());
    assertArrayEquals(classes, Trials.names(decoded.schema().apply("probability")));
    assertArrayEquals(classes, Trials.names(decoded.schema().apply("rawPrediction")));
    double accuracy = new ClassificationEvaluator().evaluate(decoded);
    assertTrue(accuracy > 0.6, () -> "accuracy " + accuracy);
    for (Row row : decoded.collectAsList()) {
      Vector probability = row.getAs("probability");
      assertEquals(row.getAs("prediction"), classes[probability.argmax()]);
      assertEquals(probability.argmax(), row.<Vector>getAs("rawPrediction").argmax());
    }
  }

  @Test
  void anyNumbersAreTakenAsTheyAre() {
    LinearDiscriminantAnalysisModel model =
        new LinearDiscriminantAnalysis().fit(Trials.numbered(new double[] {7, 11, 3}, 2));
    assertArrayEquals(new String[] {"3", "7", "11"}, model.classLabels());
    Dataset<Row> decoded = model.transform(Trials.numbered(new double[] {7, 11, 3}, 2));
    assertEquals(DataTypes.DoubleType, decoded.schema().apply("prediction").dataType());
    assertEquals(3, decoded.first().<Vector>getAs("probability").size());
    assertTrue(new ClassificationEvaluator().evaluate(decoded) > 0.6);
  }

  @Test
  void twoClassesHaveOneDiscriminantAndTwoRawPredictions() {
    Dataset<Row> trials = Trials.numbered(new double[] {-1, 1, 1}, 2);
    LinearDiscriminantAnalysisModel model = new LinearDiscriminantAnalysis().fit(trials);
    assertArrayEquals(new String[] {"-1", "1"}, model.classLabels());
    assertEquals(1, model.coefficients().numRows());
    Vector raw = model.transform(trials).first().getAs("rawPrediction");
    assertEquals(-raw.apply(0), raw.apply(1));
  }

  @Test
  void booleansAreLabelsButLongerThanADoubleAndDatesAreNot() {
    Dataset<Row> booleans =
        Trials.of(Trials.responses(true), DataTypes.BooleanType, i -> i % 3 == 0, 2);
    LinearDiscriminantAnalysisModel model = new LinearDiscriminantAnalysis().fit(booleans);
    assertArrayEquals(new String[] {"0", "1"}, model.classLabels());
    assertTrue(new ClassificationEvaluator().evaluate(model.transform(booleans)) > 0.6);

    long big = (1L << 60) + 1;
    Dataset<Row> longs = Trials.of(Trials.responses(true), DataTypes.LongType, i -> big + i % 3, 2);
    assertTrue(
        messageOf(new LinearDiscriminantAnalysis(), longs).contains("cast the labels to strings"));

    assertEquals(
        "column \"day\" is a date; labels are strings or numbers",
        messageOf(
            new LinearDiscriminantAnalysis().setLabelCol("day"),
            longs.withColumn("day", lit("2026-01-01").cast("date"))));
  }

  @Test
  void rowsWithoutALabelAreLeftOutAndCounted() {
    Dataset<Row> trials = Trials.numbered(new double[] {3, 7, 11}, 2);
    Dataset<Row> some =
        trials.withColumn(
            "label",
            when(col("event").equalTo(4), lit(null))
                .when(col("event").equalTo(40), lit(Double.NaN))
                .otherwise(col("label")));
    LinearDiscriminantAnalysisModel model = new LinearDiscriminantAnalysis().fit(some);
    assertEquals(2, model.unlabelledRows());
    assertEquals(
        new LinearDiscriminantAnalysis().fit(trials.where("event not in (4, 40)")).coefficients(),
        model.coefficients());
    assertEquals(90, model.transform(some).where("prediction is not null").count());
  }

  @Test
  void discriminantAxesAreAnOptionalColumn() {
    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis().setDiscriminantCol("axes").setProbabilityCol("");
    Dataset<Row> decoded = lda.fit(Trials.named(2)).transform(Trials.named(2));
    assertArrayEquals(
        new String[] {"event", "label", "features", "rawPrediction", "prediction", "axes"},
        decoded.columns());
    assertEquals(2, decoded.first().<Vector>getAs("axes").size());
    assertEquals(
        1,
        lda.setNComponents(1)
            .fit(Trials.named(2))
            .transform(Trials.named(2))
            .first()
            .<Vector>getAs("axes")
            .size());
    assertTrue(messageOf(lda.setSolver("lsqr"), Trials.named(2)).contains("no discriminant axes"));
  }

  @Test
  void transformSchemaIsWhatTransformGives() {
    Dataset<Row> trials = Trials.named(2);
    LinearDiscriminantAnalysisModel model =
        new LinearDiscriminantAnalysis().setDiscriminantCol("axes").fit(trials);
    assertEquals(
        List.of(model.transformSchema(trials.schema()).fieldNames()),
        List.of(model.transform(trials).columns()));
    for (String column : ADDED) {
      assertEquals(
          model.transformSchema(trials.schema()).apply(column).dataType(),
          model.transform(trials).schema().apply(column).dataType());
      assertEquals(
          model.transformSchema(trials.schema()).apply(column).metadata(),
          model.transform(trials).schema().apply(column).metadata());
    }
  }

  private static String messageOf(LinearDiscriminantAnalysis lda, Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> lda.fit(rows)).getMessage();
  }

  @Test
  void wrongInputIsNamed() {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        "the rows have no column \"image\"; the columns are event, label, features",
        messageOf(new LinearDiscriminantAnalysis().setLabelCol("image"), trials));
    assertTrue(
        messageOf(new LinearDiscriminantAnalysis().setFeaturesCol("event"), trials)
            .contains("a Vector is needed"));
    assertTrue(
        messageOf(new LinearDiscriminantAnalysis().setSolver("qr"), trials)
            .contains("svd, lsqr or eigen"));
    assertTrue(
        messageOf(new LinearDiscriminantAnalysis().setShrinkage("some"), trials)
            .contains("none, auto or a number"));
    assertTrue(
        messageOf(new LinearDiscriminantAnalysis().setShrinkage("auto"), trials)
            .contains("svd does not shrink"));
    assertTrue(
        messageOf(new LinearDiscriminantAnalysis(), trials.withColumn("prediction", lit("already")))
            .contains("already have a column \"prediction\""));
    assertEquals(
        "LinearDiscriminantAnalysis: all labels in column \"label\" are setosa; a decoder needs at"
            + " least 2 classes",
        messageOf(new LinearDiscriminantAnalysis(), trials.where("label = 'setosa'")));
    assertEquals(
        "LinearDiscriminantAnalysis: no row has a label in column \"label\"",
        messageOf(
            new LinearDiscriminantAnalysis(),
            trials.withColumn("label", lit(null).cast("string"))));
    assertTrue(
        messageOf(new LinearDiscriminantAnalysis().setPriors(0.5, 0.5), trials)
            .contains("2 priors for 3 classes"));
  }

  @Test
  void nanIsNamedByNeuron() {
    List<double[]> rows = Trials.responses(true);
    rows.get(3)[2] = Double.NaN;
    assertTrue(
        messageOf(
                new LinearDiscriminantAnalysis(),
                Trials.of(rows, DataTypes.IntegerType, i -> i % 3, 2))
            .contains("NaN, and decoders take finite numbers only, for neuron c3"));
  }

  @Test
  void nanIsRefusedByTransformToo() {
    List<double[]> rows = Trials.responses(true);
    rows.get(3)[2] = Double.NaN;
    LinearDiscriminantAnalysisModel model = new LinearDiscriminantAnalysis().fit(Trials.named(2));
    Dataset<Row> nan = Trials.of(rows, DataTypes.IntegerType, i -> i % 3, 2);
    assertThrows(Exception.class, () -> model.transform(nan).collectAsList());
  }

  @Test
  void rowsOfDifferentWidthAreRefused() {
    List<double[]> rows = Trials.responses(true);
    rows.set(70, new double[] {1, 2, 3, 4});
    assertTrue(
        messageOf(
                new LinearDiscriminantAnalysis(),
                Trials.of(rows, DataTypes.IntegerType, i -> i % 3, 3))
            .contains("different width"));
  }

  @Test
  void aPipelineIsSavedAndLoaded(@TempDir Path directory) throws Exception {
    Dataset<Row> trials = Trials.named(2);
    PipelineModel model =
        new Pipeline()
            .setStages(new PipelineStage[] {new StandardScaler(), new LinearDiscriminantAnalysis()})
            .fit(trials);
    String path = directory.resolve("pipeline").toString();
    model.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertEquals(
        model.transform(trials).select("probability", "prediction").collectAsList(),
        loaded.transform(trials).select("probability", "prediction").collectAsList());
    LinearDiscriminantAnalysisModel saved = (LinearDiscriminantAnalysisModel) model.stages()[1];
    LinearDiscriminantAnalysisModel lda = (LinearDiscriminantAnalysisModel) loaded.stages()[1];
    assertEquals(saved.uid(), lda.uid());
    assertArrayEquals(saved.classLabels(), lda.classLabels());
    assertEquals(saved.means(), lda.means());
    assertEquals(saved.scalings(), lda.scalings());
    assertEquals(saved.explainedVarianceRatio(), lda.explainedVarianceRatio());
    assertFalse(lda.covariance().isPresent());
  }

  @Test
  void anEstimatorIsSavedAndLoadedWithItsParams(@TempDir Path directory) throws Exception {
    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis()
            .setSolver("eigen")
            .setShrinkage(0.25)
            .setPriors(0.2, 0.3, 0.5)
            .setNComponents(2)
            .setTol(1e-3)
            .setStoreCovariance(true)
            .setPredictionCol("guess");
    String path = directory.resolve("lda").toString();
    lda.write().save(path);
    LinearDiscriminantAnalysis loaded = LinearDiscriminantAnalysis.load(path);
    assertEquals("eigen", loaded.getSolver());
    assertEquals("0.25", loaded.getShrinkage());
    assertEquals(2, loaded.getNComponents());
    assertEquals(1e-3, loaded.getTol());
    assertTrue(loaded.getStoreCovariance());
    assertEquals("guess", loaded.getPredictionCol());
    assertArrayEquals(new double[] {0.2, 0.3, 0.5}, loaded.getPriors());
    LinearDiscriminantAnalysis copy = lda.copy(new ParamMap().put(lda.shrinkage(), "auto"));
    assertEquals("auto", copy.getShrinkage());
    assertEquals("0.25", lda.getShrinkage());
    LinearDiscriminantAnalysisModel model = copy.fit(Trials.named(2));
    assertEquals(copy, model.parent());
    assertEquals("guess", model.copy(new ParamMap()).getPredictionCol());
  }

  @Test
  void mllibsCrossValidatorChoosesTheShrinkage() {
    LinearDiscriminantAnalysis lda = new LinearDiscriminantAnalysis().setSolver("lsqr");
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                lda.shrinkage(),
                scala.jdk.javaapi.CollectionConverters.asScala(List.of("none", "auto", "1.0")))
            .build();
    Dataset<Row> folded = Trials.named(2).withColumn("fold", col("event").mod(2).cast("int"));
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(lda)
            .setEvaluator(new ClassificationEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setFoldCol("fold")
            .fit(folded);
    assertEquals(3, model.avgMetrics().length);
    for (double accuracy : model.avgMetrics()) {
      assertTrue(accuracy > 0.55, () -> "accuracy " + accuracy);
    }
  }
}
