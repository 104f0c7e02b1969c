package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class WindowCountsTest {
  private static final double[] WHOLE = {0, 0.5};
  private static final double[] BINS = {-0.2, 0, 0.1, 0.7};

  private static double[] random(Random random, int size, double seconds) {
    return random.doubles(size).map(x -> Math.rint(x * seconds * 100) / 100).toArray();
  }

  private static double[] read(WindowCounts windows, byte[] counts, int window, int events) {
    double[] table = new double[events * windows.bins(window)];
    windows.addTo(counts, window, table, 0, 1);
    return table;
  }

  @Test
  void everyWindowHasTheSamplersCounts() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      double[] train = random(random, random.nextInt(400), 20);
      double[] events = random(random, 1 + random.nextInt(60), 20);
      Arrays.sort(events);
      List<double[]> edges = List.of(WHOLE, BINS, new double[] {0.1, 0.6});
      WindowCounts windows = new WindowCounts(edges);
      byte[] counts = windows.count(train, events);
      double[] sorted = train.clone();
      Arrays.sort(sorted);
      for (int w = 0; w < 3; w++) {
        int[] expected =
            new PeriEventSpikeSampler(edges.get(w)).counts(new double[][] {sorted}, events);
        assertArrayEquals(
            Arrays.stream(expected).asDoubleStream().toArray(),
            read(windows, counts, w, events.length));
      }
    }
  }

  /**
   *
   *
   * <pre>
   * events    0 . . . . 1            cells of neuron 1 of 3 in a table [event × neuron]
   * spikes     ||| || . |
   * </pre>
   */
  @Test
  void countsAreAddedWhereTheNeuronIs() {
    WindowCounts windows = new WindowCounts(List.of(WHOLE));
    double[] events = {0, 5};
    double[] table = {9, 1, 9, 9, 0, 9};
    windows.addTo(windows.count(new double[] {0, 0.1, 0.5, 0.6, 5.2}, events), 0, table, 1, 3);
    assertArrayEquals(new double[] {9, 4, 9, 9, 1, 9}, table);
  }

  @Test
  void manySpikesInOneWindowAreCounted() {
    WindowCounts windows = new WindowCounts(List.of(WHOLE, BINS));
    double[] train = new double[100_000];
    Arrays.fill(train, 7.05);
    double[] events = {1, 7};
    byte[] counts = windows.count(train, events);
    assertArrayEquals(new double[] {0, 100_000}, read(windows, counts, 0, 2));
    assertArrayEquals(new double[] {0, 0, 0, 0, 100_000, 0}, read(windows, counts, 1, 2));
    assertTrue(counts.length < 20);
  }

  @Test
  void spikesWithoutATimeCountNothing() {
    WindowCounts windows = new WindowCounts(List.of(WHOLE));
    byte[] counts = windows.count(new double[] {Double.NaN, 1.1, Double.NaN}, new double[] {1});
    assertArrayEquals(new double[] {1}, read(windows, counts, 0, 1));
    assertArrayEquals(
        new double[0], read(windows, windows.count(new double[] {1}, new double[0]), 0, 0));
  }

  @Test
  void aWindowNeedsABin() {
    assertThrows(
        InvalidInputException.class, () -> new WindowCounts(List.of(WHOLE, new double[] {1})));
    assertEquals(3, new WindowCounts(List.of(BINS)).bins(0));
  }
}
