package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.tensor.SparseCounts;
import org.neuroglia.tensor.TensorRows;

class PopulationCountsTest {
  private static final int NEURONS = 5;

  /** Spikes of a population in order of time. */
  private record Population(int[] neurons, double[] times) {
    /** Times on a grid, so that many lie on edges, with a long pause. */
    static Population random(Random random, int spikes) {
      double[] times =
          random
              .doubles(spikes, -1, 30)
              .map(t -> Math.rint(t * 100) / 100)
              .filter(t -> t < 12 || t > 19)
              .sorted()
              .toArray();
      return new Population(random.ints(times.length, 0, NEURONS).toArray(), times);
    }

    double[][] trains() {
      return IntStream.range(0, NEURONS)
          .mapToObj(
              k ->
                  IntStream.range(0, times.length)
                      .filter(i -> neurons[i] == k)
                      .mapToDouble(i -> times[i])
                      .toArray())
          .toArray(double[][]::new);
    }
  }

  /** Adds in pieces, and writes now and then: [event × bin × neuron], or [event × neuron]. */
  private static int[] counts(
      Population population,
      double[] events,
      PeriEventSpikeSampler sampler,
      boolean sums,
      Random random) {
    int perBlock = 1 + random.nextInt(20);
    Map<Integer, SparseCounts.Writer> writers = new TreeMap<>();
    PopulationCounts counts =
        new PopulationCounts(
            sampler,
            sums,
            events,
            NEURONS,
            perBlock,
            block ->
                writers.computeIfAbsent(
                    block,
                    b ->
                        new SparseCounts.Writer(
                            events, b * perBlock, Math.min(events.length, (b + 1) * perBlock))));
    long counted = 0;
    for (int from = 0; from < population.times.length; ) {
      int to = Math.min(population.times.length, from + 1 + random.nextInt(80));
      counted +=
          counts.add(
              Arrays.copyOfRange(population.neurons, from, to),
              Arrays.copyOfRange(population.times, from, to),
              to - from);
      assertEquals(population.times[to - 1], counts.last());
      if (random.nextInt(10) == 0) {
        counts.write();
      }
      from = to;
    }
    counts.write();
    int width = (sums ? 1 : sampler.bins()) * NEURONS;
    int[] all = new int[events.length * width];
    writers.forEach(
        (block, writer) -> {
          int from = block * perBlock;
          int to = Math.min(events.length, from + perBlock);
          List<byte[]> parts = List.of(writer.toBytes());
          int[] dense =
              sums
                  ? Arrays.stream(TensorRows.sums(events, from, to, NEURONS, parts))
                      .mapToInt(c -> (int) c)
                      .toArray()
                  : dense(events, from, to, sampler.bins(), parts);
          System.arraycopy(dense, 0, all, from * width, dense.length);
        });
    assertEquals(Arrays.stream(all).sum(), counted);
    return all;
  }

  private static int[] dense(double[] events, int from, int to, int bins, List<byte[]> parts) {
    TensorRows rows = new TensorRows(bins, NEURONS);
    rows.read(events, from, to, parts);
    int[] dense = new int[(to - from) * bins * NEURONS];
    int[] starts = new int[NEURONS + 1];
    for (int e = 0; e < to - from; e++) {
      rows.columnStarts(e, starts);
      for (int k = 0; k < NEURONS; k++) {
        for (int i = rows.first(e) + starts[k]; i < rows.first(e) + starts[k + 1]; i++) {
          dense[(e * bins + rows.bins()[i]) * NEURONS + k] = (int) rows.counts()[i];
        }
      }
    }
    return dense;
  }

  private static int[] sums(int[] counts, int events, int bins) {
    int[] sums = new int[events * NEURONS];
    for (int i = 0; i < counts.length; i++) {
      sums[i / (bins * NEURONS) * NEURONS + i % NEURONS] += counts[i];
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0,0.1,0.2,0.3", "-0.5,1.25", "0.1,0.1,0.2,0.2", "0.5,0.5", "-3,0,0.01,0.02,2"})
  void everyTrainHasTheSamplersCounts(String edges) {
    PeriEventSpikeSampler sampler =
        new PeriEventSpikeSampler(
            Arrays.stream(edges.split(",")).mapToDouble(Double::parseDouble).toArray());
    Random random = new Random(3);
    long spikes = 0;
    for (int round = 0; round < 60; round++) {
      Population population = Population.random(random, random.nextInt(3000));
      double[] events =
          random
              .doubles(random.nextInt(80), -2, 32)
              .map(t -> Math.rint(t * 20) / 20)
              .sorted()
              .distinct()
              .toArray();
      int[] expected = sampler.counts(population.trains(), events);
      assertArrayEquals(expected, counts(population, events, sampler, false, random));
      assertArrayEquals(
          sums(expected, events.length, sampler.bins()),
          counts(population, events, sampler, true, random));
      spikes += Arrays.stream(expected).sum();
    }
    assertTrue(spikes > 100);
  }

  /** Nothing is held for events that a pause passes, though a block was not full before it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 128})
  void aPauseTakesNoMemory(int perBlock) {
    double[] events = IntStream.range(0, 10_000).mapToDouble(e -> 2 * e).toArray();
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(new double[] {0, 1, 16});
    SparseCounts.Writer all = new SparseCounts.Writer(events, 0, events.length);
    PopulationCounts counts =
        new PopulationCounts(sampler, false, events, NEURONS, perBlock, block -> all);
    double[] times = {3, 4, 19_000, 19_001};
    long counted = counts.add(new int[] {0, 1, 1, 2}, times, 4);
    assertTrue(counts.room() <= 256, () -> "room for " + counts.room());
    assertEquals(2 + 3 + 9 + 8, counted);
    counts.write();
    assertTrue(all.size() > 8 + counted);
  }

  @Test
  void windowsThatAreOpenTogetherAreCounted() {
    double[] events = {0, 1, 1.5, 2, 9, 9.25};
    assertEquals(
        1, PopulationCounts.overlap(events, new PeriEventSpikeSampler(new double[] {0, 0.2})));
    assertEquals(
        2, PopulationCounts.overlap(events, new PeriEventSpikeSampler(new double[] {0, 0.5})));
    assertEquals(
        4, PopulationCounts.overlap(events, new PeriEventSpikeSampler(new double[] {-1, 1})));
    assertEquals(
        0,
        PopulationCounts.overlap(new double[] {}, new PeriEventSpikeSampler(new double[] {0, 1})));
  }
}
