package org.neuroglia.spark.event.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuroglia.event.PeriEventSpikeSampler;

/** Which spikes are counted as they come, and which had better be trains. */
class SessionCountsTest {
  private static final double[] EVENTS = IntStream.range(0, 100).mapToDouble(e -> e).toArray();

  private static SessionCounts counts(double window) {
    PeriEventSpikeSampler sampler = new PeriEventSpikeSampler(new double[] {0, 0.1, window});
    return new SessionCounts(sampler, false, EVENTS, 50, 10);
  }

  private static int[] places(int spikes) {
    return IntStream.range(0, spikes).map(i -> i % 50).toArray();
  }

  private static double[] times(int spikes, double first, double seconds) {
    return IntStream.range(0, spikes).mapToDouble(i -> first + i * seconds / spikes).toArray();
  }

  @Test
  void denseSpikesInOrderAreCountedAndThoseBeforeThemAreNot() {
    SessionCounts counts = counts(0.5);
    assertTrue(counts.addInOrder(places(200), times(200, 20, 0.4), 200) > 200);
    assertTrue(counts.addInOrder(places(200), times(200, 21, 0.4), 200) > 200);
    assertEquals(-1, counts.addInOrder(places(200), times(200, 20, 0.4), 200));
    counts.finish();
    assertNotNull(counts.block(2));
    assertNull(counts.block(1));
    assertNull(counts.block(3));
  }

  @Test
  void sparseSpikesAndMuchOverlapMakeTrains() {
    assertEquals(-1, counts(0.5).addInOrder(places(64), times(64, 0, 99), 64));
    assertEquals(-1, counts(70).addInOrder(places(200), times(200, 20, 0.4), 200));
  }
}
