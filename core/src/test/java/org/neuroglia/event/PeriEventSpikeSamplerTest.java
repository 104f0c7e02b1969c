package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class PeriEventSpikeSamplerTest {

  // edges    0.0      0.5      1.0
  //           |  bin0  |  bin1  |
  // spikes    x        x        x     on an edge: the bin to its right, the last edge closed
  @Test
  void spikeOnAnEdgeBelongsToTheBinThatItOpens() {
    var sampler = new PeriEventSpikeSampler(new double[] {0, 0.5, 1});
    assertArrayEquals(
        new int[] {1, 2}, sampler.counts(new double[][] {{0, 0.5, 1}}, new double[] {0}));
  }

  // event 0 |-------|
  // event 1     |-------|
  // spikes    x   x   x
  @Test
  void overlappingWindowsEachCountTheSpikesThatTheyCover() {
    var sampler = new PeriEventSpikeSampler(new double[] {0, 1});
    assertArrayEquals(
        new int[] {2, 2},
        sampler.counts(new double[][] {{0.25, 0.75, 1.25}}, new double[] {0, 0.5}));
  }

  @Test
  void eventsKeepTheirOrder() {
    var sampler = new PeriEventSpikeSampler(new double[] {0, 1});
    assertArrayEquals(
        new int[] {1, 0, 2},
        sampler.counts(new double[][] {{0.5, 20.1, 20.2}}, new double[] {0, Double.NaN, 20}));
  }

  @Test
  void spikeOnTheLastEdgeIsCountedOnceInEachWindowThatHasIt() {
    // 0.1 + 0.2 is 0.30000000000000004: the edge of the sum, not of the decimal
    var sampler = new PeriEventSpikeSampler(new double[] {0, 0.2});
    assertArrayEquals(
        new int[] {1, 1},
        sampler.counts(
            new double[][] {{0.30000000000000004}}, new double[] {0.1, 0.30000000000000004}));
  }

  @Test
  void emptyBinsOfRepeatedEdgesCountNothingButTheLast() {
    var sampler = new PeriEventSpikeSampler(new double[] {0, 1, 1, 2, 2});
    assertArrayEquals(
        new int[] {1, 0, 1, 2}, sampler.counts(new double[][] {{0, 1, 2, 2}}, new double[] {0}));
  }

  @Test
  void countsEqualNumpysHistogramOnRandomTrains() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      double[] edges =
          random.doubles(1 + random.nextInt(8), -1, 1).map(this::grid).sorted().toArray();
      double[] events = random.doubles(random.nextInt(20), 0, 50).map(this::grid).toArray();
      double[][] trains = new double[random.nextInt(4)][];
      for (int k = 0; k < trains.length; k++) {
        trains[k] = random.doubles(random.nextInt(400), -2, 52).map(this::grid).sorted().toArray();
      }
      assertArrayEquals(
          naive(trains, events, edges), new PeriEventSpikeSampler(edges).counts(trains, events));
    }
  }

  private double grid(double value) {
    return Math.rint(value * 20) / 20;
  }

  private static int[] naive(double[][] trains, double[] events, double[] edges) {
    int bins = edges.length - 1;
    int[] counts = new int[events.length * bins * trains.length];
    for (int e = 0; e < events.length; e++) {
      for (int j = 0; j < bins; j++) {
        double a = edges[j] + events[e];
        double b = edges[j + 1] + events[e];
        boolean last = j == bins - 1;
        for (int k = 0; k < trains.length; k++) {
          counts[(e * bins + j) * trains.length + k] =
              (int) Arrays.stream(trains[k]).filter(t -> t >= a && (last ? t <= b : t < b)).count();
        }
      }
    }
    return counts;
  }

  @Test
  void oneEdgeMakesNoBins() {
    var sampler = new PeriEventSpikeSampler(new double[] {0});
    assertEquals(0, sampler.bins());
    assertEquals(0, sampler.counts(new double[][] {{0}}, new double[] {0}).length);
  }

  @Test
  void edgesThatCannotBeAreRefused() {
    assertThrows(
        InvalidInputException.class, () -> new PeriEventSpikeSampler(new double[] {0.1, 0}));
    assertThrows(InvalidInputException.class, () -> new PeriEventSpikeSampler(new double[0]));
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> new PeriEventSpikeSampler(new double[] {0, Double.NaN}))
            .getMessage();
    assertTrue(message.contains("sampleTimes[1]"), message);
  }
}
