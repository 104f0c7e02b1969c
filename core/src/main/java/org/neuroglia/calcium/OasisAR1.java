package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;

/**
 * Sparse non-negative deconvolution of exponentially decaying calcium, for a given penalty: ½ Σ
 * (c(t) − y(t))² + λ Σ s(t) is least, where s(t) = c(t) − g c(t−1) is 0 or at least a minimum.
 *
 * <p>The solution is exact for a minimum of 0, otherwise a good one. Time is linear in the samples,
 * by pooling adjacent violators. As {@code oasisAR1} of neuroglia and OASIS.
 *
 * <p>Source: Friedrich, Zhou and Paninski 2017, PLoS Comput. Biol. 13: e1005423.
 */
public final class OasisAR1 {
  private OasisAR1() {}

  /**
   * @param trace calcium with noise, its baseline taken off; finite
   * @param g factor of the decay from one sample to the next, from 0 to below 1
   * @param lambda penalty λ on the sum of the events
   * @param minimumEvent least size of an event, 0 or more
   * @return calcium and events; the first sample has no event
   */
  public static Deconvolution deconvolve(
      double[] trace, double g, double lambda, double minimumEvent) {
    TimeConstants.of(g);
    FiniteTrace.check(trace);
    if (!(minimumEvent >= 0) || Double.isNaN(lambda)) {
      throw new InvalidInputException(
          "A trace cannot be deconvolved with lambda "
              + lambda
              + " and a minimum event of "
              + minimumEvent
              + ": a number, and one of at least 0, are accepted.");
    }
    if (trace.length == 0) {
      return new Deconvolution(new double[0], new double[0]);
    }
    Pools pools = new Pools(trace, 0, g, lambda, minimumEvent);
    return new Deconvolution(pools.denoised(minimumEvent), pools.events(minimumEvent));
  }
}
