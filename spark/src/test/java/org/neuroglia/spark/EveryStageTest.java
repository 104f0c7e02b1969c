package org.neuroglia.spark;

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
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
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
      Dataset<Row> moved =
          table.orderBy(org.apache.spark.sql.functions.rand(partitions)).repartition(partitions);
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
    Dataset<Row> table =
        StageCases.table(stage.table())
            .withColumn(stage.wrong(), org.apache.spark.sql.functions.lit("text"));
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
