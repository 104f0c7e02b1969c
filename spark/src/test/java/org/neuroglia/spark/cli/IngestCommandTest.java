package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.nwb.NwbOne;

class IngestCommandTest {
  @TempDir Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void session(String id) {
    new NwbOne("identifier " + id, id)
        .unit("V1", "10", 1, 2, 3)
        .unit("LP", "3", 0.25, 7)
        .presentation("images", "timestamps", new double[] {1, 2})
        .write(folder.resolve(id + ".nwb"));
  }

  @Test
  void aLakeIsMadeAndInspected() throws Exception {
    session("a");
    session("b");
    Files.writeString(folder.resolve("broken.nwb"), "no HDF5, but a few words of text");
    Run first = Run.of("ingest", folder.toString(), "--out", path("lake"));
    assertEquals(0, first.code(), first.err());
    assertTrue(
        first
            .lastLine()
            .startsWith(path("lake") + ": 2 sessions added, 0 replaced, 0 unchanged, 1 not read; "),
        first.out());
    assertTrue(first.err().contains("  1 not read:\n    " + path("broken.nwb")), first.err());
    Run again = Run.of("ingest", folder.toString(), "--out", path("lake"));
    assertTrue(again.lastLine().contains("0 sessions added, 0 replaced, 2 unchanged, 1 not read"));

    Run shown = Run.of("inspect", path("lake"));
    assertEquals(0, shown.code(), shown.err());
    assertTrue(shown.out().contains("  2 sessions, 4 units, 10 spikes\n"), shown.out());
    assertTrue(shown.out().contains("  units by area: LP 2, V1 2\n"), shown.out());
    assertTrue(shown.out().contains("  events images: 4 rows of 2 sessions\n"), shown.out());
    assertTrue(shown.out().contains("broken.nwb is not an HDF5 file"), shown.out());
    Run json = Run.of("inspect", path("lake"), "--json");
    assertTrue(json.out().contains("\"spikes\" : 10"), json.out());
    Run two = Run.of("inspect", path("lake"), path("a.nwb"));
    assertEquals("A lake is inspected by itself; name only one path.", two.sentence());
  }

  @Test
  void aFileThatCannotBeReadCanStopAll() throws Exception {
    session("a");
    Files.writeString(folder.resolve("broken.nwb"), "no HDF5, but a few words of text");
    Run run = Run.of("ingest", folder.toString(), "--out", path("lake"), "--on-error", "fail");
    assertEquals(2, run.code());
    assertTrue(run.sentence().startsWith(path("broken.nwb") + " is not an HDF5 file"), run.err());
    assertFalse(Files.exists(Path.of(path("lake"))));
  }

  @Test
  void aPlainCopyIsThereWholeOrNotAtAll() throws Exception {
    session("a");
    Run run =
        Run.of(
            "ingest",
            folder.toString(),
            "--out",
            path("copy"),
            "--format",
            "parquet",
            "--columns",
            "images=time,end_time");
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.isDirectory(Path.of(path("copy"), "events", "images")));
    Run again = Run.of("ingest", folder.toString(), "--out", path("copy"), "--format", "parquet");
    assertTrue(again.sentence().contains("exists already"), again.err());
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() {
    assertEquals(
        "There is no file " + path("none.nwb") + ".",
        Run.of("ingest", path("none.nwb"), "--out", path("lake")).sentence());
    assertTrue(
        Run.of("ingest", path("none.nwb"), "--out", path("lake"), "--session", "name")
            .sentence()
            .contains("accepted are auto, session_id, identifier, path"));
    session("a");
    assertTrue(
        Run.of("ingest", folder.toString(), "--out", path("lake"), "--columns", "time,")
            .sentence()
            .contains("--columns time, must be names"));
  }
}
