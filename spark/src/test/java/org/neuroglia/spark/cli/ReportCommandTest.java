package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.datasets.NaturalImageSession;

class ReportCommandTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void writeSessions() {
    for (int seed = 1; seed <= 2; seed++) {
      NaturalImageSession.builder()
          .units(10)
          .images(4)
          .repeats(10)
          .meanRate(20)
          .tuning(1)
          .seed(seed)
          .build()
          .toNwb()
          .sessionId("mouse<" + seed + ">")
          .write(shared.resolve(seed + ".nwb"));
    }
  }

  private Path decode(String... more) {
    return decode(shared, more);
  }

  private Path decode(Path sessions, String... more) {
    Path out = folder.resolve("out");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "decode",
                sessions.toString(),
                "--events",
                "natural_images",
                "--columns",
                "time,end_time,image_id",
                "--label",
                "image_id",
                "--out",
                out.toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--window")) {
      arguments.addAll(List.of("--window", "0.1,0.35,0.05"));
    }
    Run run = Run.of(arguments.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return out;
  }

  private static JsonNode contents(Path out) throws IOException {
    String page = Files.readString(out.resolve("report.html"));
    String opens = "type=\"application/json\">";
    int from = page.indexOf(opens) + opens.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  /** The page that decode wrote is the page that report makes. */
  private static void assertMadeAgain(Path out) throws IOException {
    byte[] before = Files.readAllBytes(out.resolve("report.html"));
    Files.writeString(out.resolve("report.html"), "old");
    Run run = Run.of("report", out.toString());
    assertEquals(0, run.code(), run.err());
    assertEquals(
        new String(before, StandardCharsets.UTF_8), Files.readString(out.resolve("report.html")));
    try (Stream<Path> files = Files.list(out)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().contains("unfinished")));
    }
  }

  @Test
  void reportSaysWhatWasDecodedAndIsMadeAgain() throws IOException {
    Path out = decode("--permutations", "9", "--conf", "spark.my.secret.key=hunter2");
    JsonNode contents = contents(out);
    assertEquals("[\"mouse<1>\",\"mouse<2>\"]", contents.at("/rows/names").toString());
    assertEquals(2, contents.at("/totals/sessions").asInt());
    assertEquals(9, contents.at("/rows/nulls/0").size());
    assertEquals(5, contents.at("/rows/folds/1").size());
    assertEquals(4, contents.at("/confusion/classes").size());
    int events = 0;
    JsonNode cells = contents.at("/confusion/pooled/0/cells");
    for (int i = 2; i < cells.size(); i += 3) {
      events += cells.get(i).asInt();
    }
    assertEquals(80, events);
    assertEquals(2, contents.at("/confusion/single").size());
    assertEquals(20, contents.at("/units/ranked").asInt());
    assertTrue(contents.at("/units/units").size() > 0, "units that tell images apart");
    double before = 1;
    for (JsonNode unit : contents.at("/units/units")) {
      assertTrue(unit.get("omegaSquared").asDouble() <= before, "the best first");
      before = unit.get("omegaSquared").asDouble();
    }
    String command = contents.at("/settings/command").asText();
    assertTrue(command.startsWith("./neuroglia decode "), command);
    assertTrue(command.contains("'spark.my.secret.key=***'"), command);
    assertFalse(Files.readString(out.resolve("report.html")).contains("hunter2"));
    assertMadeAgain(out);
  }

  @Test
  void windowsAreShownOverTimeAndFromOneToAnother() throws IOException {
    Path out =
        decode("--window", "0,0.4,0.1", "--width", "0.1", "--generalise", "--decoder", "lda,gnb");
    JsonNode contents = contents(out);
    assertEquals(2, contents.get("overTime").size(), "decoders");
    // Starts 0, 0.1, 0.2 and 0.3, as numpy.arange has them.
    assertEquals(4, contents.at("/overTime/0").size(), "windows");
    assertEquals(4, contents.at("/generalisation/1/2").size());
    assertEquals(
        contents.at("/overTime/0/1/mean"), contents.at("/generalisation/0/1/1"), "the diagonal");
    assertMadeAgain(out);
  }

  @Test
  void drawsAreShownOverTheNumberOfNeurons() throws IOException {
    Path out = decode("--neurons", "2,5", "--draws", "3");
    JsonNode contents = contents(out);
    assertEquals("[2,5]", contents.get("sizes").toString());
    assertEquals(6, contents.at("/overNeurons/0/1/n").asInt(), "two sessions, three draws");
    assertEquals("[5,5]", contents.at("/rows/neurons").toString());
    assertMadeAgain(out);
  }

  /** A session of 10 neurons, and one of 4 that has no 5. */
  @Test
  void meansOfDrawsAreOfTheSameSessionsEverywhere() throws IOException {
    Path sessions = Files.createDirectory(folder.resolve("sessions"));
    Files.copy(shared.resolve("1.nwb"), sessions.resolve("1.nwb"));
    NaturalImageSession.builder()
        .units(4)
        .images(4)
        .repeats(10)
        .meanRate(20)
        .tuning(1)
        .seed(3)
        .build()
        .toNwb()
        .sessionId("few")
        .write(sessions.resolve("3.nwb"));
    Path out =
        decode(
            sessions,
            "--neurons",
            "2,5",
            "--draws",
            "3",
            "--window",
            "0,0.4,0.1",
            "--width",
            "0.2");
    JsonNode contents = contents(out);
    int best = contents.get("best").asInt();
    assertEquals("[2,1]", contents.get("sizePopulations").toString());
    assertEquals("[2,5]", contents.at("/rows/neurons").toString());
    JsonNode mean = contents.at("/overTime/0/" + best + "/mean");
    assertEquals(mean, contents.at("/totals/score"));
    assertEquals(mean, contents.at("/means/0/mean"));
    assertEquals(mean, contents.at("/overNeurons/0/1/mean"));
    for (JsonNode window : contents.at("/overTime/0")) {
      assertTrue(window.get("mean").asDouble() <= mean.asDouble(), "not the best window");
    }
    assertMadeAgain(out);
  }

  @Test
  void folderWhoseNameLooksLikeAGlobIsRead() throws IOException {
    Path out = decode();
    Path glob = folder.resolve("a [x-z]{1,2}*?");
    Files.move(out, glob);
    assertMadeAgain(glob);
    Path none = Files.createDirectory(folder.resolve("a z1"));
    assertTrue(Run.of("report", none.toString()).sentence().contains("has no summary.json"));
  }

  @Test
  void regressionsAndPseudoPopulationsHaveReports() throws IOException {
    Path out = decode("--decoder", "ridge-regression");
    JsonNode contents = contents(out);
    assertEquals("r2", contents.get("score").asText());
    assertEquals(40, contents.at("/points/target").size());
    assertEquals("slope", contents.at("/units/measure").asText());
    assertMadeAgain(out);
    contents = contents(decode("--pseudo-population", "--resamples", "2", "--overwrite"));
    assertEquals(
        "[\"pseudo-population, resample 1\",\"pseudo-population, resample 2\"]",
        contents.at("/rows/names").toString());
    assertEquals(20, contents.at("/units/ranked").asInt());
    assertMadeAgain(out);
  }

  @Test
  void noReportIsWrittenWhereNoneIsWanted() {
    Path out = decode("--no-report");
    assertFalse(Files.exists(out.resolve("report.html")));
    assertFalse(Files.exists(out.resolve("units.json")));
  }

  @Test
  void folderThatNothingWasDecodedIntoIsRefused() {
    Run run = Run.of("report", folder.toString());
    assertEquals(2, run.code());
    assertTrue(run.sentence().contains("has no summary.json"), run.sentence());
  }
}
