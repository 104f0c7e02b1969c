package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.tensor.Cells;

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

  // Enough counts for three blocks of events; windows overlap across the borders of blocks.
  @Test
  void blocksOfEventsDoNotShow() {
    Random random = new Random(6);
    double[] edges = random.doubles(700, -1, 2).map(this::grid).sorted().toArray();
    double[] ascending = random.doubles(2500, 0, 900).map(this::grid).sorted().toArray();
    double[][] trains = {
      random.doubles(4000, -5, 905).map(this::grid).sorted().toArray(),
      {}, // silent
      random.doubles(300, 400, 500).map(this::grid).sorted().toArray(),
    };
    var sampler = new PeriEventSpikeSampler(edges);
    assertArrayEquals(byEdge(trains, ascending, edges), sampler.counts(trains, ascending));

    double[] inAnyOrder = ascending.clone();
    for (int e = 0; e < inAnyOrder.length; e++) {
      int other = random.nextInt(inAnyOrder.length);
      double swapped = inAnyOrder[e];
      inAnyOrder[e] = inAnyOrder[other];
      inAnyOrder[other] = swapped;
    }
    for (int e = 0; e < inAnyOrder.length; e += 100) {
      inAnyOrder[e] = Double.NaN;
    }
    assertArrayEquals(byEdge(trains, inAnyOrder, edges), sampler.counts(trains, inAnyOrder));
  }

  /** Spike by spike: the last edge that is not after it opens its bin. */
  private static int[] byEdge(double[][] trains, double[] events, double[] edges) {
    int bins = edges.length - 1;
    int[] counts = new int[events.length * bins * trains.length];
    for (int e = 0; e < events.length; e++) {
      for (int k = 0; k < trains.length; k++) {
        for (double spike : trains[k]) {
          if (spike >= edges[0] + events[e] && spike <= edges[bins] + events[e]) {
            int j = bins - 1;
            while (spike < edges[j] + events[e]) {
              j--;
            }
            counts[(e * bins + j) * trains.length + k]++;
          }
        }
      }
    }
    return counts;
  }

  @Test
  void nothingToCountMakesNoCounts() {
    var sampler = new PeriEventSpikeSampler(new double[] {0, 1});
    assertEquals(0, sampler.counts(new double[0][], new double[] {0}).length);
    assertEquals(0, sampler.counts(new double[][] {{0}}, new double[0]).length);
    assertArrayEquals(new int[1], sampler.counts(new double[1][0], new double[] {Double.NaN}));
  }

  @Test
  void cellsAreAppendedToThoseOfOtherTrainsBeyondTheFirstMemory() {
    Cells cells = new Cells();
    cells.add(7);
    double[] train = new double[3000];
    Arrays.setAll(train, i -> i * 1e-3);
    new PeriEventSpikeSampler(new double[] {0, 1, 4})
        .sample(train, new double[] {-9, 0}, 1, 2, cells);
    assertEquals(3001, cells.size());
    assertEquals(7, cells.get(0));
    assertEquals(0, cells.get(1000));
    assertEquals(1, cells.get(1001));
    assertEquals(1, cells.get(3000));
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

  @Test
  void oneSpikeIsInTheBinOfTheTensor() {
    double[] edges = {-0.1, 0, 0.1, 0.3};
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(edges);
    for (double spike = 0.5; spike < 1.5; spike += 0.1) {
      int[] counts = sampler.counts(new double[][] {{spike}}, new double[] {1});
      int expected = -1;
      for (int j = 0; j < counts.length; j++) {
        expected = counts[j] == 1 ? j : expected;
      }
      assertEquals(expected, sampler.bin(spike, 1), "spike at " + spike);
    }
    assertEquals(2, sampler.bin(0.3 + 1, 1));
    assertEquals(-1, sampler.bin(Double.NaN, 1));
    assertEquals(-1, sampler.bin(1, Double.NaN));
    assertEquals(-1, new PeriEventSpikeSampler(new double[] {0}).bin(0, 0));
  }
}
