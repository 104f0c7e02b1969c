package org.neuroglia.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;

/** What {@link TraceFilter#reach} promises. */
public final class Chunks {
  private Chunks() {}

  /** Filters random pieces with their surroundings and expects the bits of the whole. */
  public static void assertPiecesEqualTheWhole(
      TraceFilter filter, double[] times, double[] values) {
    double[] whole = filter.apply(times, values);
    Random random = new Random(11);
    int n = values.length;
    for (int round = 0; round < 100; round++) {
      int from = random.nextInt(n);
      int to = from + 1 + random.nextInt(Math.min(n - from, 60));
      int start = Math.max(0, from - filter.reach());
      int end = Math.min(n, to + filter.reach());
      double[] piece =
          filter.apply(
              Arrays.copyOfRange(times, start, end), Arrays.copyOfRange(values, start, end));
      assertArrayEquals(
          Arrays.copyOfRange(whole, from, to), Arrays.copyOfRange(piece, from - start, to - start));
    }
  }
}
