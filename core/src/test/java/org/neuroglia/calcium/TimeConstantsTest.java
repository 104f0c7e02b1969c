package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class TimeConstantsTest {
  private static double[] process(int samples, double g1, double g2) {
    Random random = new Random(3);
    double[] values = new double[samples];
    for (int t = 2; t < samples; t++) {
      values[t] = g1 * values[t - 1] + g2 * values[t - 2] + random.nextGaussian();
    }
    return values;
  }

  @Test
  void longTracesTellTheirCoefficients() {
    assertEquals(0.9, TimeConstants.estimate(process(500_000, 0.9, 0), 1, 0, 10, 1).decay(), 0.01);
    assertArrayEquals(
        new double[] {1.6, -0.63},
        TimeConstants.estimate(process(500_000, 1.6, -0.63), 2, 0, 10, 1).coefficients(),
        0.02);
  }

  @Test
  void rootsOutOfRangeAreReplacedByConstants() {
    // Alternating values have a root of −1.
    double[] alternating = new double[1000];
    for (int t = 0; t < 1000; t++) {
      alternating[t] = t % 2;
    }
    assertEquals(0.15, TimeConstants.estimate(alternating, 1, 0, 10, 1).decay());
    // Less noise than there is makes a root above 1.
    assertEquals(
        0.98 * 0.95, TimeConstants.estimate(process(2000, 0.99, 0), 1, 3, 10, 0.98).decay(), 1e-12);
  }

  @Test
  void rootsAreDecayAndRise() {
    TimeConstants constants = TimeConstants.of(1.7, -0.72);
    assertEquals(0.9, constants.decay(), 1e-12);
    assertEquals(0.8, constants.rise(), 1e-12);
    assertArrayEquals(new double[] {1, 1.7, 2.17, 2.465}, constants.impulseResponse(4), 1e-12);
    assertEquals(0, constants.impulseResponse(0).length);
  }

  @Test
  void equalRootsAreAllowedWhateverRoundingMakesOfThem() {
    for (int i = 1; i < 98; i++) {
      double root = i / 100.0;
      assertEquals(root, TimeConstants.of(2 * root, -root * root).decay(), 1e-6);
    }
  }

  @Test
  void constantTracesHaveNoMemory() {
    assertEquals(0, TimeConstants.estimate(new double[50], 1, 0).decay());
    assertEquals(0, TimeConstants.estimate(new double[50], 2, 0).decay());
  }

  @Test
  void impossibleCoefficientsAreNamed() {
    assertThrows(InvalidInputException.class, TimeConstants::of);
    assertThrows(InvalidInputException.class, () -> TimeConstants.of(1));
    assertThrows(InvalidInputException.class, () -> TimeConstants.of(Double.NaN));
    assertThrows(InvalidInputException.class, () -> TimeConstants.of(1, -0.9));
    assertThrows(InvalidInputException.class, () -> TimeConstants.of(0.5, 0.4));
    assertThrows(InvalidInputException.class, () -> TimeConstants.of(1, 2, 3));
    assertThrows(InvalidInputException.class, () -> TimeConstants.estimate(new double[9], 3, 0));
  }
}
