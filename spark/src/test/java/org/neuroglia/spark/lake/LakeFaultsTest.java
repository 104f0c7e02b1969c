package org.neuroglia.spark.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.spark.CountedFileSystem;
import org.neuroglia.spark.LocalSpark;

class LakeFaultsTest {
  @TempDir Path folder;
  private Archive archive;
  private String path;

  @BeforeEach
  void anArchive() throws Exception {
    archive = new Archive(folder.resolve("archive"));
    path = folder.resolve("lake").toString();
    SparkSession spark = LocalSpark.session();
    spark.conf().set("fs.dying.impl", DyingFileSystem.class.getName());
    spark.conf().set("fs.dying.impl.disable.cache", "true");
    spark.conf().set("fs.AbstractFileSystem.dying.impl", DyingFileSystem.Context.class.getName());
    CountedFileSystem.breakDisk("", 0);
    DyingFileSystem.liveFor(Integer.MAX_VALUE);
  }

  private Lake lake() {
    return Lake.open(LocalSpark.session(), path);
  }

  /** Everything that a reader sees. */
  private List<List<String>> seen() {
    if (!Lake.isLake(path, new Configuration())) {
      return List.of();
    }
    Lake lake;
    try {
      lake = lake();
    } catch (InvalidInputException e) {
      assertTrue(e.getMessage().contains("did not end"), e.getMessage());
      return List.of();
    }
    List<List<String>> seen = new ArrayList<>();
    seen.add(Archive.texts(lake.sessions().select("session", "modified", "spikes", "events")));
    seen.add(Archive.texts(lake.units()));
    seen.add(Archive.texts(lake.events("images")));
    seen.add(Archive.texts(lake.failures().select("path")));
    return seen;
  }

  private List<List<String>> expected() {
    List<List<String>> expected = new ArrayList<>();
    expected.add(Archive.texts(archive.read("units")));
    expected.add(Archive.texts(archive.read("images")));
    return expected;
  }

  /** Ingests into a file system that dies after more and more changes, until it lives. */
  private int dieAgainAndAgain() {
    List<List<String>> before = seen();
    int deaths = 0;
    for (int changes = 0; ; changes++) {
      DyingFileSystem.liveFor(changes);
      Ingest ingest = archive.ingest();
      boolean died = false;
      try {
        ingest.into("dying://" + path);
      } catch (Exception e) {
        died = true;
      }
      boolean dead = DyingFileSystem.isDead();
      DyingFileSystem.liveFor(Integer.MAX_VALUE);
      List<List<String>> now = seen();
      if (!died && !dead) {
        assertEquals(expected(), now.subList(1, 3));
        return deaths;
      }
      deaths++;
      assertTrue(deaths < 100, "it never ends");
      if (!now.equals(before)) {
        assertEquals(expected(), now.subList(1, 3), "neither before nor after");
        return deaths;
      }
    }
  }

  @Test
  void killedAtAnyMomentTheFirstIngestIsThereWholeOrNotAtAll() throws Exception {
    archive.add("a", 0);
    archive.add("b", 1);
    assertTrue(dieAgainAndAgain() >= 8);
  }

  @Test
  void killedAtAnyMomentALakeReadsAsBeforeOrAsAfter() throws Exception {
    archive.add("a", 0);
    archive.add("b", 1);
    archive.add("c", 2);
    archive.ingest().into("dying://" + path);
    archive.change("b", 0.5);
    archive.add("d", 1);
    assertTrue(dieAgainAndAgain() >= 8);
  }

  @Test
  void anIngestBesideAnotherIsAnErrorAndLeavesTheOther() throws Exception {
    archive.add("a", 0);
    archive.ingest().into(path);
    Configuration hadoop = new Configuration();
    LakeFolder slow = LakeFolder.open(LocalSpark.session(), path, hadoop);
    archive.add("b", 1);
    archive.ingest().into(path);
    BatchReader.Order order =
        new BatchReader.Order(
            slow.path(), "slow", "auto", List.of(), java.util.Map.of(), slow.schemas(), false);
    Reading nothing = Reading.of(LocalSpark.session(), List.of(), order, hadoop);
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () ->
                    slow.commit(
                        nothing,
                        order,
                        java.util.Set.of("a"),
                        List.of(),
                        java.util.Optional.empty()))
            .getMessage()
            .contains("Another program has written"));
    assertEquals(2, lake().sessions().count());
    assertEquals(expected(), seen().subList(1, 3));
    archive.add("c", 1);
    archive.ingest().into(path);
    assertEquals(expected(), seen().subList(1, 3), "healed");
  }

  @Test
  void eachFileIsOpenedOnceAndReadOnceThroughStreams() throws Exception {
    for (int i = 0; i < 3; i++) {
      archive.add("s" + i, large("s" + i));
    }
    long bytes = 0;
    for (int i = 0; i < 3; i++) {
      bytes += Files.size(archive.file("s" + i));
    }
    Ingest ingest =
        archive.ingest().setPaths(CountedFileSystem.address(Path.of(archive.path())) + "/*.nwb");
    CountedFileSystem.since();
    ingest.into(path);
    CountedFileSystem.Count read = CountedFileSystem.since();
    assertEquals(3, read.files());
    double share = (double) read.bytes() / bytes;
    assertTrue(share > 0.9 && share < 1.1, "read " + share + " of the bytes");
    assertEquals(expected(), seen().subList(1, 3));
    CountedFileSystem.since();
    assertEquals(3, ingest.into(path).unchanged());
    assertEquals(0, CountedFileSystem.since().files());
  }

  @Test
  void aFileThatFailsAfterSomeRowsTakesNoneOfThemAlong() throws Exception {
    for (int i = 0; i < 4; i++) {
      archive.add("s" + i, large("s" + i));
    }
    CountedFileSystem.breakDisk("s2.nwb", Files.size(archive.file("s2")) / 2);
    Ingest ingest =
        archive.ingest().setPaths(CountedFileSystem.address(Path.of(archive.path())) + "/*.nwb");
    Ingest.Report report = ingest.into(path);
    assertEquals(3, report.added());
    assertTrue(
        report.failures().get(0).reason().contains("Input/output error"),
        report.failures().toString());
    assertEquals(30, lake().units().count());
    assertEquals(0, lake().units().where("session = 's2'").count());
    CountedFileSystem.breakDisk("", 0);
    assertEquals(1, ingest.into(path).added());
    assertEquals(expected(), seen().subList(1, 3));
    assertEquals(0, lake().failures().count());
  }

  private static NwbOne large(String id) {
    NwbOne session =
        new NwbOne("identifier " + id, id)
            .presentation("images", "timestamps", new double[] {1, 2});
    for (int unit = 0; unit < 10; unit++) {
      double[] times = new double[20_000];
      Arrays.setAll(times, i -> i * 0.01);
      session.unit("V1", "u" + unit, times);
    }
    return session;
  }

  @Test
  void aReaderOfOneSessionReadsTheFilesThatHaveIt() throws Exception {
    for (String id : List.of("a", "b", "c")) {
      archive.add(id, 0);
      archive.ingest().into(path); // a file for each
    }
    assertEquals(3, lake().units().inputFiles().length);
    assertEquals(1, filesRead("session = 'b'"));
    assertEquals(3, filesRead("area = 'V1'"));
    assertEquals(0, filesRead("area = 'CA1'"));
    assertFalse(lake().units().where("session = 'b'").isEmpty());
  }

  /** How many files of the units a query opens. */
  private int filesRead(String condition) {
    Lake lake = Lake.open(LocalSpark.session(), CountedFileSystem.address(Path.of(path)));
    long none = opened(lake, "false");
    return (int) (opened(lake, condition) - none);
  }

  private static long opened(Lake lake, String condition) {
    org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> rows = lake.units().where(condition);
    CountedFileSystem.since();
    rows.collectAsList();
    return CountedFileSystem.since().names().stream()
        .filter(file -> file.endsWith(".parquet"))
        .count();
  }

  @Test
  void withoutDeltaLakeOneIsToldHowToGetIt() throws Exception {
    String pom = Files.readString(Path.of(System.getProperty("project.root"), "pom.xml"));
    String version = pom.replaceFirst("(?s).*<delta.version>(.*?)</delta.version>.*", "$1");
    ClassLoader none = ClassLoader.getPlatformClassLoader();
    String said =
        assertThrows(InvalidInputException.class, () -> Lake.requireDelta(none)).getMessage();
    assertTrue(said.contains("--packages io.delta:delta-spark_4.1_2.13:" + version), said);
  }
}
