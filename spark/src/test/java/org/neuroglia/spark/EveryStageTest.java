package org.neuroglia.spark;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.StageCases.Case;
import org.neuroglia.spark.StageCases.Paths;
import org.neuroglia.spark.StageCases.Table;

/** What holds for every stage from spikes and traces to features. */
class EveryStageTest {
  @TempDir static Path directory;
  private static Paths paths;

  @BeforeAll
  static void write() {
    paths =
        new Paths(directory.resolve("trains").toString(), directory.resolve("traces").toString());
    StageCases.table(Table.TRAINS).write().parquet(paths.trains());
    StageCases.table(Table.TRACES).write().parquet(paths.traces());
  }

  static List<Case> stages() {
    return StageCases.all();
  }

  @SuppressWarnings("unchecked")
  private static Transformer fitted(PipelineStage stage, Dataset<Row> table) {
    return stage instanceof Estimator<?> estimator
        ? ((Estimator<? extends org.apache.spark.ml.Model<?>>) estimator).fit(table)
        : (Transformer) stage;
  }

  private static List<String> result(Case stage, Dataset<Row> table) {
    return StageCases.text(fitted(stage.stage().apply(paths), table).transform(table));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void partitionsAndTheOrderOfRowsChangeNothing(Case stage) {
    Dataset<Row> table = StageCases.table(stage.table()).coalesce(1);
    List<String> expected = result(stage, table);
    assertFalse(expected.isEmpty());
    for (int partitions : new int[] {1, 7}) {
      Dataset<Row> moved = table.orderBy(rand(partitions)).repartition(partitions);
      assertEquals(expected, result(stage, moved.cache()), partitions + " partitions");
      moved.unpersist();
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void theSchemaIsKnownBeforeAnythingRuns(Case stage) {
    Dataset<Row> table = StageCases.table(stage.table());
    PipelineStage made = stage.stage().apply(paths);
    Transformer model = fitted(made, table);
    var said = model.transformSchema(table.schema());
    Dataset<Row> transformed = model.transform(table);
    assertEquals(said.catalogString(), transformed.schema().catalogString());
    for (String column : said.fieldNames()) {
      assertEquals(said.apply(column).dataType(), transformed.schema().apply(column).dataType());
      assertEquals(
          said.apply(column).metadata(), transformed.schema().apply(column).metadata(), column);
    }
    assertEquals(said.catalogString(), made.transformSchema(table.schema()).catalogString());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aColumnThatIsMissingIsNamedWithThoseThatThereAre(Case stage) {
    Dataset<Row> table = StageCases.table(stage.table()).drop(stage.wrong());
    PipelineStage made = stage.stage().apply(paths);
    String message =
        assertThrows(InvalidInputException.class, () -> made.transformSchema(table.schema()))
            .getMessage();
    assertTrue(message.contains("\"" + stage.wrong() + "\""), message);
    assertTrue(message.contains(String.join(", ", table.columns())), message);
    assertThrows(InvalidInputException.class, () -> fitted(made, table).transform(table));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aColumnOfTextWhereNumbersAreNeededIsRefused(Case stage) {
    if (stage.wrong().equals("neuron")) {
      return; // text is fine
    }
    Dataset<Row> table = StageCases.table(stage.table()).withColumn(stage.wrong(), lit("text"));
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> stage.stage().apply(paths).transformSchema(table.schema()))
            .getMessage();
    assertTrue(message.contains("\"" + stage.wrong() + "\""), message);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void copiesGiveTheSame(Case stage) {
    Dataset<Row> table = StageCases.table(stage.table());
    PipelineStage made = stage.stage().apply(paths);
    PipelineStage copy = made.copy(ParamMap.empty());
    assertNotSame(made, copy);
    assertEquals(made.uid(), copy.uid());
    Transformer model = fitted(made, table);
    List<String> expected = StageCases.text(model.transform(table));
    assertEquals(expected, StageCases.text(fitted(copy, table).transform(table)));
    Transformer copied = model.copy(ParamMap.empty());
    assertEquals(model.uid(), copied.uid());
    assertEquals(expected, StageCases.text(copied.transform(table)));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void noRowsGiveNoRows(Case stage) {
    Dataset<Row> table = StageCases.table(stage.table());
    Transformer model = fitted(stage.stage().apply(paths), table);
    assertEquals(List.of(), StageCases.text(model.transform(table.limit(0))));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void oneSessionNeedsNoColumn(Case stage, @TempDir Path own) {
    String trains = own.resolve("trains").toString();
    String traces = own.resolve("traces").toString();
    Dataset<Row> first = StageCases.table(stage.table()).where("session = 's0'");
    StageCases.table(Table.TRAINS).where("session = 's0'").drop("session").write().parquet(trains);
    StageCases.table(Table.TRACES).where("session = 's0'").drop("session").write().parquet(traces);
    PipelineStage without = stage.stage().apply(new Paths(trains, traces));
    Dataset<Row> table = first.drop("session");
    Dataset<Row> expected = fitted(stage.stage().apply(paths), first).transform(first);
    assertEquals(
        StageCases.text(expected.drop("session")),
        StageCases.text(fitted(without, table).transform(table)));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void transformRunsNoJob(Case stage) throws Exception {
    Dataset<Row> table = StageCases.table(stage.table());
    Transformer model = fitted(stage.stage().apply(paths), table);
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
      model.transform(table);
      context.listenerBus().waitUntilEmpty();
      int footers = stage.table() == Table.EVENTS ? 1 : 0; // the schema of the Parquet beside it
      assertTrue(jobs.get() <= footers, jobs + " jobs");
    } finally {
      context.removeSparkListener(listener);
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void oneRowIsEnough(Case stage) {
    Dataset<Row> table = StageCases.table(stage.table()).where("session = 's1'");
    String one = stage.table() == Table.EVENTS ? "event = 0" : "neuron = 0";
    Dataset<Row> row = table.where(one);
    Transformer model = fitted(stage.stage().apply(paths), table);
    List<String> all = StageCases.text(model.transform(table));
    List<String> alone = StageCases.text(model.transform(row));
    assertFalse(alone.isEmpty());
    assertTrue(all.containsAll(alone), () -> alone + " are not among " + all);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void missingAndInfiniteNumbersGiveTheSameWhateverThePartitions(Case stage) {
    String odd =
        "transform(%s, (x, i) -> CASE WHEN i = 7 THEN double('NaN') WHEN i = 11 THEN"
            + " double('infinity') WHEN i = 12 THEN double('-infinity') ELSE x END)";
    Dataset<Row> table = StageCases.table(stage.table());
    Dataset<Row> odds =
        switch (stage.table()) {
          case TRAINS -> table.withColumn("times", expr(String.format(odd, "times")));
          case TRACES -> table.withColumn("values", expr(String.format(odd, "values")));
          case SPIKES, EVENTS ->
              table.withColumn(
                  "time", expr("CASE WHEN time > 9 THEN double('infinity') ELSE time END"));
        };
    String once = outcome(stage, odds.coalesce(1));
    assertEquals(once, outcome(stage, odds.repartition(5)));
    boolean refuses =
        List.of("Binarizer", "CalciumDeconvolver").contains(stage.name()); // as scikit-learn does
    assertEquals(refuses, once.startsWith("refused"), once);
  }

  /** What comes out, or the sentence of the refusal. */
  private static String outcome(Case stage, Dataset<Row> table) {
    try {
      return String.join("\n", result(stage, table));
    } catch (Exception e) {
      Throwable cause = e;
      while (!(cause instanceof InvalidInputException) && cause.getCause() != null) {
        cause = cause.getCause();
      }
      assertTrue(cause instanceof InvalidInputException, () -> "no sentence: " + e);
      return "refused: " + cause.getMessage().replaceAll("neuron .*?:|[0-9.]+ s", "");
    }
  }

  @Test
  void savedPipelinesGiveTheSameHereAndInAFreshJvm(@TempDir Path saved) throws Exception {
    TreeMap<String, Integer> expected = new TreeMap<>();
    for (Case stage : stages()) {
      Dataset<Row> table = StageCases.table(stage.table());
      Pipeline pipeline =
          new Pipeline().setStages(new PipelineStage[] {stage.stage().apply(paths)});
      String folder = saved.resolve(stage.name().replace(' ', '_')).toString();
      pipeline.save(folder + "/estimator");
      PipelineModel model = Pipeline.load(folder + "/estimator").fit(table);
      model.save(folder + "/model");
      table.write().parquet(folder + "/input");
      List<String> text = StageCases.text(model.transform(table));
      assertEquals(result(stage, table), text, stage.name());
      assertEquals(
          text,
          StageCases.text(PipelineModel.load(folder + "/model").transform(table)),
          stage.name());
      expected.put(stage.name().replace(' ', '_'), text.hashCode());
    }
    String printed = inAFreshJvm(saved);
    expected.forEach(
        (name, hash) ->
            assertTrue(
                printed.contains("stage " + name + " " + hash + "\n"),
                () -> name + " " + hash + " is not in " + printed));
  }

  private static String inAFreshJvm(Path saved) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.startsWith("-XX:+Ignore"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(SavedStages.class.getName());
    command.add(saved.toString());
    Path output = saved.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(output));
    return read(output);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Loads every saved model of a folder and says what it makes of its input. */
  static final class SavedStages {
    private SavedStages() {}

    public static void main(String[] folder) throws Exception {
      try (SparkSession spark = LocalSpark.session();
          var stages = Files.list(Path.of(folder[0]))) {
        for (Path stage : stages.filter(Files::isDirectory).sorted().toList()) {
          Dataset<Row> input = spark.read().parquet(stage.resolve("input").toString());
          PipelineModel model = PipelineModel.load(stage.resolve("model").toString());
          int hash = StageCases.text(model.transform(input)).hashCode();
          System.out.println("stage " + stage.getFileName() + " " + hash);
        }
      }
    }
  }
}
