package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;

class NoiseEstimateTest {
  private static double[] white(int samples) {
    Random random = new Random(1);
    double[] values = new double[samples];
    for (int t = 0; t < samples; t++) {
      values[t] = 5 + 2 * random.nextGaussian();
    }
    return values;
  }

  @Test
  void whiteNoiseIsItsStandardDeviation() {
    assertEquals(2, NoiseEstimate.DEFAULT.of(white(100_000)), 0.02);
  }

  @Test
  void slowSignalsAreNotNoise() {
    double[] values = white(10_000);
    double before = NoiseEstimate.DEFAULT.of(values);
    for (int t = 0; t < values.length; t++) {
      values[t] += 50 * Math.sin(t / 40.0);
    }
    assertEquals(before, NoiseEstimate.DEFAULT.of(values), 1e-3);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 7, 255, 256, 257, 383, 384, 511, 512, 640})
  void everyLengthHasAnEstimate(int samples) {
    double estimate = NoiseEstimate.DEFAULT.of(white(samples));
    assertTrue(estimate > 0 && estimate < 6, () -> samples + ": " + estimate);
  }

  @ParameterizedTest
  @EnumSource
  void averagesOfTheNoiseAreNearIt(NoiseEstimate.Averaging averaging) {
    assertEquals(2, new NoiseEstimate(0.25, 0.5, averaging).of(white(100_000)), 0.05);
  }

  @Test
  void nanStaysNan() {
    double[] values = white(300);
    values[200] = Double.NaN;
    assertTrue(Double.isNaN(NoiseEstimate.DEFAULT.of(values)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4})
  void tooFewSamplesAreNamed(int samples) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> NoiseEstimate.DEFAULT.of(white(samples)));
    assertTrue(e.getMessage().contains("from " + samples + " samples"), e.getMessage());
  }

  @Test
  void impossibleFrequenciesAreNamed() {
    NoiseEstimate.Averaging mean = NoiseEstimate.Averaging.MEAN;
    assertThrows(InvalidInputException.class, () -> new NoiseEstimate(0.3, 0.3, mean));
    assertThrows(InvalidInputException.class, () -> new NoiseEstimate(-0.1, 0.3, mean));
    assertThrows(InvalidInputException.class, () -> new NoiseEstimate(0.2, 0.6, mean));
    assertThrows(InvalidInputException.class, () -> new NoiseEstimate(Double.NaN, 0.5, mean));
  }
}
