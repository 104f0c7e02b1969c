package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.NaturalImageSession;

class Nwb1WriterTest {
  @TempDir Path folder;

  private static Nwb1Writer twoUnits() {
    return new Nwb1Writer("id 1")
        .units("V1", List.of("9", "102"), new double[][] {{0.5, 1.25}, {}})
        .presentation("images", new double[][] {{1, 1.25, 7}, {2, 2.25, 8}});
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void layoutIsThatOfNwb1() {
    Path path = folder.resolve("a b.nwb");
    twoUnits()
        .sessionId("mouse 1")
        .sessionDescription("naïve mouse")
        .sessionStartTime(OffsetDateTime.parse("2018-10-16T08:00:00Z"))
        .write(path);
    try (HdfFile file = new HdfFile(path)) {
      assertEquals("NWB-1.0.6", file.getDatasetByPath("/nwb_version").getData());
      assertEquals("id 1", file.getDatasetByPath("/identifier").getData());
      assertEquals("mouse 1", file.getDatasetByPath("/general/session_id").getData());
      assertEquals("naïve mouse", file.getDatasetByPath("/session_description").getData());
      assertEquals("2018-10-16T08:00Z", file.getDatasetByPath("/session_start_time").getData());
      assertArrayEquals(
          new String[] {"9", "102"},
          (String[]) file.getDatasetByPath("/processing/V1/UnitTimes/unit_list").getData());
      assertArrayEquals(
          new double[] {0.5, 1.25},
          (double[]) file.getDatasetByPath("/processing/V1/UnitTimes/9/times").getData());
      assertArrayEquals(
          new double[][] {{1, 1.25, 7}, {2, 2.25, 8}},
          (double[][]) file.getDatasetByPath("/stimulus/presentation/images/timestamps").getData());
    }
  }

  @Test
  void silentUnitIsListedAndHasAnEmptyGroup() {
    Path path = folder.resolve("silent.nwb");
    twoUnits().write(path);
    try (HdfFile file = new HdfFile(path)) {
      Group unit = (Group) file.getByPath("/processing/V1/UnitTimes/102");
      assertTrue(unit.getChildren().isEmpty());
    }
  }

  @Test
  void readerTakesSilentUnitsBackInTheOrderOfTheList() {
    Path path = folder.resolve("silent.nwb");
    twoUnits().write(path);
    try (NwbFile file = NwbFile.open(path)) {
      NwbTable units = file.table("units");
      assertArrayEquals(new String[] {"9", "102"}, units.column("neuron").read().strings());
      assertArrayEquals(new double[] {0.5, 1.25}, units.column("times").read().doubles(0));
      assertArrayEquals(new double[0], units.column("times").read().doubles(1));
      assertEquals(1, units.spikes().orElseThrow().silentUnits());
      assertEquals(List.of(), units.notes());
    }
  }

  @Test
  void generatedSessionComesBackToTheBit() {
    NaturalImageSession session =
        NaturalImageSession.builder().units(5).images(3).repeats(2).firstImage(10).build();
    Path path = folder.resolve("session.nwb");
    session.toNwb().write(path);
    try (HdfFile file = new HdfFile(path)) {
      for (int unit = 0; unit < 5; unit++) {
        assertArrayEquals(
            session.train(unit),
            (double[])
                file.getDatasetByPath(
                        "/processing/V1/UnitTimes/" + session.units().get(unit) + "/times")
                    .getData());
      }
    }
  }

  @Test
  void existingFileIsKeptUnlessOverwriteIsAsked() throws IOException {
    Path path = folder.resolve("x.nwb");
    Files.writeString(path, "mine");
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> twoUnits().write(path));
    assertEquals(path + " cannot be written: it exists already.", e.getMessage());
    assertEquals("mine", Files.readString(path));
    twoUnits().overwrite(true).write(path);
    assertTrue(Files.size(path) > 1000);
    assertEquals(List.of("x.nwb"), names());
  }

  @Test
  void missingFolderIsNamed() {
    Path path = folder.resolve("no/x.nwb");
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> twoUnits().write(path));
    assertEquals(
        path + " cannot be written: there is no folder " + path.getParent() + ".", e.getMessage());
  }

  @Test
  void failedWriteLeavesNothingBehind() throws IOException {
    Path path = folder.resolve("x.nwb");
    Files.createDirectory(path);
    Files.writeString(path.resolve("content"), "mine");
    assertThrows(InvalidInputException.class, () -> twoUnits().overwrite(true).write(path));
    assertEquals(List.of("x.nwb"), names());
  }

  @Test
  void namesThatHdfCannotHoldAreRefused() {
    Nwb1Writer writer = new Nwb1Writer("id");
    double[][] train = {{1}};
    assertThrows(InvalidInputException.class, () -> writer.units("V1", List.of("a/b"), train));
    assertThrows(
        InvalidInputException.class, () -> writer.units("V1", List.of("unit_list"), train));
    assertThrows(
        InvalidInputException.class,
        () -> writer.units("V1", List.of("a", "a"), new double[][] {{1}, {2}}));
    assertThrows(
        InvalidInputException.class, () -> writer.presentation("p", new double[][] {{1}, {}}));
    assertThrows(InvalidInputException.class, () -> writer.presentation("p", new double[0][]));
  }

  @Test
  void presentationWithFeaturesNamesItsColumns() {
    Path path = folder.resolve("features.nwb");
    twoUnits()
        .presentation(
            "trials",
            new double[] {1, 2.5},
            List.of("choice", "speed"),
            new double[][] {{0, 0.5}, {1, Double.NaN}})
        .write(path);
    try (NwbFile file = NwbFile.open(path)) {
      NwbTable trials = file.table("trials");
      assertEquals(
          List.of("event", "time", "choice", "speed"),
          trials.columns().stream().map(NwbColumn::name).toList());
      assertArrayEquals(new double[] {1, 2.5}, trials.column("time").read().doubles());
      assertArrayEquals(new double[] {0, 1}, trials.column("choice").read().doubles());
      assertArrayEquals(new double[] {0.5, Double.NaN}, trials.column("speed").read().doubles());
    }
  }

  @Test
  void featuresThatDoNotFitAreRefused() {
    Nwb1Writer writer = twoUnits();
    double[] times = {1};
    List<String> one = List.of("a");
    double[][] row = {{1}};
    assertThrows(InvalidInputException.class, () -> writer.presentation("images", times, one, row));
    assertThrows(
        InvalidInputException.class, () -> writer.presentation("t", new double[2], one, row));
    assertThrows(
        InvalidInputException.class, () -> writer.presentation("t", times, List.of("a", "b"), row));
    assertThrows(
        InvalidInputException.class,
        () -> writer.presentation("t", times, List.of("a", "a"), new double[][] {{1, 2}}));
  }

  /** Units that are known to be units are not looked at before their values are read. */
  @Test
  void ofAKnownTableOnlyTheUnitsAskedForAreRead() throws IOException {
    Path path = folder.resolve("known.nwb");
    NaturalImageSession.builder().units(60).images(3).repeats(200).build().toNwb().write(path);
    CountingChannel channel = new CountingChannel(path);
    try (NwbFile file = NwbFile.open(channel, "counted")) {
      channel.bytes();
      NwbTable known = file.knownTable("/processing", 60);
      String[] neurons = known.column("neuron").read().strings();
      double[] train = known.column("times").read(41, 42).doubles();
      long bytes = channel.bytes();
      assertTrue(bytes < 8 * train.length + 0.1 * Files.size(path), bytes + " bytes");
      NwbTable units = file.table("units");
      assertArrayEquals(units.column("neuron").read().strings(), neurons);
      assertArrayEquals(units.column("times").read().doubles(41), train);
      assertEquals(60, file.knownTable("/processing", 7).rowCount());
    }
  }
}
