package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;

/**
 * Deconvolution of exponentially decaying calcium where the noise is known instead of the penalty:
 * events are as few as they can be while the residual is as large as the noise, Σ (c(t) + b −
 * y(t))² = σ² T.
 *
 * <p>Penalty λ and baseline b are found by Newton steps, each of which moves all pools by what
 * their residual tells, and merges those that it brought together. As {@code constrained_oasisAR1}
 * of neuroglia and OASIS, without decimation and without optimization of g.
 *
 * <p>Source: Friedrich, Zhou and Paninski 2017, PLoS Comput. Biol. 13: e1005423, sections on the
 * hard noise constraint and on the baseline.
 */
public final class ConstrainedOasisAR1 {
  /** neuroglia's number of steps. */
  private static final int STEPS = 5;

  /**
   * Without a baseline neuroglia steps until the noise is met; this only guards against rounding.
   */
  private static final int MOST_STEPS = 1000;

  /** The residual is as large as the noise if it differs by less than this part. */
  private static final double TIGHT = 1e-4;

  /** Calcium that sums up to less than this is none. */
  private static final double SILENT = 1e-9;

  private final Penalty penalty;
  private final BaselineRule baselineRule;

  public ConstrainedOasisAR1(Penalty penalty, BaselineRule baselineRule) {
    this.penalty = penalty;
    this.baselineRule = baselineRule;
  }

  /**
   * @param trace finite, at least one sample
   * @param g factor of the decay from one sample to the next, from 0 to below 1
   * @param noise standard deviation of the noise, in the unit of the trace
   */
  public CalciumFit fit(double[] trace, double g, double noise) {
    TimeConstants timeConstants = TimeConstants.of(g);
    checkFittable(trace, noise);
    double start =
        baselineRule == BaselineRule.ZERO ? 0 : baselineRule.allowed(BaselineEstimate.of(trace));
    PoolFit pools = new PoolFit(trace, start, g, noise * noise * trace.length);
    double lambda = baselineRule == BaselineRule.ZERO ? pools.fitPenalty() : pools.fitBoth();
    double baseline = pools.baseline;
    if (penalty == Penalty.L1) {
      return new CalciumFit(
          pools.pools.denoised(0), pools.pools.events(0), baseline, timeConstants, lambda, noise);
    }
    Deconvolution fewest =
        FewestEventsAR1.choose(trace, baseline, g, pools.pools, pools.wantedResidual);
    return new CalciumFit(
        fewest.denoised(), fewest.events(), baseline, timeConstants, lambda, noise);
  }

  static void checkFittable(double[] trace, double noise) {
    if (trace.length == 0) {
      throw new InvalidInputException(
          "A trace without samples cannot be fitted: at least one is needed.");
    }
    FiniteTrace.check(trace);
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "The noise of a trace cannot be " + noise + ": 0 or more, and finite, is accepted.");
    }
  }

  /**
   * The state of a fit. The residual and its slope are sums over pools, not over samples: within a
   * pool calcium is c gᵏ, so that Σ (y(k) − c gᵏ)² needs no more than the pool's own sums.
   */
  private final class PoolFit {
    private final double g;
    private final int samples;
    private final double wantedResidual;
    private final double start;
    private final Pools pools;

    /** Sum and sum of squares of the trace less the first baseline. */
    private final double sum;

    private final double squares;

    private double baseline;
    private double lambda;

    PoolFit(double[] trace, double start, double g, double wantedResidual) {
      this.g = g;
      this.samples = trace.length;
      this.wantedResidual = wantedResidual;
      this.start = start;
      this.baseline = start;
      this.pools = new Pools(trace, start, g, 0, 0);
      double total = 0;
      double totalOfSquares = 0;
      for (double value : trace) {
        double above = value - start;
        total += above;
        totalOfSquares += above * above;
      }
      this.sum = total;
      this.squares = totalOfSquares;
    }

    /** Raises λ until the residual is as large as the noise. */
    double fitPenalty() {
      for (int i = 0;
          i < MOST_STEPS && residual() < wantedResidual * (1 - TIGHT) && calcium() > SILENT;
          i++) {
        double step = step(0, true);
        if (!(step > 0)) {
          break;
        }
        lambda += step;
        pools.lower(lambda, lambda);
        pools.settle();
      }
      return lambda;
    }

    /** Moves λ and the baseline together, then tells them apart by the mean of the residual. */
    double fitBoth() {
      centre();
      for (int i = 0;
          i < STEPS
              && Math.abs(residual() - wantedResidual) > wantedResidual * TIGHT
              && calcium() > SILENT;
          i++) {
        double step = step(meanSlope(), false);
        if (baselineRule == BaselineRule.NON_NEGATIVE) {
          step = Math.max(step, -baseline / (1 - g));
        }
        baseline += step * (1 - g);
        pools.lower(shift(), lambda);
        pools.settle();
        centre();
      }
      return lambda;
    }

    private double shift() {
      return lambda + (baseline - start) / (1 - g);
    }

    /** Takes for baseline what makes the mean residual 0; λ changes so that calcium does not. */
    private void centre() {
      double wanted = baselineRule.allowed(start + (sum - calcium()) / samples);
      lambda -= (wanted - baseline) / (1 - g);
      baseline = wanted;
      pools.lower(shift(), lambda);
    }

    /** Σ c(t). */
    private double calcium() {
      double total = 0;
      for (int pool = 0; pool < pools.size(); pool++) {
        total += pools.calcium(pool) * pools.mass(pool);
      }
      return total;
    }

    /** Σ (y(t) − b − c(t))². */
    private double residual() {
      double rise = baseline - start;
      double total = squares - 2 * rise * sum + rise * rise * samples;
      for (int pool = 0; pool < pools.size(); pool++) {
        double c = pools.calcium(pool);
        total += c * (c * pools.weight(pool) - 2 * (pools.data(pool) - rise * pools.mass(pool)));
      }
      return total;
    }

    /** How much the mean of calcium falls where every pool is lowered by one unit of shift. */
    private double meanSlope() {
      double total = 0;
      for (int pool = 0; pool < pools.size(); pool++) {
        double fall = 1 - pools.decay(pool);
        total += fall * fall / pools.weight(pool);
      }
      return total / (1 - g) / samples;
    }

    /**
     * The step x after which Σ (r(t) + x slope(t))² is what it should be, or as near as can be;
     * slope(t) is how fast calcium falls, less its mean.
     *
     * @param mean taken off the slope
     * @param wholeLast whether the last pool falls as one whose decay has no end
     */
    private double step(double mean, boolean wholeLast) {
      double rise = baseline - start;
      double slopes = mean * mean * samples;
      double product = -mean * (sum - rise * samples - calcium());
      for (int pool = 0; pool < pools.size(); pool++) {
        double weight = pools.weight(pool);
        double mass = pools.mass(pool);
        boolean last = pool == pools.size() - 1;
        double slope = (last ? 1 : 1 - pools.decay(pool)) / weight;
        slopes += slope * (slope * weight - 2 * mean * mass);
        product += slope * (pools.data(pool) - rise * mass - pools.calcium(pool) * weight);
      }
      double excess = residual() - wantedResidual;
      double discriminant = product * product - slopes * excess;
      return discriminant > 0 || wholeLast
          ? (-product + Math.sqrt(Math.max(discriminant, 0))) / slopes
          : -product / slopes;
    }
  }
}
