package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;

/** NWB 1, as jHDF writes it, and files that are no good. */
class NwbOneTest {
  @TempDir Path folder;

  private NwbFile open(NwbOne content) {
    return NwbFile.open(content.write(folder.resolve("one.nwb")));
  }

  private static String refusal(Runnable read) {
    return assertThrows(InvalidInputException.class, read::run).getMessage();
  }

  @Test
  void unitsComeInTheOrderOfUnitListWithTheirNames() {
    try (NwbFile file = open(new NwbOne("i", "s").unit("V1", "9", 3, 1, 2).unit("V1", "10", 5))) {
      NwbTable units = file.table("units");
      assertArrayEquals(new String[] {"9", "10"}, units.column("neuron").read().strings());
      assertArrayEquals(new String[] {"V1", "V1"}, units.column("area").read().strings());
      NwbValues times = units.column("times").read();
      assertArrayEquals(new double[] {1, 2, 3}, times.doubles(0));
      assertArrayEquals(new double[] {5}, times.doubles(1));
      assertArrayEquals(new long[] {3, 4}, units.column("times").ends());
      assertEquals(1, units.spikes().orElseThrow().unsortedUnits());
    }
  }

  @Test
  void unitsOfOneNameInTwoAreasAreNotMerged() {
    try (NwbFile file =
        open(new NwbOne("i", "s").unit("V1", "1", 1).unit("LGd", "1", 2).unit("LGd", "2", 3))) {
      NwbTable units = file.table("units");
      assertArrayEquals(
          new String[] {"LGd/1", "LGd/2", "V1/1"}, units.column("neuron").read().strings());
      assertEquals(
          List.of("Areas share names of units: neurons are called AREA/UNIT."), units.notes());
      NwbTable area = file.table("/processing/LGd/UnitTimes");
      assertArrayEquals(new String[] {"1", "2"}, area.column("neuron").read().strings());
    }
  }

  @Test
  void presentationTakesNamesFromFeaturesOrFromTheOption() {
    NwbOne content =
        new NwbOne("i", "s")
            .presentation("gratings", "timestamps", new double[] {1, 2})
            .presentation("gratings", "data", new float[][] {{45, 0.5f}, {90, 0.25f}})
            .presentation("gratings", "features", new String[] {"orientation", "Time"})
            .presentation("images", "timestamps", new double[][] {{1, 4}, {2, 8}});
    try (NwbFile file = open(content)) {
      NwbTable gratings = file.table("gratings");
      assertEquals(
          "[event long, time double, orientation double, Time_2 double]",
          gratings.columns().toString());
      assertArrayEquals(new double[] {0.5, 0.25}, gratings.column("Time_2").read().doubles());
      NwbTable images = file.table("images", "start_time", "stop_time");
      assertEquals(
          "[event long, time double, duration double, start_time double, stop_time double]",
          images.columns().toString());
      assertArrayEquals(new double[] {6}, images.column("duration").read(1, 2).doubles());
      assertEquals(2, file.rowCount(file.tables().get(1)));
      assertTrue(refusal(() -> file.table("gratings", "time")).contains("names for its columns"));
      assertTrue(refusal(() -> file.table("images", "time", "time")).contains("different names"));
      assertTrue(refusal(() -> gratings.column("x")).contains("it has event, time, orientation"));
    }
  }

  @Test
  void epochsAreATable() {
    try (NwbFile file = NwbFile.open(SharedFiles.file("nwb/20080606_R1.nwb"))) {
      NwbTable epochs = file.table("epochs");
      assertArrayEquals(
          new String[] {"stim_1", "stim_2", "stim_3"}, epochs.column("name").read().strings());
      double[] start = epochs.column("start_time").read().doubles();
      double[] stop = epochs.column("stop_time").read().doubles();
      assertArrayEquals(start, epochs.column("time").read().doubles());
      assertEquals(stop[2] - start[2], epochs.column("duration").read().doubles()[2]);
    }
  }

  @Test
  void damagedAndForeignFilesAreRefusedWithOneSentence() throws Exception {
    Path good =
        new NwbOne("i", "s").unit("V1", "9", new double[3000]).write(folder.resolve("g.nwb"));
    byte[] bytes = Files.readAllBytes(good);
    for (int length : new int[] {0, 7, 8, 100, 600, bytes.length / 2, bytes.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.nwb"), Arrays.copyOf(bytes, length));
      String message =
          refusal(
              () -> {
                try (NwbFile file = NwbFile.open(cut)) {
                  file.session();
                  file.table("units").column("times").read();
                }
              });
      assertTrue(message.contains("cut.nwb") && message.endsWith("."), message);
    }
    Path text = Files.writeString(folder.resolve("t.nwb"), "text ".repeat(1000));
    assertTrue(refusal(() -> NwbFile.open(text)).contains("is not an HDF5 file"));
    assertTrue(refusal(() -> NwbFile.open(folder)).contains("is a folder"));
    assertTrue(
        refusal(() -> NwbFile.open(folder.resolve("no.nwb"))).startsWith("There is no file"));
  }
}
