package org.neuroglia.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTable;

class DriftingGratingSessionTest {
  @TempDir private Path folder;

  private static DriftingGratingSession.Builder small() {
    return DriftingGratingSession.builder().units(12).repeats(4);
  }

  @Test
  void defaultSessionIsTheAllenInstitutes() {
    DriftingGratingSession session = DriftingGratingSession.create();
    assertEquals(15 * (8 * 5 + 2), session.events());
    assertEquals(40, Arrays.stream(session.conditions()).max().orElseThrow());
    assertEquals(315, Arrays.stream(session.directions()).filter(d -> d >= 0).max().orElseThrow());
    assertEquals(30, Arrays.stream(session.directions()).filter(Double::isNaN).count());
    assertEquals(75, Arrays.stream(session.directions()).filter(d -> d == 45).count());
    assertEquals(120, Arrays.stream(session.temporalFrequencies()).filter(f -> f == 15).count());
    assertEquals(30 + 629 * 3, session.times()[629]);
    assertEquals(32, session.endTimes()[0]);
  }

  @Test
  void everyBlockShowsEveryConditionOnce() {
    int[] conditions = small().blanksPerRepeat(0).build().conditions();
    for (int block = 0; block < 4; block++) {
      int[] shown = Arrays.copyOfRange(conditions, 40 * block, 40 * block + 40);
      Arrays.sort(shown);
      assertArrayEquals(IntStream.range(0, 40).toArray(), shown);
    }
  }

  @Test
  void conditionTellsDirectionAndFrequency() {
    DriftingGratingSession session = small().build();
    for (int e = 0; e < session.events(); e++) {
      int condition = session.conditions()[e];
      if (condition < 40) {
        assertEquals(45.0 * (condition / 5), session.directions()[e]);
        assertEquals(
            new double[] {1, 2, 4, 8, 15}[condition % 5], session.temporalFrequencies()[e]);
      } else {
        assertTrue(Double.isNaN(session.directions()[e]));
      }
    }
  }

  /** From each half of the repeats the direction of the other half can be told. */
  @Test
  void countsTellTheDirection() {
    DriftingGratingSession session = DriftingGratingSession.create();
    double[][] trains = session.trains();
    double[] times = session.times();
    double[][][] means = new double[2][8][69];
    for (int e = 0; e < times.length; e++) {
      if (session.conditions()[e] < 40) {
        int half = e < times.length / 2 ? 0 : 1;
        int direction = session.conditions()[e] / 5;
        for (int unit = 0; unit < 69; unit++) {
          means[half][direction][unit] += count(trains[unit], times[e] + 0.1, times[e] + 2);
        }
      }
    }
    for (int direction = 0; direction < 8; direction++) {
      double[] shown = means[0][direction];
      int nearest =
          IntStream.range(0, 8)
              .boxed()
              .min(
                  (a, b) ->
                      Double.compare(distance(shown, means[1][a]), distance(shown, means[1][b])))
              .orElseThrow();
      assertEquals(direction, nearest);
    }
  }

  private static double count(double[] train, double from, double to) {
    return Arrays.stream(train).filter(time -> time >= from && time < to).count();
  }

  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, a.length)
        .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]) / (a[i] + b[i] + 1))
        .sum();
  }

  @Test
  void unitsAreTheSameInWhateverOrderAndThreadTheyAreMade() {
    double[][] trains = small().build().trains();
    for (int unit = 11; unit >= 0; unit--) {
      assertArrayEquals(trains[unit], small().build().train(unit));
    }
    assertFalse(Arrays.equals(trains[0], small().seed(1).build().train(0)));
  }

  @Test
  void spikesLieOnTheSamplingGridAndAscend() {
    DriftingGratingSession session = small().meanRate(40).build();
    for (double[] train : session.trains()) {
      assertTrue(train.length > 0 && train[train.length - 1] < session.duration());
      for (int i = 0; i < train.length; i++) {
        long sample = Math.round(train[i] * DriftingGratingSession.SAMPLING_RATE);
        assertEquals(sample / DriftingGratingSession.SAMPLING_RATE, train[i]);
        assertTrue(i == 0 || train[i] > train[i - 1]);
      }
    }
  }

  @Test
  void numbersStayTheSameFromVersionToVersion() {
    assertEquals(392292779, Arrays.deepHashCode(small().build().trains()));
  }

  @Test
  void writtenSessionCanBeRead() {
    Path path = folder.resolve("gratings.nwb");
    DriftingGratingSession session = small().silentUnits(1).build();
    session.toNwb().write(path);
    try (NwbFile file = NwbFile.open(path)) {
      NwbTable units = file.table("units");
      assertEquals(1, units.spikes().orElseThrow().silentUnits());
      assertArrayEquals(session.train(3), units.column("times").read().doubles(3));
      NwbTable shown =
          file.table(
              DriftingGratingSession.PRESENTATIONS,
              "time",
              "end_time",
              "condition",
              "orientation",
              "temporal_frequency");
      assertEquals(session.events(), shown.rowCount());
      assertArrayEquals(session.times(), shown.column("time").read().doubles());
      assertArrayEquals(session.directions(), shown.column("orientation").read().doubles());
    }
  }

  @Test
  void impossibleSettingsAreNamed() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> small().temporalFrequencies(1, 1).build());
    assertEquals(
        "A drifting grating session cannot have temporalFrequencies [1.0, 1.0]: "
            + "at least one, each above 0, at most 1000 Hz, none twice.",
        e.getMessage());
    assertThrows(InvalidInputException.class, () -> small().silentUnits(13).build());
    assertThrows(InvalidInputException.class, () -> small().directions(0).build());
    assertThrows(InvalidInputException.class, () -> small().directions(1 << 30).build());
    assertThrows(InvalidInputException.class, () -> small().firstGrating(0).build());
  }
}
