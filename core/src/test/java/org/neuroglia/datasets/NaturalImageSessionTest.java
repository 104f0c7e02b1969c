package org.neuroglia.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class NaturalImageSessionTest {
  private static NaturalImageSession.Builder small() {
    return NaturalImageSession.builder().units(12).images(5).repeats(20).firstImage(30);
  }

  @Test
  void defaultSessionLooksLikeTheIntroductions() {
    NaturalImageSession session = NaturalImageSession.create();
    assertEquals(69, session.units().size());
    assertTrue(session.units().contains("9") && session.units().contains("102"));
    assertEquals(119 * 50, session.events());
    assertEquals(1986.37, session.times()[0]);
    assertEquals(3474, session.times()[5949], 1.0);
    int spikes = Arrays.stream(session.trains()).mapToInt(train -> train.length).sum();
    assertEquals(1_150_000, spikes, 150_000);
  }

  @Test
  void everyBlockShowsEveryImageOnce() {
    int[] images = small().build().imageIds();
    for (int block = 0; block < 20; block++) {
      int[] shown = Arrays.copyOfRange(images, 5 * block, 5 * block + 5);
      Arrays.sort(shown);
      assertArrayEquals(new int[] {0, 1, 2, 3, 4}, shown);
    }
  }

  @Test
  void presentationsFollowEachOtherWithoutGap() {
    NaturalImageSession session = small().build();
    double[] times = session.times();
    double[] ends = session.endTimes();
    for (int e = 1; e < times.length; e++) {
      assertEquals(ends[e - 1], times[e]);
      assertTrue(times[e] > times[e - 1]);
    }
  }

  @Test
  void spikesLieOnTheSamplingGridAndAscend() {
    NaturalImageSession session = small().meanRate(40).build();
    for (double[] train : session.trains()) {
      assertTrue(train.length > 0);
      for (int i = 0; i < train.length; i++) {
        long sample = Math.round(train[i] * NaturalImageSession.SAMPLING_RATE);
        assertEquals(sample / NaturalImageSession.SAMPLING_RATE, train[i]);
        assertTrue(i == 0 || train[i] > train[i - 1]);
      }
      assertTrue(train[train.length - 1] < session.duration());
    }
  }

  @Test
  void unitsAreTheSameInWhateverOrderAndThreadTheyAreMade() {
    NaturalImageSession session = small().build();
    double[][] trains = session.trains();
    for (int unit = 11; unit >= 0; unit--) {
      assertArrayEquals(trains[unit], small().build().train(unit));
    }
  }

  @Test
  void numbersStayTheSameFromVersionToVersion() {
    NaturalImageSession session = small().build();
    assertEquals("[8, 9, 22, 23]", session.units().subList(0, 4).toString());
    assertEquals(-889493186, Arrays.deepHashCode(session.trains()));
  }

  @Test
  void anotherSeedGivesAnotherSession() {
    assertNotEquals(
        Arrays.hashCode(small().build().train(0)),
        Arrays.hashCode(small().seed(1).build().train(0)));
  }

  @Test
  void silentUnitsHaveNoSpikesAndOthersKeepTheirs() {
    NaturalImageSession all = small().build();
    NaturalImageSession some = small().silentUnits(2).build();
    assertEquals(all.units(), some.units());
    for (int unit = 0; unit < 12; unit++) {
      assertArrayEquals(unit < 10 ? all.train(unit) : new double[0], some.train(unit));
    }
  }

  @Test
  void withoutTuningAllImagesGiveTheSameRate() {
    NaturalImageSession session = small().tuning(0).repeats(400).meanRate(20).build();
    double[] counts = new double[5];
    double[] times = session.times();
    int[] images = session.imageIds();
    for (double[] train : session.trains()) {
      for (double spike : train) {
        int after = Arrays.binarySearch(times, spike - 0.07);
        int event = after >= 0 ? after : -after - 2;
        if (event >= 0 && event < times.length - 1) {
          counts[images[event]]++;
        }
      }
    }
    double mean = Arrays.stream(counts).average().orElseThrow();
    assertTrue(
        IntStream.range(0, 5)
            .allMatch(image -> Math.abs(counts[image] - mean) < 5 * Math.sqrt(mean)),
        () -> Arrays.toString(counts));
  }

  @Test
  void impossibleSettingsAreNamed() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> small().silentUnits(13).build());
    assertEquals("A natural image session cannot have silentUnits 13: 0 to 12.", e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
  }
}
