package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.datasets.NaturalImageSession;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.golden.GoldenArchive;
import org.neuroglia.nwb.Nwb1Writer;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;

class DecodeCommandTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  /** 4 images × 10 repeats, 12 units of which 2 are silent. */
  private static Path small;

  @BeforeAll
  static void writeSession() {
    small = write("small", 1);
  }

  private static Path write(String name, long seed) {
    Path file = shared.resolve(name + ".nwb");
    NaturalImageSession.builder()
        .units(12 + (int) seed - 1)
        .silentUnits(2)
        .images(4)
        .repeats(10)
        .firstImage(5)
        .meanRate(20)
        .tuning(1)
        .seed(seed)
        .build()
        .toNwb()
        .sessionId(name)
        .write(file);
    return file;
  }

  private static Run decode(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("decode", file.toString()));
    arguments.addAll(List.of(more));
    String[][] usually = {
      {"--events", "natural_images"},
      {"--columns", "time,end_time,image_id"},
      {"--label", "image_id"},
      {"--window", "0.1,0.35,0.05"}
    };
    for (String[] usual : usually) {
      if (!arguments.contains(usual[0])) {
        arguments.addAll(List.of(usual));
      }
    }
    return Run.of(arguments.toArray(String[]::new));
  }

  /** Asserts exit code 2 and one sentence that has all the parts. */
  private static void assertWrongInput(Run run, String... parts) {
    assertEquals(2, run.code(), run.err());
    String sentence = run.sentence();
    assertTrue(sentence.endsWith("."), sentence);
    for (String part : parts) {
      assertTrue(sentence.contains(part), sentence + "\n does not say: " + part);
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // --- What comes out

  @ParameterizedTest
  @ValueSource(strings = {"session_x1.nwb", "session_x1_gzip.nwb"})
  void wholeSessionGivesScikitLearnsFoldAccuracies(String name) throws IOException {
    Path out = folder.resolve("out");
    Path file = SharedFiles.file(name);
    JsonNode golden = GoldenArchive.of("session_x1").json("summary.json");
    Run run = decode(file, "--window", "0.1,0.35,0.01", "--folds", "5", "--out", out.toString());
    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertEquals("Decoding accuracy: 0.37 (chance: 0.008)", run.lastLine());

    JsonNode session = json(out.resolve("summary.json")).at("/sessions/0");
    assertEquals(golden.at("/lda_svd/cv5"), session.get("folds"));
    assertEquals(5950, session.get("events").asInt());
    assertEquals(69, session.get("neurons").asInt());
    assertEquals(119, session.get("classes").asInt());
    assertEquals("118", session.at("/classLabels/118").toString(), "an integer, not 118.0");
    assertEquals(1.0 / 119, session.get("chance").asDouble());
  }

  @Test
  void predictionsHaveOneRowPerEventInOrder() throws IOException {
    Path out = folder.resolve("out");
    Run run = decode(small, "--out", out.toString());
    assertEquals(0, run.code(), run.err());
    Dataset<Row> predictions =
        LocalSpark.session().read().parquet(out.resolve("predictions").toString());
    assertArrayEquals(
        new String[] {"session", "event", "fold", "label", "prediction", "probability"},
        Arrays.copyOf(predictions.columns(), 6));
    assertEquals(
        List.of(
            "repeat",
            "group",
            "decoder",
            "neurons",
            "draw",
            "start",
            "stop",
            "testStart",
            "testStop"),
        Arrays.asList(predictions.columns()).subList(6, 15));
    List<Row> rows = predictions.collectAsList();
    assertEquals(40, rows.size());
    int right = 0;
    for (int event = 0; event < 40; event++) {
      Row row = rows.get(event);
      assertEquals("small", row.getString(0));
      assertEquals(event, row.getLong(1));
      List<Double> probability = row.getList(5);
      assertEquals(4, probability.size());
      assertEquals(1, probability.stream().mapToDouble(Double::doubleValue).sum(), 1e-9);
      double largest = probability.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      assertEquals(row.getDouble(4), (double) probability.indexOf(largest));
      right += row.getDouble(3) == row.getDouble(4) ? 1 : 0;
    }
    JsonNode summary = json(out.resolve("summary.json"));
    assertEquals(right / 40.0, summary.at("/sessions/0/accuracy").asDouble(), 1e-12);
    assertEquals(12, summary.at("/sessions/0/neurons").asInt(), "silent units count");
    assertTrue(summary.get("seconds").asDouble() > 0);
    assertEquals("sum", summary.at("/settings/reduce").asText());
    assertEquals(List.of("out"), namesInFolder());
  }

  @Test
  void resultsAndConfusionAreTables() throws IOException {
    Path out = folder.resolve("out");
    Run run =
        decode(
            small,
            "--decoder",
            "lda,gnb",
            "--permutations",
            "19",
            "--null",
            "circular-shift",
            "--repeats",
            "2",
            "--seed",
            "4",
            "--out",
            out.toString());
    assertEquals(0, run.code(), run.err());
    assertEquals(4, run.outLines().size(), run.out());
    assertTrue(run.outLines().get(0).startsWith("small (gnb): "), run.out());
    assertTrue(run.outLines().get(0).contains(", p = 0.05, "), run.out());
    assertEquals("p ≤ 0.05 in 2 of 2 decodings.", run.outLines().get(2));
    Dataset<Row> results = LocalSpark.session().read().parquet(out.resolve("results").toString());
    assertEquals(2 * 20, results.count());
    assertEquals(2, results.where("nullIndex IS NULL AND size(folds) = 10").count());
    Dataset<Row> confusion =
        LocalSpark.session().read().parquet(out.resolve("confusion").toString());
    assertEquals(2 * 16, confusion.count());
    assertEquals(160, confusion.groupBy().sum("count").first().getLong(0));
    JsonNode summary = json(out.resolve("summary.json"));
    assertEquals("gnb", summary.at("/sessions/0/decoder").asText());
    assertEquals(0.05, summary.at("/sessions/0/pValue").asDouble(), 1e-15);
    assertEquals(4, summary.at("/sessions/0/recall").size());
    assertEquals("circular-shift", summary.at("/settings/null").asText());
    assertEquals(2, summary.at("/settings/repeats").asInt());
  }

  @Test
  void aContinuousTargetHasR2AndCorrelation() throws IOException {
    Path out = folder.resolve("out");
    Run run =
        decode(
            small,
            "--decoder",
            "ridge-regression",
            "--set",
            "alpha=3",
            "--seed",
            "2",
            "--permutations",
            "9",
            "--out",
            out.toString());
    assertEquals(0, run.code(), run.err());
    JsonNode summary = json(out.resolve("summary.json"));
    JsonNode session = summary.at("/sessions/0");
    String r2 = DecodeCommand.shown(session.get("r2").asDouble());
    String correlation = DecodeCommand.shown(session.get("correlation").asDouble());
    assertEquals(
        List.of(
            "small: R² = " + r2 + ", r = " + correlation + ", p = 0.1, 40 events, 12 neurons",
            "Decoding R²: " + r2 + " (correlation: " + correlation + ")"),
        run.outLines());
    assertEquals(5, session.get("folds").size());
    assertEquals(0.1, session.get("pValue").asDouble(), 1e-15);
    assertFalse(session.has("accuracy") || session.has("classes"), session.toString());
    assertEquals(session.get("r2"), summary.get("r2"));
    assertFalse(summary.has("accuracy"));
    assertEquals("ridge-regression", summary.at("/settings/decoder").asText());
    assertEquals("3", summary.at("/settings/decoderSettings/alpha").asText());
    Dataset<Row> predictions =
        LocalSpark.session().read().parquet(out.resolve("predictions").toString());
    assertEquals(40, predictions.where("abs(prediction - label) < 100").count());
    assertEquals(
        0, LocalSpark.session().read().parquet(out.resolve("confusion").toString()).count());
  }

  @Test
  void settingsGoToTheDecodersThatHaveThem() throws IOException {
    Path out = folder.resolve("out");
    Run run =
        decode(
            small,
            "--decoder",
            "lda,pnb",
            "--set",
            "solver=lsqr",
            "--set",
            "shrinkage=auto",
            "--out",
            out.toString());
    assertEquals(0, run.code(), run.err());
    JsonNode set = json(out.resolve("summary.json")).at("/settings/decoderSettings");
    assertEquals("lsqr", set.get("solver").asText());
    assertEquals("auto", set.get("shrinkage").asText());
    assertEquals(0.2, set.get("binWidth").asDouble(), 1e-12, "the whole window");

    Path plain = folder.resolve("plain");
    assertEquals(0, decode(small, "--out", plain.toString()).code());
    assertFalse(json(plain.resolve("summary.json")).get("settings").has("decoderSettings"));
    String[] probabilities = new String[2];
    for (int i = 0; i < 2; i++) {
      probabilities[i] =
          LocalSpark.session()
              .read()
              .parquet((i == 0 ? out : plain).resolve("predictions").toString())
              .where("decoder = 'lda' AND event = 3")
              .select("probability")
              .first()
              .toString();
    }
    assertNotEquals(probabilities[0], probabilities[1]);
  }

  @Test
  void aPoissonDecoderOfTheMeanOverBinsCountsInOneBin() throws IOException {
    Path out = folder.resolve("mean");
    Run run =
        decode(
            small,
            "--decoder",
            "pnb",
            "--window",
            "0.1,0.3,0.05",
            "--reduce",
            "mean",
            "--out",
            out.toString());
    assertEquals(0, run.code(), run.err());
    JsonNode set = json(out.resolve("summary.json")).at("/settings/decoderSettings");
    assertEquals(0.05, set.get("binWidth").asDouble(), 1e-12);
    assertWrongInput(
        decode(small, "--decoder", "pnb", "--window", "0.1,0.3,0.05", "--reduce", "max"),
        "the max over bins is no count of spikes");
  }

  @Test
  void wrongSettingsAreRefusedWithThoseThatAreAccepted() {
    assertWrongInput(
        decode(small, "--set", "colour=red"), "--set colour", "priors, shrinkage, solver, tol");
    assertWrongInput(
        decode(small, "--decoder", "centroid", "--set", "tol=1"),
        "--set tol=1",
        "accepted are none");
    assertWrongInput(decode(small, "--set", "shrinkage=lots"), "shrinkage", "lots");
    assertWrongInput(
        decode(small, "--decoder", "ridge-regression", "--set", "alpha=-1"), "alpha", "-1");
    assertWrongInput(
        decode(small, "--decoder", "ridge-regression", "--set", "alpha=x"), "alpha", "'x'");
    assertWrongInput(decode(small, "--decoder", "lda,ridge-regression"), "no other decoder");
    assertWrongInput(
        decode(small, "--decoder", "ridge-regression", "--balance"), "neither balance");
  }

  @Test
  void theHelpNamesEveryDecoderAndSetting() {
    String help = Run.of("decode", "--help").out().replaceAll("\\s+", " ");
    for (String name : Decoders.names()) {
      assertTrue(help.contains(name + " (" + Decoders.meaning(name) + ")"), name + " in " + help);
    }
    assertTrue(help.contains("ridge-regression (of labels that are numbers"), help);
    assertTrue(help.contains("solver shrinkage priors tol (lda)"), help);
  }

  @Test
  void eachWindowHasALine() {
    Run run = decode(small, "--window", "0,0.4,0.1", "--width", "0.2");
    assertEquals(0, run.code(), run.err());
    assertEquals(4, run.outLines().size(), run.out());
    assertTrue(run.outLines().get(0).startsWith("small (0.0 to 0.2 s): "), run.out());
    run = decode(small, "--window", "0,0.4,0.1", "--width", "0.2", "--generalise");
    assertEquals(10, run.outLines().size(), run.out());
    assertTrue(run.outLines().get(1).contains("tested at 0.1 to "), run.out());
  }

  @Test
  void neuronsAreDrawnAndAreasDecodedApart() {
    Run run = decode(small, "--neurons", "1,3", "--draws", "2");
    assertEquals(0, run.code(), run.err());
    assertEquals(5, run.outLines().size(), run.out());
    assertTrue(run.outLines().get(2).startsWith("small (3 neurons, draw 0): "), run.out());
    run = decode(small, "--by", "area");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.outLines().get(0).matches("small \\(.+\\): .*"), run.out());
  }

  @Test
  void neuronsOfSeveralFilesArePooled() {
    Run run =
        decode(
            small,
            write("pooled", 4).toString(),
            "--pseudo-population",
            "--resamples",
            "2",
            "--trials",
            "3");
    assertEquals(0, run.code(), run.err());
    assertEquals(3, run.outLines().size(), run.out());
    assertTrue(
        run.outLines().get(0).startsWith("pseudo-population (27 neurons, draw 0): "), run.out());
    assertWrongInput(
        decode(small, "--pseudo-population", "--permutations", "3"), "without null labels");
    assertWrongInput(decode(small, "--pseudo-population", "--min-trials", "2"), "--min-trials 2");
  }

  @Test
  void aColumnOfTheEventsSaysWhatIsTestedTogether() {
    Run run = decode(small, "--leave-out", "image_id", "--label", "end_time");
    assertWrongInput(run, "more events than classes");
    run = decode(small, "--leave-out", "event");
    assertEquals(0, run.code(), run.err());
    run = decode(small, "--fold-column", "colour");
    assertWrongInput(run, "no column colour");
  }

  @Test
  void optionsThatDoNotFitTogetherAreRefused() {
    assertWrongInput(decode(small, "--null", "shuffle"), "--permutations");
    assertWrongInput(decode(small, "--permutations", "3", "--null", "magic"), "shuffle-within");
    assertWrongInput(
        decode(small, "--permutations", "3", "--null", "shuffle", "x"), "takes no column");
    assertWrongInput(decode(small, "--permutations", "3", "--null", "shuffle-within"), "COLUMN");
    assertWrongInput(decode(small, "--repeats", "3"), "--seed");
    assertWrongInput(decode(small, "--generalise"), "--width");
    assertWrongInput(decode(small, "--width", "9"), "--width 9.0", "fit into");
    assertWrongInput(decode(small, "--neurons", "0"), "--neurons 0");
    assertWrongInput(decode(small, "--by", "depth"), "--by", "depth");
  }

  @Test
  void eachSessionHasALineAndTheMeanIsUnweighted() throws IOException {
    Path other = write("other", 2);
    Path out = folder.resolve("out");
    Run run = decode(small, other.toString(), "--out", out.toString());
    assertEquals(0, run.code(), run.err());
    assertEquals(3, run.outLines().size(), run.out());
    assertTrue(run.outLines().get(0).startsWith("other: "), run.out());
    assertTrue(run.outLines().get(1).startsWith("small: "), run.out());
    JsonNode summary = json(out.resolve("summary.json"));
    double mean =
        (summary.at("/sessions/0/accuracy").asDouble()
                + summary.at("/sessions/1/accuracy").asDouble())
            / 2;
    assertEquals(
        "Decoding accuracy: " + DecodeCommand.shown(mean) + " (chance: 0.25)", run.lastLine());
    assertEquals(13, summary.at("/sessions/0/neurons").asInt());
    assertEquals(12, summary.at("/sessions/1/neurons").asInt());
  }

  @Test
  void withoutOutItOnlyPrints() throws IOException {
    Run run = decode(small, "--units", "size(times) > 0", "--where", "image_id < 2");
    assertEquals(0, run.code(), run.err());
    assertEquals("small: 20 events, 10 neurons, 2 classes", run.outLines().get(0));
    assertTrue(run.lastLine().endsWith("(chance: 0.50)"), run.out());
    assertEquals(List.of(), namesInFolder());
  }

  @Test
  void seedDrawsTheTest() {
    Run one = decode(small, "--test-size", "0.33", "--seed", "1");
    assertEquals(0, one.code(), one.err());
    assertEquals(one.out(), decode(small, "--test-size", "0.33", "--seed", "1").out());
  }

  @Test
  void eventsWithoutALabelAreLeftOutAndSaid() {
    NaturalImageSession session =
        NaturalImageSession.builder().units(5).images(2).repeats(6).firstImage(5).build();
    double[][] rows = new double[session.events()][];
    Arrays.setAll(rows, e -> new double[] {session.times()[e], session.imageIds()[e]});
    rows[3][1] = Double.NaN;
    Path file = folder.resolve("s.nwb");
    new Nwb1Writer("s")
        .units("V1", session.units(), session.trains())
        .presentation("natural_images", rows)
        .write(file);
    Run run = decode(file, "--columns", "time,image_id");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        "neuroglia: s: left out 1 of 12 events, which have no image_id or no time.",
        run.err().strip());
    assertEquals("s: 11 events, 5 neurons, 2 classes", run.outLines().get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.25=0.25", "0.00840336=0.008", "0.5=0.50", "1=1.00", "0=0.00", "0.001=0.001"})
  void sharesHaveTwoDecimalsOrWhatTheyNeed(String example) {
    String[] parts = example.split("=");
    assertEquals(parts[1], DecodeCommand.shown(Double.parseDouble(parts[0])));
  }

  // --- Wrong input

  @Test
  void missingFileIsNamed() {
    assertWrongInput(decode(folder.resolve("no.nwb")), "There is no file", "no.nwb");
  }

  @Test
  void fileThatIsNotHdf5IsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.nwb"), "dear diary");
    assertWrongInput(decode(file), file.toString(), "HDF5");
  }

  @Test
  void hdf5FileThatIsNotNwbIsNamed() {
    Path file = folder.resolve("a.nwb");
    try (io.jhdf.WritableHdfFile hdf = io.jhdf.HdfFile.write(file)) {
      hdf.putDataset("x", new double[] {1});
    }
    assertWrongInput(decode(file), file.toString(), "not an NWB file");
  }

  @Test
  void unknownTableIsNamedWithThoseThatExist() {
    assertWrongInput(
        Run.of(
            "decode", small.toString(), "--events", "trials", "--label", "x", "--window", "0,1,.5"),
        "no table trials",
        "units, natural_images");
  }

  @Test
  void unknownLabelIsNamedWithTheColumnsThatExist() {
    assertWrongInput(
        decode(small, "--label", "colour"),
        "no column colour",
        "event, time, duration, end_time, image_id");
  }

  @Test
  void unknownLabelInSeveralFilesIsNamedToo() {
    assertWrongInput(
        decode(small, write("third", 3).toString(), "--label", "colour"),
        "no column colour",
        "session, event, time, duration, end_time, image_id");
  }

  @Test
  void tableWithoutColumnNamesAsksForThem() {
    assertWrongInput(
        Run.of(
            "decode",
            small.toString(),
            "--events",
            "natural_images",
            "--label",
            "x",
            "--window",
            "0,1,.5"),
        "without names",
        "time,end_time,image_id");
  }

  @Test
  void numbersOfWhatIsNotDoneAreRefused() {
    assertWrongInput(decode(small, "--draws", "3"), "--draws 3 has no use without --neurons");
    for (String option : List.of("--resamples", "--trials", "--min-trials")) {
      assertWrongInput(
          decode(small, option, "7"), option + " 7 has no use without --pseudo-population");
    }
    assertWrongInput(decode(small, "--neurons", "2", "--draws", "0"), "--draws 0", "at least once");
  }

  @Test
  void aSpreadOverTheOneBinOfAWidthIsRefused() {
    assertWrongInput(
        decode(small, "--width", "0.1", "--reduce", "std"), "the std of a window with one bin");
  }

  @Test
  void emptyWindowIsRefused() {
    assertWrongInput(decode(small, "--window", "0.3,0.1,0.01"), "--window 0.3,0.1,0.01 is empty");
    assertWrongInput(decode(small, "--window", "soon"), "START,STOP,STEP");
  }

  @Test
  void oneClassIsRefused() {
    assertWrongInput(decode(small, "--where", "image_id = 3"), "small", "at least 2 classes");
  }

  @Test
  void moreFoldsThanMembersOfTheLargestClassAreRefused() {
    assertWrongInput(decode(small, "--folds", "11"), "small", "folds (11)", "(10)");
    assertWrongInput(
        decode(small, "--folds", "1"), "--folds 1: cross-validation needs at least 2 folds");
  }

  @Test
  void conditionsThatLeaveNothingOrAreNotSqlAreRefused() {
    assertWrongInput(decode(small, "--where", "image_id > 9"), "leaves no event");
    assertWrongInput(decode(small, "--units", "neuron = 'x'"), "leaves no unit");
    assertWrongInput(decode(small, "--where", "colour = 'red'"), "colour", "image_id");
    assertWrongInput(decode(small, "--units", "size(times) >"), "--units");
    assertWrongInput(decode(small, "--where", "image_id = 'cat'"), "cat");
  }

  @Test
  void unknownDecoderOrReductionIsNamedWithThoseThatExist() {
    assertWrongInput(
        decode(small, "--decoder", "oracle"),
        "--decoder oracle",
        "centroid, correlation, gnb, knn, lda, pnb, qda, ridge");
    assertWrongInput(decode(small, "--reduce", "cube"), "--reduce cube", "sum");
  }

  @Test
  void twoFilesOfOneSessionNameTheOptionThatHelps() {
    Path copy = folder.resolve("copy.nwb");
    NaturalImageSession.builder()
        .units(3)
        .images(2)
        .repeats(5)
        .firstImage(5)
        .build()
        .toNwb()
        .sessionId("small")
        .write(copy);
    assertWrongInput(
        decode(small, copy.toString()), "copy.nwb", "small.nwb", "same session", "--session");
    assertEquals(0, decode(small, copy.toString(), "--session", "path").code());
    assertWrongInput(decode(small, "--session", "name"), "session", "identifier", "path");
  }

  @Test
  void existingOutIsKeptUnlessOverwriteIsAsked() throws IOException {
    Path out = folder.resolve("out");
    assertEquals(0, decode(small, "--out", out.toString()).code());
    assertWrongInput(decode(small, "--out", out.toString()), "exists already", "--overwrite");
    assertWrongInput(
        decode(small, "--out", out.toString(), "--overwrite", "--where", "image_id = 3"),
        "classes");
    assertEquals(40, json(out.resolve("summary.json")).at("/sessions/0/events").asInt());
    Run again = decode(small, "--out", out.toString(), "--overwrite", "--where", "image_id < 3");
    assertEquals(0, again.code(), again.err());
    assertEquals(30, json(out.resolve("summary.json")).at("/sessions/0/events").asInt());
    assertEquals(List.of("out"), namesInFolder());
  }

  @Test
  void outThatCannotBeWrittenIsNamed() {
    assertWrongInput(decode(small, "--out", "/dev/null/x"), "--out /dev/null/x cannot be written");
  }

  @Test
  void wrongOptionsEndInOneSentence() {
    assertWrongInput(decode(small, "--colour", "red"), "Unknown option", "--help");
    assertWrongInput(Run.of("decode", small.toString()), "--events", "--help");
    assertWrongInput(Run.of("decode", "--events", "x"), "--help");
    assertWrongInput(decode(small, "--folds", "few"), "--folds", "few");
    assertWrongInput(decode(small, "--folds", "3", "--test-size", "0.3"), "--folds", "--test-size");
    assertWrongInput(decode(small, "--test-size", "3"), "--test-size 3.0", "between 0 and 1");
    assertWrongInput(decode(small, "--conf", "memory=3"), "spark.");
    assertWrongInput(decode(small, "--conf", "spark.x"), "KEY=VALUE");
    assertWrongInput(decode(small, "--driver-memory", "lots"), "--driver-memory lots");
    assertWrongInput(Run.of("recode"), "recode");
  }
}
