package org.neuroglia.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTable;

class ChoiceTaskSessionTest {
  @TempDir Path folder;

  private static ChoiceTaskSession.Builder small() {
    return ChoiceTaskSession.builder().units(12).trials(200).images(5);
  }

  private static double[][] trains(ChoiceTaskSession session) {
    double[][] trains = new double[session.units().size()][];
    Arrays.setAll(trains, session::train);
    return trains;
  }

  @Test
  void defaultSessionHasSpikesAsOfARecording() {
    ChoiceTaskSession session = ChoiceTaskSession.create(1);
    assertEquals(110, session.units().size());
    assertEquals(600, session.trials());
    assertEquals(770, session.duration(), 30);
    int spikes = Arrays.stream(trains(session)).mapToInt(train -> train.length).sum();
    assertEquals(2500, spikes / 110, 500);
  }

  @Test
  void unitsOfAnAreaStandTogetherAndEveryAreaHasSome() {
    ChoiceTaskSession session = small().build();
    Set<String> seen = new TreeSet<>();
    String before = "";
    for (int unit = 0; unit < 12; unit++) {
      String area = session.area(unit).name();
      assertTrue(area.equals(before) || seen.add(area), area);
      before = area;
    }
    assertEquals(Set.of("CA1", "LP", "MOs", "SCm", "VISp"), seen);
    assertEquals("SCm", small().units(5).build().area(4).name());
  }

  @Test
  void behaviourIsAutocorrelated() {
    ChoiceTaskSession session = small().trials(2000).build();
    int[] choices = session.choices();
    int[] blocks = session.blocks();
    double[] times = session.times();
    double[] speeds = session.wheelSpeeds();
    int same = 0;
    int faster = 0;
    for (int t = 1; t < choices.length; t++) {
      same += choices[t] == choices[t - 1] ? 1 : 0;
      faster += speeds[t] > 2 == speeds[t - 1] > 2 ? 1 : 0;
      assertTrue(blocks[t] == blocks[t - 1] || blocks[t] == blocks[t - 1] + 1);
      double interval = times[t] - times[t - 1];
      assertTrue(interval >= 1 && interval <= 1.5);
    }
    assertTrue(same > 1150, "choices were repeated " + same + " times");
    assertTrue(faster > 1300, "speeds stayed on one side " + faster + " times");
    assertEquals(1000, Arrays.stream(choices).sum(), 150);
    assertEquals(2000 / 58, blocks[1999], 12);
  }

  @Test
  void spikesLieOnTheSamplingGridAndAscend() {
    ChoiceTaskSession session = small().meanRate(30).build();
    for (double[] train : trains(session)) {
      for (int i = 0; i < train.length; i++) {
        long sample = Math.round(train[i] * ChoiceTaskSession.SAMPLING_RATE);
        assertEquals(sample / ChoiceTaskSession.SAMPLING_RATE, train[i]);
        assertTrue(i == 0 || train[i] > train[i - 1]);
      }
      assertTrue(train[train.length - 1] < session.duration());
    }
  }

  @Test
  void sessionOfAnArchiveDependsOnNothingButSeedAndNumber() {
    ChoiceTaskArchive archive = ChoiceTaskArchive.create(3);
    ChoiceTaskSession later = archive.session(7);
    archive.session(2).train(1);
    ChoiceTaskSession again = ChoiceTaskArchive.create(3).session(7);
    assertEquals(later.settings(), again.settings());
    assertEquals("synthetic_3_00007", again.settings().name());
    assertArrayEquals(later.train(5), again.train(5));
    assertArrayEquals(later.choices(), again.choices());
    assertNotEquals(
        later.settings().seed(), ChoiceTaskArchive.create(4).session(7).settings().seed());
    for (int number = 0; number < 200; number++) {
      ChoiceTaskSession.Settings settings = archive.session(number).settings();
      assertTrue(settings.units() >= 20 && settings.units() <= 200, settings.toString());
      assertTrue(settings.trials() >= 300 && settings.trials() <= 900, settings.toString());
    }
  }

  @Test
  void numbersStayTheSameFromVersionToVersion() {
    ChoiceTaskSession session = small().build();
    assertEquals(-3871794, Arrays.deepHashCode(trains(session)));
    assertEquals(-566159630, Arrays.hashCode(session.wheelSpeeds()));
  }

  @Test
  void fileNamesItsColumns() {
    Path path = folder.resolve("session.nwb");
    ChoiceTaskSession session = small().build();
    session.toNwb().write(path);
    try (NwbFile file = NwbFile.open(path)) {
      NwbTable trials = file.table("trials");
      assertEquals(
          List.of(
              "event",
              "time",
              "duration",
              "choice",
              "block",
              "probability_right",
              "image_id",
              "wheel_speed"),
          trials.columns().stream().map(column -> column.name()).toList());
      assertArrayEquals(session.times(), trials.column("time").read().doubles());
      assertArrayEquals(session.durations(), trials.column("duration").read().doubles());
      assertArrayEquals(session.wheelSpeeds(), trials.column("wheel_speed").read().doubles());
      assertArrayEquals(
          session.choices(),
          Arrays.stream(trials.column("choice").read().doubles()).mapToInt(c -> (int) c).toArray());
      NwbTable units = file.table("units");
      assertEquals(12, units.rowCount());
      int found = session.units().indexOf(units.column("neuron").read().strings()[3]);
      assertEquals(session.area(found).name(), units.column("area").read().strings()[3]);
      assertArrayEquals(session.train(found), units.column("times").read().doubles(3));
    }
  }

  @Test
  void impossibleSettingsAreNamed() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> small().units(4).build());
    assertEquals(
        "A choice task session cannot have units 4: at least 5, one for each brain area.",
        e.getMessage());
    assertThrows(InvalidInputException.class, () -> new ChoiceTaskArchive.Range(3, 2));
  }
}
