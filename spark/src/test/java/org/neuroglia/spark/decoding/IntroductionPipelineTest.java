package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.NaturalImageSession;
import org.neuroglia.golden.GoldenArchive;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;
import org.neuroglia.spark.tensor.ResponseReducer;

/** The stages of the introduction composed: with each other, with MLlib's, saved, loaded, tuned. */
class IntroductionPipelineTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final double[] EDGES = {0.1, 0.2, 0.3};

  private static Dataset<Row> spikes;
  private static Dataset<Row> events;

  @BeforeAll
  static void generate() {
    NaturalImageSession session =
        NaturalImageSession.builder().units(12).images(3).repeats(24).tuning(1).seed(5).build();
    List<Row> trains = new ArrayList<>();
    for (int k = 0; k < session.units().size(); k++) {
      trains.add(RowFactory.create(session.units().get(k), session.train(k)));
    }
    spikes =
        SPARK.createDataFrame(
            trains,
            new StructType()
                .add("neuron", "string")
                .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false)));
    List<Row> presentations = new ArrayList<>();
    for (int e = 0; e < session.events(); e++) {
      presentations.add(
          RowFactory.create((long) e, session.times()[e], "image " + session.imageIds()[e]));
    }
    events =
        SPARK.createDataFrame(
            presentations,
            new StructType().add("event", "long").add("time", "double").add("image", "string"));
  }

  private static PeriEventSpikeSampler sampler() {
    return new PeriEventSpikeSampler().setSampleTimes(EDGES).setSpikes(spikes);
  }

  private static PipelineStage[] stages(PipelineStage... last) {
    List<PipelineStage> stages = new ArrayList<>();
    stages.add(sampler());
    stages.add(new ResponseReducer().setFunc("sum"));
    stages.addAll(Arrays.asList(last));
    return stages.toArray(PipelineStage[]::new);
  }

  private static Pipeline lda() {
    return decodedBy(new LinearDiscriminantAnalysis().setLabelCol("image"));
  }

  private static Pipeline decodedBy(PipelineStage decoder) {
    return new Pipeline().setStages(stages(new StandardScaler(), decoder));
  }

  private static List<PipelineStage> decoders() {
    return List.of(
        new LinearDiscriminantAnalysis().setLabelCol("image"),
        new QuadraticDiscriminantAnalysis().setLabelCol("image").setRegParam(0.5),
        new GaussianNB().setLabelCol("image"),
        new KNeighborsClassifier().setLabelCol("image"));
  }

  private static final ClassificationEvaluator ACCURACY =
      new ClassificationEvaluator().setLabelCol("image");

  private static Dataset<Row> train() {
    return events.where("event % 3 != 0");
  }

  private static Dataset<Row> test() {
    return events.where("event % 3 = 0");
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void imagesAreDecodedFromSpikes(PipelineStage decoder) {
    double accuracy = ACCURACY.evaluate(decodedBy(decoder).fit(train()).transform(test()));
    assertTrue(accuracy > 0.6, "accuracy " + accuracy);
  }

  @Test
  void mllibsScalerWorksInPlaceOfOurs() {
    PipelineStage scaler =
        new org.apache.spark.ml.feature.StandardScaler()
            .setInputCol("features")
            .setOutputCol("scaled")
            .setWithMean(true);
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                stages(
                    scaler,
                    new LinearDiscriminantAnalysis()
                        .setFeaturesCol("scaled")
                        .setLabelCol("image")));
    double accuracy = ACCURACY.evaluate(pipeline.fit(train()).transform(test()));
    assertTrue(accuracy > 0.6, "accuracy " + accuracy);
  }

  @Test
  void partitionsDoNotChangeThePredictions() {
    List<String> expected = null;
    for (int partitions : new int[] {1, 2, 7}) {
      PipelineModel model = lda().fit(train().repartition(partitions));
      List<String> predicted =
          model.transform(test()).orderBy("event").select("prediction").collectAsList().stream()
              .map(row -> row.getString(0))
              .toList();
      expected = expected == null ? predicted : expected;
      assertEquals(expected, predicted);
    }
  }

  @Test
  void neuronNamesReachTheFeatures() {
    Dataset<Row> features = lda().fit(train()).transform(test());
    var group =
        org.apache.spark.ml.attribute.AttributeGroup.fromStructField(
            features.schema().apply("features"));
    List<String> neurons =
        spikes.orderBy("neuron").collectAsList().stream().map(row -> row.getString(0)).toList();
    for (int k = 0; k < neurons.size(); k++) {
      assertEquals(neurons.get(k), group.getAttr(k).name().get());
    }
  }

  @Test
  void savedPipelinesDecodeInAFreshJvmUnderKryo(@TempDir Path directory) throws Exception {
    List<String> saved = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (PipelineStage decoder : decoders()) {
      PipelineModel model = decodedBy(decoder).fit(train());
      saved.add(directory.resolve(decoder.uid()).toString());
      model.save(saved.get(saved.size() - 1));
      double accuracy = ACCURACY.evaluate(model.transform(test()));
      expected.add("accuracy of " + decoder.uid() + " " + accuracy);
    }
    String trains = directory.resolve("trains").toString();
    String presentations = directory.resolve("events").toString();
    spikes.write().parquet(trains);
    test().write().parquet(presentations);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.startsWith("-XX:+Ignore"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dspark.serializer=org.apache.spark.serializer.KryoSerializer",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FreshJvm.class.getName(),
            trains,
            presentations));
    command.addAll(saved);
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(0, exit, printed);
    for (String line : expected) {
      assertTrue(printed.contains(line), () -> line + " is not in " + printed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LogisticRegression", "RandomForest", "NaiveBayes"})
  void mllibsClassifiersTakeOurFeatures(String name, @TempDir Path directory) throws Exception {
    PipelineStage classifier =
        switch (name) {
          case "LogisticRegression" -> new LogisticRegression().setLabelCol("index");
          case "RandomForest" -> new RandomForestClassifier().setLabelCol("index").setSeed(1);
          default -> new NaiveBayes().setLabelCol("index");
        };
    String[] images = {"image 0", "image 1", "image 2"};
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                stages(
                    new StringIndexer()
                        .setInputCol("image")
                        .setOutputCol("index")
                        .setStringOrderType("alphabetAsc"),
                    classifier,
                    new IndexToString()
                        .setInputCol("prediction")
                        .setOutputCol("predicted")
                        .setLabels(images)));
    PipelineModel model = pipeline.fit(train());
    String path = directory.resolve("model").toString();
    model.save(path);
    PipelineModel loaded = PeriEventSpikeSamplerModel.setSpikes(PipelineModel.load(path), spikes);
    double accuracy =
        new ClassificationEvaluator()
            .setLabelCol("image")
            .setPredictionCol("predicted")
            .evaluate(loaded.transform(test()));
    assertTrue(accuracy > 0.5, name + " " + accuracy);
  }

  @Test
  void crossValidatorChoosesTheWindow() throws Exception {
    PeriEventSpikeSampler sampler = sampler();
    LinearDiscriminantAnalysis lda = new LinearDiscriminantAnalysis().setLabelCol("image");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  sampler, new ResponseReducer().setFunc("sum"), new StandardScaler(), lda
                });
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                sampler.sampleTimes(),
                scala.jdk.javaapi.CollectionConverters.asScala(
                    List.of(new double[] {-1000, -999.9}, EDGES)))
            .build();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEstimatorParamMaps(grid)
            .setEvaluator(ACCURACY)
            .setNumFolds(3)
            .setFoldCol("fold")
            .fit(events.withColumn("fold", col("event").mod(3).cast("int")));
    double before = model.avgMetrics()[0];
    double during = model.avgMetrics()[1];
    assertTrue(during > before + 0.2, before + " before, " + during + " during");
    PipelineModel best = (PipelineModel) model.bestModel();
    assertArrayEquals(EDGES, ((PeriEventSpikeSamplerModel) best.stages()[0]).getSampleTimes());
  }

  @Test
  void sessionsWithDifferentNeuronsAreRefusedByNameAtFit() {
    Dataset<Row> two =
        spikes
            .withColumn("session", org.apache.spark.sql.functions.lit("monday"))
            .union(
                spikes
                    .limit(5)
                    .withColumn("session", org.apache.spark.sql.functions.lit("tuesday")));
    Dataset<Row> both = events.withColumn("session", org.apache.spark.sql.functions.lit("monday"));
    PipelineStage[] stages = {
      new PeriEventSpikeSampler().setSampleTimes(EDGES).setSpikes(two),
      new ResponseReducer().setFunc("sum"),
      new LinearDiscriminantAnalysis().setLabelCol("image")
    };
    String message =
        assertThrows(InvalidInputException.class, () -> new Pipeline().setStages(stages).fit(both))
            .getMessage();
    assertTrue(
        message.contains("session \"monday\" has 12 neurons and session \"tuesday\" 5"), message);
  }

  /** The split and the count of session_x1 that scikit-learn gave. */
  @Test
  void theIntroductionHas702Of1964Right() throws Exception {
    String file = SharedFiles.file("session_x1.nwb").toString();
    List<String> split = GoldenArchive.of("session_x1").lines("split.csv");
    Dataset<Row> units = SPARK.read().format("nwb").option("table", "units").load(file);
    Dataset<Row> images =
        SPARK
            .read()
            .format("nwb")
            .option("table", "natural_images")
            .option("columns", "time,end_time,image_id")
            .load(file)
            .join(
                SPARK
                    .read()
                    .option("header", "true")
                    .schema("event LONG, image LONG, split STRING, cv_fold INT")
                    .csv(SPARK.createDataset(split, Encoders.STRING()))
                    .select("event", "split"),
                "event");
    double[] edges = new double[25];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = 0.1 + i * ((0.1 + 0.01) - 0.1);
    }
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new PeriEventSpikeSampler().setSampleTimes(edges).setSpikes(units),
                  new ResponseReducer().setFunc("sum"),
                  new StandardScaler(),
                  new LinearDiscriminantAnalysis().setLabelCol("image_id")
                })
            .fit(images.where("split = 'train'"));
    Dataset<Row> predicted = model.transform(images.where("split = 'test'"));
    assertEquals(1964, predicted.count());
    assertEquals(702, predicted.where("prediction = image_id").count());
    Vector first = predicted.select("features").first().getAs(0);
    assertEquals(69, first.size());
  }
}
