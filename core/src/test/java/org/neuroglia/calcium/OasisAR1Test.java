package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class OasisAR1Test {
  private static double[] noisy(int samples, long seed) {
    Random random = new Random(seed);
    double[] trace = new double[samples];
    double calcium = 0;
    for (int t = 0; t < samples; t++) {
      calcium = 0.9 * calcium + (random.nextDouble() < 0.05 ? 1 : 0);
      trace[t] = calcium + 0.3 * random.nextGaussian();
    }
    return trace;
  }

  /** Events ≥ 0; where there is one, more or less of it would be no better; elsewhere, more. */
  @Test
  void eventsAreOptimal() {
    for (long seed = 0; seed < 20; seed++) {
      double[] trace = noisy(200, seed);
      double lambda = 0.2 * (seed % 3);
      Deconvolution found = OasisAR1.deconvolve(trace, 0.9, lambda, 0);
      double slope = 0;
      for (int t = trace.length - 1; t > 0; t--) {
        slope = 0.9 * slope + found.denoised()[t] - trace[t];
        double change = slope + lambda;
        assertTrue(found.events()[t] >= 0);
        assertTrue(change > -1e-12);
        assertEquals(0, found.events()[t] > 1e-12 ? change : 0, 1e-10);
      }
    }
  }

  @Test
  void calciumIsWhatTheEventsMakeOfIt() {
    double[] trace = noisy(500, 1);
    Deconvolution found = OasisAR1.deconvolve(trace, 0.9, 0.1, 0.4);
    double calcium = found.denoised()[0];
    for (int t = 1; t < trace.length; t++) {
      calcium = 0.9 * calcium + found.events()[t];
      assertEquals(calcium, found.denoised()[t], 1e-12);
      assertTrue(found.events()[t] == 0 || found.events()[t] >= 0.4 - 1e-12);
    }
  }

  @Test
  void withoutNoiseEventsComeBack() {
    double[] events = {0, 0, 1, 0, 0, 3, 0.5, 0, 0, 0};
    double[] trace = new double[events.length];
    for (int t = 1; t < trace.length; t++) {
      trace[t] = 0.8 * trace[t - 1] + events[t];
    }
    assertArrayEquals(events, OasisAR1.deconvolve(trace, 0.8, 0, 0).events(), 1e-15);
  }

  @Test
  void withoutDecayEverySampleIsItsOwnEvent() {
    assertArrayEquals(
        new double[] {0, 0, 2, 1},
        OasisAR1.deconvolve(new double[] {1, -1, 2, 1}, 0, 0, 0).events());
  }

  @Test
  void theArgumentStaysAsItIs() {
    double[] trace = noisy(50, 3);
    double[] before = trace.clone();
    OasisAR1.deconvolve(trace, 0.9, 1, 0.2);
    assertArrayEquals(before, trace);
  }

  @Test
  void shortTraces() {
    assertEquals(0, OasisAR1.deconvolve(new double[0], 0.9, 0, 0).events().length);
    Deconvolution one = OasisAR1.deconvolve(new double[] {2}, 0.9, 0.5, 0);
    assertArrayEquals(new double[] {1.5}, one.denoised());
    assertArrayEquals(new double[] {0}, one.events());
  }

  @Test
  void aLongFallIsOnePool() {
    double[] trace = new double[200_000];
    Arrays.setAll(trace, t -> -1.0 - t);
    Deconvolution found = OasisAR1.deconvolve(trace, 0.5, 0, 0);
    assertArrayEquals(new double[trace.length], found.events());
    assertArrayEquals(new double[trace.length], found.denoised());
  }

  @Test
  void impossibleArgumentsAreNamed() {
    double[] trace = {1, 2};
    assertThrows(InvalidInputException.class, () -> OasisAR1.deconvolve(trace, 1, 0, 0));
    assertThrows(InvalidInputException.class, () -> OasisAR1.deconvolve(trace, -0.1, 0, 0));
    assertThrows(InvalidInputException.class, () -> OasisAR1.deconvolve(trace, 0.9, 0, -1));
    assertThrows(InvalidInputException.class, () -> OasisAR1.deconvolve(trace, 0.9, Double.NaN, 0));
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> OasisAR1.deconvolve(new double[] {1, Double.NEGATIVE_INFINITY}, 0.9, 0, 0));
    assertEquals(
        "A trace with the value -Infinity (at sample 1 of 2, counted from 0) cannot be deconvolved:"
            + " every value must be finite.",
        e.getMessage());
  }
}
