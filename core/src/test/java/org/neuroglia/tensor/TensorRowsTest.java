package org.neuroglia.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.event.PeriEventSpikeSampler;

class TensorRowsTest {
  private static final double[] EDGES = {0, 0.1, 0.2, 0.3};

  @Test
  void partsMergeToTheWholeTensorInAnyOrder() {
    Random random = new Random(1);
    double[] events = random.doubles(300, 0, 100).sorted().toArray();
    double[][] trains = new double[5][];
    for (int k = 0; k < trains.length; k++) {
      trains[k] = random.doubles(3000, 0, 100).sorted().toArray();
    }
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(EDGES);
    int[] whole = sampler.counts(trains, events);
    byte[] some = part(sampler, trains, events, 100, 300, 3, 5);
    byte[] others = part(sampler, trains, events, 100, 300, 0, 3);
    int[] expected = Arrays.copyOfRange(whole, 100 * 3 * 5, 300 * 3 * 5);
    for (List<byte[]> parts : List.of(List.of(some, others), List.of(others, some))) {
      assertArrayEquals(expected, dense(rows(events, 100, 300, 5, parts), 200, trains.length));
    }
    byte[] first = part(sampler, trains, events, 0, 100, 0, 5);
    assertArrayEquals(
        Arrays.copyOf(whole, 100 * 3 * 5),
        dense(rows(events, 0, 100, 5, List.of(first)), 100, trains.length));
  }

  /** One, powers of two and what is not: an event and its bin share the bits of an int. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 1025})
  void anyNumberOfBinsIsReadAsItWasCounted(int bins) {
    Random random = new Random(bins);
    double[] events = random.doubles(40, 0, 20).sorted().toArray();
    double[] train = random.doubles(2000, 0, 21).sorted().toArray();
    double[] edges = IntStream.rangeClosed(0, bins).mapToDouble(j -> j * 0.5 / bins).toArray();
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(edges);
    int[] expected = sampler.counts(new double[][] {train}, events);
    SparseCounts.Writer cells = new SparseCounts.Writer(events, 0, 40);
    Cells numbers = new Cells();
    for (int piece = 0; piece < 2; piece++) { // the first spike of a bin may be of either
      double[] every = every(train, piece);
      numbers.clear();
      sampler.sample(every, events, 0, 40, numbers);
      cells.addCells(0, numbers, bins);
    }
    TensorRows rows = new TensorRows(bins, 1);
    rows.read(events, 0, 40, List.of(cells.toBytes()));
    int[] counts = new int[40 * bins];
    for (int e = 0; e < 40; e++) {
      for (int i = rows.first(e); i < rows.last(e); i++) {
        counts[e * bins + rows.bins()[i]] += (int) rows.counts()[i];
      }
    }
    assertArrayEquals(expected, counts);
  }

  /** Trains that are counted where their rows are made need not be written first. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void trainsThatAreAddedGiveTheSameAsPartsThatWereWritten(int bins) {
    Random random = new Random(bins);
    double[] events = random.doubles(90, 0, 30).sorted().toArray();
    double[] edges = IntStream.rangeClosed(0, bins).mapToDouble(j -> j * 0.6 / bins).toArray();
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(edges);
    TensorRows added = new TensorRows(bins, 4);
    TensorRows written = new TensorRows(bins, 4);
    Cells cells = new Cells();
    for (int[] block : new int[][] {{10, 50}, {50, 90}, {3, 4}}) {
      SparseCounts.Writer writer = new SparseCounts.Writer(events, block[0], block[1]);
      added.begin(block[1] - block[0]);
      for (int neuron : new int[] {2, 0, 2, 3, 0}) { // in any order, and in pieces
        double[] train = random.doubles(200, 0, 31).sorted().toArray();
        cells.clear();
        sampler.sample(train, events, block[0], block[1], cells);
        added.add(neuron, cells);
        writer.addCells(neuron, cells, bins);
      }
      added.end();
      written.read(events, block[0], block[1], List.of(writer.toBytes()));
      for (int e = 0; e < block[1] - block[0]; e++) {
        int[] starts = new int[5];
        int[] expected = new int[5];
        added.columnStarts(e, starts);
        written.columnStarts(e, expected);
        assertArrayEquals(expected, starts);
        assertArrayEquals(
            Arrays.copyOfRange(written.bins(), written.first(e), written.last(e)),
            Arrays.copyOfRange(added.bins(), added.first(e), added.last(e)));
        assertArrayEquals(
            Arrays.copyOfRange(written.counts(), written.first(e), written.last(e)),
            Arrays.copyOfRange(added.counts(), added.first(e), added.last(e)));
      }
    }
  }

  private static double[] every(double[] train, int piece) {
    return IntStream.range(0, train.length)
        .filter(i -> i % 2 == piece)
        .mapToDouble(i -> train[i])
        .toArray();
  }

  @Test
  void piecesOfATrainAddUp() {
    double[] events = {1, 2, 2.05, 3};
    double[] train = {1.05, 1.05, 2.06, 2.1, 2.2, 2.3, 3.3};
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(EDGES);
    double[][] trains = {{}, train};
    int[] whole = sampler.counts(trains, events);
    SparseCounts.Writer cells = new SparseCounts.Writer(events, 0, 4);
    SparseCounts.Writer counts = new SparseCounts.Writer(events, 0, 4);
    Cells numbers = new Cells();
    for (int from = train.length - 1; from >= 0; from--) {
      double[] piece = {train[from]};
      numbers.clear();
      sampler.sample(piece, events, 0, 4, numbers);
      cells.addCells(1, numbers, 3);
      numbers.clear();
      sampler.count(piece, 0, 1, events, 0, 4, numbers);
      counts.addCounts(1, numbers);
    }
    assertArrayEquals(whole, dense(rows(events, 0, 4, 2, List.of(cells.toBytes())), 4, 2));
    double[] sums = new double[8];
    for (int i = 0; i < whole.length; i++) {
      sums[i / 6 * 2 + i % 2] += whole[i];
    }
    assertArrayEquals(sums, TensorRows.sums(events, 0, 4, 2, List.of(counts.toBytes())));
  }

  @Test
  void countsOfWholeWindowsAreTheSumsOfTheirBins() {
    Random random = new Random(2);
    double[] events = random.doubles(200, 0, 50).sorted().toArray();
    double[] train = random.doubles(5000, -1, 51).sorted().toArray();
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(EDGES);
    int[] whole = sampler.counts(new double[][] {train}, events);
    Cells pairs = new Cells();
    int next = sampler.count(train, 0, train.length, events, 0, 70, pairs);
    int first = pairs.size();
    sampler.count(train, next, train.length, events, 70, 200, pairs);
    int[] counts = new int[200];
    for (int i = 0; i < pairs.size(); i += 2) {
      counts[pairs.get(i) + (i < first ? 0 : 70)] += pairs.get(i + 1);
    }
    for (int e = 0; e < 200; e++) {
      assertEquals(whole[3 * e] + whole[3 * e + 1] + whole[3 * e + 2], counts[e]);
    }
  }

  @Test
  void theFirstEventNearATimeIsTheFirstWhoseWindowReachesIt() {
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(EDGES);
    double[] events = {1, 2, 2, 3};
    assertEquals(0, sampler.firstEventNear(events, 0));
    assertEquals(0, sampler.firstEventNear(events, 1.3));
    assertEquals(1, sampler.firstEventNear(events, Math.nextUp(1.3)));
    assertEquals(4, sampler.firstEventNear(events, 9));
  }

  private static byte[] part(
      PeriEventSpikeSampler sampler,
      double[][] trains,
      double[] events,
      int from,
      int to,
      int first,
      int last) {
    SparseCounts.Writer writer = new SparseCounts.Writer(events, from, to);
    Cells cells = new Cells();
    for (int k = first; k < last; k++) {
      cells.clear();
      sampler.sample(trains[k], events, from, to, cells);
      writer.addCells(k, cells, 3);
    }
    return writer.toBytes();
  }

  private static TensorRows rows(
      double[] events, int from, int to, int neurons, List<byte[]> parts) {
    TensorRows rows = new TensorRows(3, neurons);
    rows.read(events, from, to, parts);
    return rows;
  }

  private static int[] dense(TensorRows rows, int events, int neurons) {
    int[] counts = new int[events * 3 * neurons];
    int[] starts = new int[neurons + 1];
    for (int e = 0; e < events; e++) {
      rows.columnStarts(e, starts);
      assertEquals(0, starts[0]);
      assertEquals(rows.last(e) - rows.first(e), starts[neurons]);
      for (int k = 0; k < neurons; k++) {
        for (int i = starts[k]; i < starts[k + 1]; i++) {
          int cell = rows.first(e) + i;
          assertTrue(i == starts[k] || rows.bins()[cell - 1] < rows.bins()[cell]);
          counts[(e * 3 + rows.bins()[cell]) * neurons + k] = (int) rows.counts()[cell];
        }
      }
    }
    return counts;
  }

  @Test
  void aBlockTakesThePlaceOfTheOneBefore() {
    double[] events = {1, 2, 2.05, 3};
    double[][] trains = {{1.05, 1.05, 1.1, 2.06, 3.1}, {}, {0.5, 2.1, 3.2, 3.25}};
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(EDGES);
    int[] whole = sampler.counts(trains, events);
    TensorRows rows = new TensorRows(3, 3);
    for (int[] block : new int[][] {{0, 4}, {1, 2}, {0, 3}, {3, 3}}) {
      rows.read(
          events,
          block[0],
          block[1],
          List.of(part(sampler, trains, events, block[0], block[1], 0, 3)));
      assertArrayEquals(
          Arrays.copyOfRange(whole, block[0] * 9, block[1] * 9),
          dense(rows, block[1] - block[0], 3));
    }
  }

  @Test
  void aCountedSpikeTakesAboutOneByte() {
    double[] train = IntStream.range(0, 10_000).mapToDouble(i -> i * 0.05).toArray();
    double[] events = IntStream.range(0, 500).mapToDouble(i -> i).toArray();
    Cells cells = new Cells();
    new PeriEventSpikeSampler(EDGES).sample(train, events, 0, 500, cells);
    SparseCounts.Writer writer = new SparseCounts.Writer(events, 0, 500);
    int header = writer.size();
    writer.addCells(0, cells, 3);
    assertEquals(1.0, (writer.size() - header) / (double) cells.size(), 0.1);
  }

  @Test
  void quotientsAreThoseOfIntegers() {
    Random random = new Random(3);
    for (int divisor : new int[] {1, 2, 3, 7, 24, 49, 100, 1000, 999_999, Integer.MAX_VALUE}) {
      for (int i = 0; i < 2000; i++) {
        int near = (int) Math.min(Integer.MAX_VALUE, (long) divisor * random.nextInt(1 << 20));
        for (int number : new int[] {near, near - 1, random.nextInt(Integer.MAX_VALUE)}) {
          int positive = Math.max(0, number);
          assertEquals(positive / divisor, SparseCounts.quotient(positive, 1.0 / divisor));
        }
      }
    }
  }

  @Test
  void partsAtUnknownEventsAreNotIgnored() {
    byte[] part = new SparseCounts.Writer(new double[] {1, 2}, 0, 2).toBytes();
    String message =
        assertThrows(
                IllegalStateException.class, () -> rows(new double[] {1}, 0, 1, 5, List.of(part)))
            .getMessage();
    assertTrue(message.contains("deterministic"), message);
    assertThrows(
        IllegalStateException.class,
        () -> TensorRows.sums(new double[] {1, 3}, 0, 2, 3, List.of(part)));
  }
}
