package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.nwb.Nwb1Writer;
import org.neuroglia.spark.LocalSpark;

class SampleCommandTest {
  @TempDir Path folder;

  private Path file() {
    Path file = folder.resolve("s.nwb");
    new Nwb1Writer("tiny")
        .units("V1", List.of("9", "10", "7"), new double[][] {{1.05, 1.15, 2.0}, {1.1}, {}})
        .presentation("flashes", new double[][] {{1, 3}, {2, 4}})
        .write(file);
    return file;
  }

  private Run sample(Path file, Path out, String... more) {
    String[] arguments = {
      "sample",
      file.toString(),
      "--events",
      "flashes",
      "--columns",
      "time,counts",
      "--window",
      "0,0.25,0.1",
      "--out",
      out.toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Run.of(all);
  }

  /**
   *
   *
   * <pre>
   * edges  1.0   1.1   1.2      2.0   2.1   2.2
   * "9"       |     |            |
   * "10"         |
   * "7"
   * </pre>
   */
  @Test
  void countsAreInTheOrderOfBinAndNeuron() throws IOException {
    Path out = folder.resolve("out");
    Run run = sample(file(), out);
    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertEquals("2 events × 2 bins written to " + out, run.lastLine());

    List<Row> rows =
        LocalSpark.session().read().parquet(out.resolve("tensor").toString()).collectAsList();
    assertEquals(2, rows.size());
    assertEquals("tiny", rows.get(0).getAs("session"));
    assertEquals(0L, rows.get(0).<Long>getAs("event"));
    // Neurons as text: 10, 7, 9.
    assertEquals(List.of(0, 0, 1, 1, 0, 1), rows.get(0).getList(rows.get(0).fieldIndex("counts")));
    assertEquals(List.of(0, 0, 1, 0, 0, 0), rows.get(1).getList(rows.get(1).fieldIndex("counts")));
    assertEquals(4.0, rows.get(1).<Double>getAs("counts_2"), "a column of the file is kept");

    JsonNode json = new ObjectMapper().readTree(Files.readString(out.resolve("tensor.json")));
    assertEquals("[\"10\",\"7\",\"9\"]", json.at("/sessions/0/neurons").toString());
    assertEquals(2, json.at("/sessions/0/events").asInt());
    assertEquals(2, json.get("bins").asInt());
    double[] edges = new ObjectMapper().treeToValue(json.get("binEdges"), double[].class);
    assertArrayEquals(new double[] {0, 0.1, 0.2}, edges);
  }

  @Test
  void conditionsChooseEventsAndUnits() throws IOException {
    Path out = folder.resolve("out");
    Run run = sample(file(), out, "--where", "time > 1.5", "--units", "size(times) > 1");
    assertEquals("1 events × 2 bins written to " + out, run.lastLine());
    JsonNode json = new ObjectMapper().readTree(Files.readString(out.resolve("tensor.json")));
    assertEquals("[\"9\"]", json.at("/sessions/0/neurons").toString());
  }

  @Test
  void conditionsThatLeaveNothingAreNamed() {
    Path file = file();
    Path out = folder.resolve("out");
    Run noEvents = sample(file, out, "--where", "time > 100");
    assertEquals(2, noEvents.code());
    assertEquals("--where \"time > 100\" leaves no event of table flashes.", noEvents.sentence());
    Run noUnits = sample(file, out, "--units", "neuron = 'x'");
    assertEquals(2, noUnits.code());
    assertEquals("--units \"neuron = 'x'\" leaves no unit.", noUnits.sentence());
    assertTrue(Files.notExists(out));
  }

  @Test
  void conditionsThatAreNotSqlAreNamed() {
    Path file = file();
    Path out = folder.resolve("out");
    for (String condition : List.of("colour = 1", "time >", "time")) {
      Run run = sample(file, out, "--where", condition);
      assertEquals(2, run.code());
      assertTrue(
          run.sentence().startsWith("--where \"" + condition + "\" is not a condition"),
          run.sentence());
      assertTrue(
          run.sentence().endsWith("the columns are session, event, time, counts."), run.sentence());
    }
  }
}
