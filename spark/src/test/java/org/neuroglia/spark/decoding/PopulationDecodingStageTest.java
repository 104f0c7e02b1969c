package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.StageCases;

/** PopulationDecoding as pipelines and Python have it: by params, of spikes that are named. */
@Tag("generated-code")
class PopulationDecodingStageTest {
  private static final Recordings TWO =
      Recordings.none().with("a", 9, 60, 2, 1).with("b", 7, 50, 1, 2);

  private static PopulationDecoding stage() {
    return new PopulationDecoding().setLabelCol("choice").setSampleTimes(0, 0.25, 0.5);
  }

  /** A stage with params as Python sets them. */
  private static PopulationDecoding withParams(Map<String, Object> params) {
    PopulationDecoding stage = new PopulationDecoding();
    stage.set("labelCol", "choice");
    stage.set("sampleTimes", new double[] {0, 0.25, 0.5});
    params.forEach(stage::set);
    return stage;
  }

  private static List<String> text(Dataset<Row> rows) {
    return StageCases.text(rows);
  }

  private static void assertSame(PopulationDecoding byParams, PopulationDecoding bySetters) {
    List<String> expected = text(bySetters.decode(TWO.spikes(2), TWO.trials(1)));
    assertTrue(expected.size() > 1);
    assertEquals(expected, text(byParams.setSpikes(TWO.spikes(2)).transform(TWO.trials(1))));
  }

  @Test
  void paramsAreTheSettersInWordsAndNumbers() {
    assertSame(
        withParams(
            Map.of(
                "seed",
                9L,
                "folds",
                4,
                "repeats",
                2,
                "permutations",
                3,
                "nullLabels",
                "circular-shift",
                "by",
                "area",
                "balance",
                true)),
        stage()
            .setSplits(Splits.stratified(4, 2, 9))
            .setNulls(new NullLabels(NullLabels.Kind.CIRCULAR_SHIFT, 3, 9))
            .setBalance(Balance.subsample(9))
            .setBy("area"));
    assertSame(
        withParams(
            Map.of(
                "decoder",
                new String[] {"lda", "knn"},
                "decoderSettings",
                new String[] {"solver=lsqr", "nNeighbors=3"},
                "neurons",
                new int[] {2, 5},
                "draws",
                3,
                "drawSeed",
                4L,
                "standardise",
                false)),
        stage()
            .setDecoders(
                new LinkedHashMap<>(
                    Map.of(
                        "lda", Decoders.named("lda", Map.of("solver", "lsqr")),
                        "knn", Decoders.named("knn", Map.of("nNeighbors", "3")))))
            .setDraws(new NeuronDraws(new int[] {2, 5}, 3, 4))
            .setStandardise(false));
    assertSame(
        withParams(Map.of("splits", "leave-one-group-out", "splitCol", "block", "reduce", "max")),
        stage().setSplits(Splits.leaveOneGroupOut()).setSplitCol("block").setReduce("max"));
    assertSame(
        withParams(Map.of("splits", "test-share", "testSize", 0.3, "seed", 5L, "partitions", 3)),
        stage().setSplits(Splits.testShare(0.3, 1, 5)));
    assertSame(
        withParams(
            Map.of(
                "permutations",
                2,
                "nullLabels",
                "shuffle-within",
                "stratumCol",
                "block",
                "nullSeed",
                3L)),
        stage()
            .setNulls(new NullLabels(NullLabels.Kind.SHUFFLE_WITHIN, 2, 3))
            .setStratumCol("block"));
    assertSame(
        withParams(
            Map.of(
                "pseudoPopulation",
                true,
                "resamples",
                2,
                "trials",
                4,
                "minTrials",
                10,
                "resampleSeed",
                6L)),
        stage().setPseudoPopulation(2, 4, 10, 6));
    PopulationDecoding windows = withParams(Map.of("generalise", true, "windowWidth", 0.3));
    windows.clear(windows.sampleTimes());
    windows.set("windowStarts", new double[] {0, 0.2});
    assertSame(
        windows,
        new PopulationDecoding()
            .setLabelCol("choice")
            .setWindows(new double[] {0, 0.2}, 0.3)
            .setGeneralise(true));
    PopulationDecoding regression =
        withParams(
            Map.of(
                "decoder", new String[] {"ridge-regression"},
                "decoderSettings", new String[] {"alpha=2.5"}));
    assertSame(regression.setLabelCol("speed"), stage().setLabelCol("speed").setRegression(2.5));
  }

  @Test
  void countsAreOfTheWindowForADecoderOfRates() {
    assertSame(
        withParams(Map.of("decoder", new String[] {"pnb"})),
        stage().setDecoders(Map.of("pnb", Decoders.named("pnb", Map.of("binWidth", "0.5")))));
  }

  @Test
  void transformIsLazyAndItsSchemaIsThatOfTheSettings() throws Exception {
    Dataset<Row> trials = TWO.trials(2);
    PopulationDecoding stage = stage().setSpikes(TWO.spikes(2));
    var context = LocalSpark.session().sparkContext();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
          }
        };
    context.addSparkListener(listener);
    try {
      Dataset<Row> decoded = stage.transform(trials);
      assertEquals(stage.transformSchema(trials.schema()), decoded.schema());
      for (String table : List.of("results", "predictions", "confusion")) {
        DecodedTable made = new DecodedTable().setTable(table);
        assertEquals(made.transformSchema(decoded.schema()), made.transform(decoded).schema());
      }
      context.listenerBus().waitUntilEmpty();
      assertEquals(0, jobs.get());
    } finally {
      context.removeSparkListener(listener);
    }
  }

  @Test
  void tablesOfAPipelineAreThoseOfTheMethods() {
    PopulationDecoding stage = stage().setNulls(new NullLabels(NullLabels.Kind.SHUFFLE, 2, 1));
    Dataset<Row> decoded = stage.decode(TWO.spikes(1), TWO.trials(1)).cache();
    Map<String, Dataset<Row>> expected =
        Map.of(
            "results", PopulationDecoding.results(decoded),
            "predictions", PopulationDecoding.predictions(decoded),
            "confusion", PopulationDecoding.confusion(decoded));
    expected.forEach(
        (table, rows) -> {
          Pipeline pipeline =
              new Pipeline()
                  .setStages(
                      new PipelineStage[] {
                        stage.setSpikes(TWO.spikes(1)), new DecodedTable().setTable(table)
                      });
          Dataset<Row> ours = pipeline.fit(TWO.trials(1)).transform(TWO.trials(1));
          assertEquals(rows.schema(), ours.schema());
          assertEquals(text(rows), text(ours));
        });
    decoded.unpersist();
  }

  @Test
  void savedItNamesItsSpikesAndGivesTheSame(@TempDir Path folder) {
    TWO.spikes(2).createOrReplaceTempView("stage_trains");
    PopulationDecoding stage =
        withParams(
                Map.of(
                    "decoder",
                    new String[] {"lda", "gnb"},
                    "decoderSettings",
                    new String[] {"solver=lsqr", "shrinkage=auto"},
                    "permutations",
                    2,
                    "seed",
                    3L,
                    "by",
                    "area"))
            .setSpikesTable("stage_trains");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage, new DecodedTable()});
    PipelineModel model = pipeline.fit(TWO.trials(1));
    String path = folder.resolve("model").toString();
    try {
      model.save(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    List<String> expected = text(model.transform(TWO.trials(1)));
    assertEquals(expected, text(PipelineModel.load(path).transform(TWO.trials(1))));
    assertEquals(2 * 2 * 2 * 3, expected.size());
  }

  @Test
  void copiesKeepSpikesDecodersAndParams() {
    PopulationDecoding stage =
        stage()
            .setSpikes(TWO.spikes(1))
            .setDecoders(Map.of("mine", Decoders.named("knn", Map.of("nNeighbors", "3"))));
    ParamMap folds = new ParamMap();
    folds.put(List.of(stage.folds().w(3)).toArray(org.apache.spark.ml.param.ParamPair[]::new));
    PopulationDecoding copy = stage.copy(folds);
    assertEquals(stage.uid(), copy.uid());
    assertEquals(
        text(stage.setSplits(Splits.stratified(3)).transform(TWO.trials(1))),
        text(copy.transform(TWO.trials(1))));
    InvalidInputException e = assertThrows(InvalidInputException.class, copy::write);
    assertTrue(e.getMessage().contains("name them by the param decoder"), e.getMessage());
  }

  @Test
  void aTableOfSpikesIsPacked() {
    Dataset<Row> spikes =
        TWO.spikes(2)
            .select(col("session"), col("neuron"), col("area"), explode(col("times")).as("time"));
    PopulationDecoding stage = stage().setBy("area");
    assertEquals(
        text(stage.setSpikes(TWO.spikes(2)).transform(TWO.trials(2))),
        text(stage.setSpikes(spikes).transform(TWO.trials(2))));
  }

  @Test
  void whatHasNoUseIsRefused() {
    refuses("draws has no use without neurons", stage -> stage.set("draws", 3));
    refuses("drawSeed has no use without neurons", stage -> stage.set("drawSeed", 3L));
    refuses("trials has no use without pseudoPopulation", stage -> stage.set("trials", 3));
    refuses("resamples has no use without pseudoPopulation", stage -> stage.set("resamples", 3));
    refuses("minTrials has no use without pseudoPopulation", stage -> stage.set("minTrials", 9));
    refuses("nullLabels has no use", stage -> stage.set("nullLabels", "shuffle"));
    refuses("testSize has no use", stage -> stage.set("testSize", 0.5));
    refuses("windowWidth has no use", stage -> stage.set("windowWidth", 0.5));
    refuses("both set", stage -> stage.set("windowStarts", new double[] {0}));
    refuses("splits are stratified,", stage -> stage.set("splits", "half"));
    refuses("give a seed", stage -> stage.set("repeats", 2));
    refuses(
        "folds has no use",
        stage -> {
          stage.set("splits", "test-share");
          stage.set("folds", 3);
        });
    refuses("there is no decoder \"oracle\"", stage -> stage.set("decoder", strings("oracle")));
    refuses("no setting of lda", stage -> stage.set("decoderSettings", strings("alpha=1")));
    refuses("NAME=VALUE", stage -> stage.set("decoderSettings", strings("alpha")));
    refuses(
        "no other decoder beside it",
        stage -> stage.set("decoder", strings("ridge-regression", "lda")));
    refuses(
        "has no setting \"solver\"",
        stage -> {
          stage.set("decoder", strings("ridge-regression"));
          stage.set("decoderSettings", strings("solver=svd"));
        });
    refuses("at least 1, not -1", stage -> stage.set("permutations", -1));
  }

  @Test
  void aSpreadOverOneBinIsRefused() {
    refuses(
        "the std of a window with one bin is always 0",
        stage -> stage.setReduce("std").setWindows(new double[] {0, 0.2}, 0.2));
    refuses(
        "the ptp of a window with one bin", stage -> stage.setReduce("ptp").setSampleTimes(0, 0.5));
  }

  @Test
  void withoutSpikesItSaysHowToGiveThem() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> stage().transform(TWO.trials(1)));
    assertTrue(e.getMessage().contains("call setSpikes(df)"), e.getMessage());
    e =
        assertThrows(
            InvalidInputException.class,
            () -> stage().transformSchema(TWO.trials(1).drop("choice").schema()));
    assertTrue(e.getMessage().contains("\"choice\""), e.getMessage());
    e =
        assertThrows(
            InvalidInputException.class, () -> new DecodedTable().transform(TWO.trials(1)));
    assertTrue(e.getMessage().contains("PopulationDecoding"), e.getMessage());
    assertThrows(InvalidInputException.class, () -> new DecodedTable().setTable("scores"));
  }

  @Test
  void everyParamHasADescription() {
    for (Param<?> param : new PopulationDecoding().params()) {
      assertTrue(param.doc().length() > 10, param.name());
    }
  }

  private static void refuses(String part, Consumer<PopulationDecoding> set) {
    PopulationDecoding stage = stage();
    set.accept(stage);
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> stage.transformSchema(TWO.trials(1).schema()));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static String[] strings(String... values) {
    return values;
  }
}
