package org.neuroglia.calcium;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/**
 * Deconvolution of calcium that rises and decays, where the noise is known instead of the penalty.
 *
 * <p>Penalty and baseline are those of {@link ConstrainedOasisAR1} on the mean of every five
 * samples, which hide the rise; where that has large events, {@link OnlineNonNegativeLeastSquares}
 * looks for those of the trace. As {@code constrained_onnlsAR2} of neuroglia and OASIS with one
 * iteration, which is their default.
 *
 * <p>Source: Friedrich, Zhou and Paninski 2017, PLoS Comput. Biol. 13: e1005423.
 */
public final class ConstrainedOnnlsAR2 {
  private static final int DECIMATION = 5;

  /** Events of the first guess count from this part of the largest on. */
  private static final double LARGE = 0.1;

  private final Penalty penalty;
  private final BaselineRule baselineRule;

  public ConstrainedOnnlsAR2(Penalty penalty, BaselineRule baselineRule) {
    this.penalty = penalty;
    this.baselineRule = baselineRule;
  }

  /**
   * @param trace finite, at least five samples
   * @param timeConstants two
   * @param noise standard deviation of the noise, in the unit of the trace
   */
  public CalciumFit fit(double[] trace, TimeConstants timeConstants, double noise) {
    ConstrainedOasisAR1.checkFittable(trace, noise);
    if (timeConstants.order() != 2 || trace.length < DECIMATION) {
      throw new InvalidInputException(
          "A trace of "
              + trace.length
              + " samples cannot be fitted with "
              + timeConstants.order()
              + " time constants by two: at least "
              + DECIMATION
              + " samples and two time constants are needed.");
    }
    double decay = timeConstants.decay();
    double slowDecay = Math.pow(decay, DECIMATION);
    CalciumFit guess =
        new ConstrainedOasisAR1(Penalty.L1, baselineRule)
            .fit(decimated(trace), slowDecay, noise / Math.sqrt(DECIMATION));
    double baseline = guess.baseline();
    double[] above = Arrays.stream(trace).map(value -> value - baseline).toArray();

    double[] guessed =
        OasisAR1.deconvolve(above, decay, guess.lambda() * (1 - slowDecay) / (1 - decay), 0)
            .events();
    // λ times the whitening's sum is what the penalty takes off each sample: it stays the same.
    double whitened = (1 - decay) * (1 - timeConstants.rise());
    double lambda = guess.lambda() * (1 - slowDecay) / whitened;
    OnlineNonNegativeLeastSquares leastSquares = OnlineNonNegativeLeastSquares.of(timeConstants);
    Deconvolution found = leastSquares.deconvolve(above, lambda, around(guessed));

    double fitted = baselineRule.allowed(meanDifference(trace, found.denoised()));
    double fittedLambda =
        baselineRule == BaselineRule.ZERO ? lambda : lambda - (fitted - baseline) / whitened;
    if (penalty == Penalty.L0) {
      found =
          new FewestEventsAR2(trace, fitted, timeConstants)
              .choose(found, noise * noise * trace.length);
    }
    return new CalciumFit(
        found.denoised(), found.events(), fitted, timeConstants, fittedLambda, noise);
  }

  private static double[] decimated(double[] trace) {
    double[] means = new double[trace.length / DECIMATION];
    for (int i = 0; i < means.length; i++) {
      for (int k = 0; k < DECIMATION; k++) {
        means[i] += trace[i * DECIMATION + k];
      }
      means[i] /= DECIMATION;
    }
    return means;
  }

  /** From two samples before each large event to one after it. */
  private static boolean[] around(double[] events) {
    double large = LARGE * Arrays.stream(events).max().orElse(0);
    boolean[] near = new boolean[events.length];
    for (int t = 0; t < events.length; t++) {
      if (events[t] > large) {
        Arrays.fill(near, Math.max(t - 2, 0), Math.min(t + 2, near.length), true);
      }
    }
    return near;
  }

  private static double meanDifference(double[] trace, double[] calcium) {
    double sum = 0;
    for (int t = 0; t < trace.length; t++) {
      sum += trace[t] - calcium[t];
    }
    return sum / trace.length;
  }
}
