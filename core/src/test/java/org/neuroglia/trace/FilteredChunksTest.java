package org.neuroglia.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class FilteredChunksTest {
  /** Sums the values within {@code reach} samples, fewer at the ends of the trace. */
  private record Sum(int reach) implements TraceFilter {
    @Override
    public double[] apply(double[] times, double[] values) {
      double[] sums = new double[values.length];
      for (int i = 0; i < sums.length; i++) {
        for (int k = Math.max(0, i - reach); k <= Math.min(values.length - 1, i + reach); k++) {
          sums[i] += values[k];
        }
      }
      return sums;
    }
  }

  @Test
  void anyChunksGiveTheValuesOfTheWholeTrace() {
    Random random = new Random(7);
    for (int trial = 0; trial < 500; trial++) {
      int n = random.nextInt(40);
      double[] times = new double[n];
      double[] values = new double[n];
      Arrays.setAll(times, i -> i * 0.1);
      Arrays.setAll(values, i -> random.nextGaussian());
      TraceFilter filter = new Sum(random.nextInt(8));
      List<TraceChunk<Integer>> chunks = new ArrayList<>();
      for (int from = 0; from < n; ) {
        int to = Math.min(n, from + random.nextInt(7)); // some are empty
        chunks.add(
            new TraceChunk<>(
                chunks.size(),
                Arrays.copyOfRange(times, from, to),
                Arrays.copyOfRange(values, from, to)));
        from = to;
      }
      List<Double> filtered = new ArrayList<>();
      Iterator<TraceChunk<Integer>> all = new FilteredChunks<>(filter, chunks.iterator());
      for (TraceChunk<Integer> chunk : chunks) {
        TraceChunk<Integer> next = all.next();
        assertEquals(chunk.of(), next.of());
        assertArrayEquals(chunk.times(), next.times());
        Arrays.stream(next.values()).forEach(filtered::add);
      }
      assertFalse(all.hasNext());
      assertThrows(NoSuchElementException.class, all::next);
      assertArrayEquals(
          filter.apply(times, values), filtered.stream().mapToDouble(v -> v).toArray());
    }
  }

  @Test
  void chunksThatOverlapAreRefused() {
    var chunks =
        List.of(
            new TraceChunk<>("a", new double[] {0, 1, 2}, new double[3]),
            new TraceChunk<>("b", new double[] {1.5, 3}, new double[2]));
    var all = new FilteredChunks<>(new Sum(5), chunks.iterator());
    var error = assertThrows(InvalidInputException.class, all::next);
    assertTrue(error.getMessage().contains("2.0"), error.getMessage());
    assertTrue(error.getMessage().contains("1.5"), error.getMessage());
  }

  @Test
  void aChunkMayBeginWhenTheOneBeforeEnds() {
    var chunks =
        List.of(
            new TraceChunk<>("a", new double[] {0, 1}, new double[] {1, 2}),
            new TraceChunk<>("b", new double[] {1, 2}, new double[] {3, 4}));
    var all = new FilteredChunks<>(new Sum(1), chunks.iterator());
    assertArrayEquals(new double[] {3, 6}, all.next().values());
    assertArrayEquals(new double[] {9, 7}, all.next().values());
  }

  @Test
  void aTraceHasAsManyTimesAsValues() {
    var error =
        assertThrows(
            InvalidInputException.class, () -> new TraceChunk<>("a", new double[2], new double[3]));
    assertEquals("there are 2 times and 3 values: a trace has as many of both", error.getMessage());
  }
}
