package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class OnlineNonNegativeLeastSquaresTest {
  private static final TimeConstants RISING = TimeConstants.of(1.7, -0.712);

  private static double[] noisy(int samples, long seed) {
    Random random = new Random(seed);
    double[] trace = new double[samples];
    double[] h = RISING.impulseResponse(samples);
    for (int t = 0; t < samples; t++) {
      trace[t] += 0.3 * random.nextGaussian();
      if (random.nextDouble() < 0.05) {
        for (int k = t; k < samples; k++) {
          trace[k] += h[k - t];
        }
      }
    }
    return trace;
  }

  /** The optimum of the convex problem: no event would be better smaller or larger. */
  private static void assertOptimal(double[] trace, double lambda, Deconvolution found) {
    double[] h = RISING.impulseResponse(trace.length);
    for (int t = 0; t < trace.length; t++) {
      double change = lambda;
      for (int k = t; k < trace.length; k++) {
        change += h[k - t] * (found.denoised()[k] - trace[k]);
      }
      assertTrue(found.events()[t] >= 0);
      assertTrue(change > -1e-7, t + ": " + change);
      assertEquals(0, found.events()[t] > 1e-6 ? change : 0, 1e-7);
    }
  }

  @Test
  void tracesOfOneWindowAreOptimalEvenBelowTheShift() {
    for (int samples : new int[] {1, 2, 3, 20, 60, 99, 100, 101, 150, 200}) {
      double[] trace = noisy(samples, samples);
      for (double lambda : new double[] {0, 1.5}) {
        assertOptimal(
            trace, lambda, OnlineNonNegativeLeastSquares.of(RISING).deconvolve(trace, lambda));
      }
    }
  }

  /** Windows see no further than their end; the error is e⁻⁵ of an event. */
  @Test
  void longTracesAreNearlyOptimal() {
    double[] trace = noisy(1000, 5);
    Deconvolution found = OnlineNonNegativeLeastSquares.of(RISING).deconvolve(trace, 1.5);
    double[] part = java.util.Arrays.copyOf(trace, 200);
    Deconvolution alone = OnlineNonNegativeLeastSquares.of(RISING).deconvolve(part, 1.5);
    for (int t = 0; t < 100; t++) {
      assertEquals(alone.events()[t], found.events()[t], 0.02);
    }
  }

  @Test
  void withOneTimeConstantItIsOasis() {
    double[] trace = noisy(180, 9);
    double[] oasis = OasisAR1.deconvolve(trace, 0.9, 0.7, 0).denoised();
    double[] online =
        OnlineNonNegativeLeastSquares.of(TimeConstants.of(0.9)).deconvolve(trace, 0.7).denoised();
    assertArrayEquals(oasis, online, 1e-8);
  }

  @Test
  void aKernelMayBeAnyResponse() {
    double[] trace = noisy(150, 2);
    OnlineNonNegativeLeastSquares kernel =
        OnlineNonNegativeLeastSquares.ofKernel(RISING.impulseResponse(200));
    OnlineNonNegativeLeastSquares same = OnlineNonNegativeLeastSquares.of(RISING);
    assertArrayEquals(
        same.deconvolve(trace, 1).events(), kernel.deconvolve(trace, 1).events(), 1e-8);
    double[] events =
        OnlineNonNegativeLeastSquares.ofKernel(1, 0, 2)
            .deconvolve(new double[] {0, 3, 0, 6, 0}, 0)
            .events();
    assertArrayEquals(new double[] {0, 3, 0, 0, 0}, events, 1e-12);
  }

  @Test
  void eventsAreOnlyWhereTheyMayBe() {
    double[] trace = noisy(500, 4);
    boolean[] candidates = new boolean[500];
    for (int t = 0; t < 500; t += 7) {
      candidates[t] = true;
    }
    double[] events =
        OnlineNonNegativeLeastSquares.of(RISING).deconvolve(trace, 0, candidates).events();
    for (int t = 0; t < 500; t++) {
      assertTrue(candidates[t] || events[t] == 0);
    }
    assertArrayEquals(
        new double[500],
        OnlineNonNegativeLeastSquares.of(RISING).deconvolve(trace, 0, new boolean[500]).events());
  }

  @Test
  void anEmptyTraceHasNoEvents() {
    assertEquals(
        0, OnlineNonNegativeLeastSquares.of(RISING).deconvolve(new double[0], 1).events().length);
  }

  @Test
  void impossibleArgumentsAreNamed() {
    assertThrows(InvalidInputException.class, () -> OnlineNonNegativeLeastSquares.ofKernel(0, 1));
    assertThrows(InvalidInputException.class, OnlineNonNegativeLeastSquares::ofKernel);
    OnlineNonNegativeLeastSquares slow =
        OnlineNonNegativeLeastSquares.of(TimeConstants.of(0.9999999));
    assertThrows(InvalidInputException.class, () -> slow.deconvolve(new double[3000], 0));
    assertEquals(10, slow.deconvolve(new double[10], 0).events().length);
    assertThrows(
        InvalidInputException.class, () -> slow.deconvolve(new double[3], 0, new boolean[2]));
  }
}
