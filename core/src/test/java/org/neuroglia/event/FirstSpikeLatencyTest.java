package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 *
 *
 * <pre>
 *   train    |     |           |
 *   seconds  1     1.5   2     2.5
 * </pre>
 */
class FirstSpikeLatencyTest {
  private static final double[] TRAIN = {1, 1.5, 2.5, Double.NaN};

  private static OptionalDouble latency(double event, double longest) {
    return FirstSpikeLatency.of(TRAIN, event, longest);
  }

  @Test
  void theFirstSpikeAtTheEventOrAfterItCounts() {
    assertEquals(OptionalDouble.of(0), latency(1, Double.POSITIVE_INFINITY));
    assertEquals(OptionalDouble.of(0.25), latency(1.25, Double.POSITIVE_INFINITY));
    assertEquals(OptionalDouble.of(0.5), latency(2, 9));
  }

  @Test
  void aSpikeAtTheEndOfTheWindowIsTooLate() {
    assertEquals(OptionalDouble.empty(), latency(2, 0.5));
    assertEquals(OptionalDouble.of(0.5), latency(2, 0.75));
  }

  @Test
  void withoutASpikeOrATimeThereIsNone() {
    assertEquals(OptionalDouble.empty(), latency(3, Double.POSITIVE_INFINITY));
    assertEquals(OptionalDouble.empty(), latency(Double.NaN, 1));
    assertEquals(OptionalDouble.empty(), FirstSpikeLatency.of(new double[0], 0, 1));
  }
}
