package org.neuroglia.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
    byte[] late = part(sampler, trains, events, 100, 300, 0, 5);
    byte[] some = part(sampler, trains, events, 0, 100, 3, 5);
    byte[] others = part(sampler, trains, events, 0, 100, 0, 3);
    for (List<byte[]> parts : List.of(List.of(late, some, others), List.of(others, some, late))) {
      assertArrayEquals(whole, dense(new TensorRows(events, 3, parts), events, trains.length));
    }
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
      writer.add(k, cells);
    }
    return writer.toBytes();
  }

  private static int[] dense(TensorRows rows, double[] events, int neurons) {
    int[] counts = new int[events.length * 3 * neurons];
    for (int e = 0; e < events.length; e++) {
      int row = rows.indexOf(events[e]);
      for (int i = 0; i < rows.spikes(row); i++) {
        int position = rows.position(row, i);
        counts[(e * 3 + position % 3) * neurons + position / 3]++;
      }
    }
    return counts;
  }

  @Test
  void aCountedSpikeTakesAboutOneByte() {
    double[] train = IntStream.range(0, 10_000).mapToDouble(i -> i * 0.05).toArray();
    double[] events = IntStream.range(0, 500).mapToDouble(i -> i).toArray();
    Cells cells = new Cells();
    new PeriEventSpikeSampler(EDGES).sample(train, events, 0, 500, cells);
    SparseCounts.Writer writer = new SparseCounts.Writer(events, 0, 500);
    int header = writer.size();
    writer.add(0, cells);
    assertEquals(1.0, (writer.size() - header) / (double) cells.size(), 0.1);
  }

  @Test
  void partsAtUnknownEventsAreNotIgnored() {
    byte[] part = new SparseCounts.Writer(new double[] {1, 2}, 0, 2).toBytes();
    assertThrows(
        IllegalStateException.class, () -> new TensorRows(new double[] {1}, 3, List.of(part)));
  }
}
