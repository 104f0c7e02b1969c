package org.neuroglia.spark.event.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.event.CompactTimes;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.tensor.TensorRows;

class SliceTrainsTest {
  private static final int BINS = 4;
  private static final double[] EDGES = {-0.1, 0, 0.05, 0.2, 0.25};

  private record Piece(int neuron, double[] times) {}

  /** Bytes before and after are not the parcel's. */
  private static void add(SliceTrains trains, Piece... pieces) {
    byte[] bytes = new byte[Double.BYTES + 100_000];
    int at = Double.BYTES;
    for (Piece piece : pieces) {
      Platform.putInt(bytes, Platform.BYTE_ARRAY_OFFSET + (long) at, piece.neuron());
      double[] times = piece.times();
      at = new CompactTimes().write(times, 0, times.length, bytes, at + Integer.BYTES);
    }
    trains.add(bytes, Platform.BYTE_ARRAY_OFFSET + Double.BYTES, at - Double.BYTES);
    Arrays.fill(bytes, (byte) 1); // it is a copy
  }

  private static double[] every(double[] train, int step, int first) {
    return IntStream.range(0, train.length)
        .filter(i -> i % step == first)
        .mapToDouble(i -> train[i])
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 100})
  void blocksAreThoseOfTheWholeTensor(int perBlock) {
    Random random = new Random(perBlock);
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(EDGES);
    for (int slice = 0; slice < 3; slice++) {
      SliceTrains trains = new SliceTrains(sampler);
      double[] events = random.doubles(60, 64 * slice, 64 * slice + 64).sorted().toArray();
      double[][] neurons = {
        random.doubles(3000, 64 * slice - 1, 64 * slice + 65).sorted().toArray(),
        {},
        {events[30]}, // many events before it, and many after
        random.doubles(800, 64 * slice - 1, 64 * slice + 65).sorted().toArray(),
        {64 * slice - 5, 64 * slice + 90},
      };
      add(
          trains,
          new Piece(0, every(neurons[0], 3, 1)),
          new Piece(3, every(neurons[3], 2, 0)),
          new Piece(1, neurons[1]));
      add(trains);
      add(trains, new Piece(0, every(neurons[0], 3, 0)), new Piece(2, neurons[2]));
      add(
          trains,
          new Piece(4, neurons[4]),
          new Piece(3, every(neurons[3], 2, 1)),
          new Piece(0, every(neurons[0], 3, 2)));
      assertArrayEquals(sampler.counts(neurons, events), counted(trains, events, perBlock));
    }
  }

  private static int[] counted(SliceTrains trains, double[] events, int perBlock) {
    int[] counts = new int[events.length * BINS * 5];
    TensorRows rows = new TensorRows(BINS, 5);
    int[] starts = new int[6];
    for (int from = 0; from < events.length; from += perBlock) {
      int to = Math.min(events.length, from + perBlock);
      trains.read(rows, events, from, to);
      for (int e = 0; e < to - from; e++) {
        rows.columnStarts(e, starts);
        for (int k = 0; k < 5; k++) {
          for (int i = rows.first(e) + starts[k]; i < rows.first(e) + starts[k + 1]; i++) {
            counts[((from + e) * BINS + rows.bins()[i]) * 5 + k] = (int) rows.counts()[i];
          }
        }
      }
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 100})
  void sumsAreThoseOfTheBins(int perBlock) {
    Random random = new Random(perBlock);
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(EDGES);
    double[] events = random.doubles(60, 0, 64).sorted().toArray();
    double[][] neurons = {
      random.doubles(900, -1, 65).sorted().toArray(),
      {},
      random.doubles(80, -1, 65).sorted().toArray()
    };
    SliceTrains trains = new SliceTrains(sampler);
    add(trains, new Piece(2, neurons[2]), new Piece(0, every(neurons[0], 2, 1)));
    add(trains, new Piece(0, every(neurons[0], 2, 0)));
    int[] counts = sampler.counts(neurons, events);
    double[] expected = new double[60 * 3];
    for (int i = 0; i < counts.length; i++) {
      expected[i / (BINS * 3) * 3 + i % 3] += counts[i];
    }
    double[] sums = new double[60 * 3];
    for (int from = 0; from < 60; from += perBlock) {
      int to = Math.min(60, from + perBlock);
      double[] block = trains.sums(events, from, to, 3);
      System.arraycopy(block, 0, sums, from * 3, block.length);
    }
    assertArrayEquals(expected, sums);
  }
}
