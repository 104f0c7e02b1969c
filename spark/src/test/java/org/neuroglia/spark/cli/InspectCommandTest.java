package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.nwb.Nwb1Writer;

class InspectCommandTest {
  @TempDir Path folder;

  private Path write(String name) {
    Path file = folder.resolve(name);
    new Nwb1Writer("id of " + name)
        .sessionId("mouse 7")
        .units("V1", List.of("9", "10", "7"), new double[][] {{1, Double.NaN, 3}, {2, 1.5}, {}})
        .presentation("flashes", new double[][] {{1}, {2}})
        .write(file);
    return file;
  }

  @Test
  void jsonHasSessionUnitsAndTables() throws IOException {
    Path file = write("s.nwb");
    Run run = Run.of("inspect", file.toString(), "--json");
    assertEquals("", run.err());
    assertEquals(0, run.code());
    JsonNode all = new ObjectMapper().readTree(run.out());
    assertEquals(1, all.size());
    JsonNode json = all.get(0);
    assertEquals(file.toString(), json.get("path").asText());
    assertEquals("NWB-1.0.6", json.get("version").asText());
    assertEquals("mouse 7", json.at("/session/sessionId").asText());
    JsonNode units = json.at("/tables/0/units");
    assertEquals(3, units.get("count").asInt());
    assertEquals(4, units.get("spikes").asInt());
    assertEquals(1, units.get("silent").asInt());
    assertEquals(1, units.get("nanDropped").asInt());
    assertEquals(1, units.get("unsorted").asInt());
    assertEquals("9", units.at("/neurons/0/neuron").asText());
    assertEquals(2, units.at("/neurons/0/spikes").asInt());
    assertEquals(1.0, units.at("/neurons/0/rate").asDouble());
    assertEquals(0, units.at("/neurons/2/spikes").asInt());
    assertEquals("flashes", json.at("/tables/1/name").asText());
  }

  @Test
  void textIsForPeople() {
    Run run = Run.of("inspect", write("s.nwb").toString());
    assertTrue(run.out().contains("session id    mouse 7"), run.out());
    assertTrue(run.out().contains("4 of 3 neurons from 1.000 to 3.000 s"), run.out());
    assertTrue(
        run.out().contains("1 silent neurons, 1 NaN dropped, 1 unsorted neurons sorted"),
        run.out());
  }

  @Test
  void tracesAreListedWithTheirSize() throws IOException {
    Path file = folder.resolve("traces.nwb");
    new Nwb1Writer("traces")
        .fluorescence(
            "DfOverF",
            new double[] {1, 1.5, 2},
            List.of("a", "b"),
            new double[][] {{1, 2, 3}, {4, 5, 6}})
        .write(file);
    String path = "/processing/brain_observatory_pipeline/DfOverF/imaging_plane_1";
    Run text = Run.of("inspect", file.toString());
    assertTrue(
        text.out()
            .contains(
                "  imaging_plane_1: traces, 2 x 3 samples at 2.00 Hz from 1.000 to 2.000 s, in dF/F ("
                    + path
                    + ")"),
        text.out());
    Run run = Run.of("inspect", file.toString(), "--json");
    JsonNode series = new ObjectMapper().readTree(run.out()).at("/0/series/0");
    assertEquals(path, series.get("path").asText());
    assertEquals(2, series.get("neurons").asInt());
    assertEquals(3, series.get("samples").asInt());
    assertEquals("dF/F", series.get("unit").asText());
    assertEquals(2.0, series.get("rate").asDouble());
    assertEquals(1.0, series.get("first").asDouble());
  }

  @Test
  void foldersAndGlobsAreSearched() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    write("a/x.nwb");
    write("a/b/y.nwb");
    assertEquals(2, Run.of("inspect", folder.toString()).out().split("mouse 7", -1).length - 1);
    Run glob = Run.of("inspect", folder + "/a/*.nwb");
    assertTrue(glob.out().contains("x.nwb") && !glob.out().contains("y.nwb"), glob.out());
  }

  @Test
  void whatCannotBeReadIsNamedAfterWhatCan() throws IOException {
    write("good.nwb");
    Path bad = folder.resolve("bad.nwb");
    Files.writeString(bad, "not HDF5");
    Run run = Run.of("inspect", folder.toString());
    assertEquals(2, run.code());
    assertTrue(run.out().contains("good.nwb"));
    assertTrue(run.sentence().contains(bad.toString()), run.sentence());
  }
}
