package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

/** The session of neuroglia's introduction: NWB 1, 69 units, 5,950 presentations. */
class SessionX1Test {
  private static final String[] NAMES = {"time", "end_time", "image_id"};

  @Test
  void unitsAndPresentationsAreRead() {
    try (NwbFile file = NwbFile.open(SharedFiles.file("session_x1.nwb"))) {
      assertEquals("NWB-1.0.6", file.version());
      NwbTable units = file.table("units");
      assertEquals(69, units.rowCount());
      SpikeSummary spikes = units.spikes().orElseThrow();
      assertEquals(spikes.spikes(), units.column("times").read().doubles().length);
      assertEquals(0, spikes.nan() + spikes.unsortedUnits() + spikes.silentUnits());

      NwbTable images = file.table("natural_images", NAMES);
      assertEquals(
          "[event long, time double, duration double, end_time double, image_id double]",
          images.columns().toString());
      double[] time = images.column("time").read().doubles();
      double[] end = images.column("end_time").read().doubles();
      double[] duration = images.column("duration").read().doubles();
      assertEquals(5950, time.length);
      assertEquals(1986.37, time[0]);
      assertEquals(end[17] - time[17], duration[17]);
    }
  }

  @Test
  void gzipFileHasTheSameValues() {
    try (NwbFile plain = NwbFile.open(SharedFiles.file("session_x1.nwb"));
        NwbFile gzip = NwbFile.open(SharedFiles.file("session_x1_gzip.nwb"))) {
      assertArrayEquals(
          plain.table("units").column("neuron").read().strings(),
          gzip.table("units").column("neuron").read().strings());
      NwbValues times = plain.table("units").column("times").read();
      NwbValues others = gzip.table("units").column("times").read();
      assertArrayEquals(times.offsets(0), others.offsets(0));
      assertArrayEquals(times.doubles(), others.doubles());
      assertArrayEquals(
          plain.table("natural_images", NAMES).column("image_id").read().doubles(),
          gzip.table("natural_images", NAMES).column("image_id").read().doubles());
    }
  }

  @Test
  void channelMayReturnOneByteAtATime() throws Exception {
    byte[] bytes = Files.readAllBytes(SharedFiles.file("session_x1_gzip.nwb"));
    try (NwbFile whole = NwbFile.open(SharedFiles.file("session_x1_gzip.nwb"));
        NwbFile slow = NwbFile.open(new OneByteChannel(bytes), "slow")) {
      assertArrayEquals(
          whole.table("units").column("times").read().doubles(),
          slow.table("units").column("times").read().doubles());
    }
  }

  @Test
  void unnamedColumnsAreAskedFor() {
    try (NwbFile file = NwbFile.open(SharedFiles.file("session_x1.nwb"))) {
      String message =
          assertThrows(InvalidInputException.class, () -> file.table("natural_images"))
              .getMessage();
      assertTrue(message.contains("5950 x 3") && message.contains("columns=time,end"), message);
      assertThrows(InvalidInputException.class, () -> file.table("natural_images", "time", "b"));
      message = assertThrows(InvalidInputException.class, () -> file.table("trials")).getMessage();
      assertTrue(message.contains("it has units, natural_images"), message);
    }
  }
}
