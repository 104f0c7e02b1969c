package org.neuroglia.calcium;

/**
 * Stretches of samples in which an exponential decay meets no event, in the order of the trace: the
 * active set of OASIS for a single decay factor g.
 *
 * <p>A pool of l samples is described by the weighted sum Σ gᵏ y(k) of its data, by its weight Σ
 * g²ᵏ, and by gˡ, with k from 0 to l − 1. Two neighbours are merged by three multiplications of
 * these, so that a trace takes time linear in its samples, without a power or an exponential.
 *
 * <p>Source: Friedrich, Zhou and Paninski 2017, PLoS Comput. Biol. 13: e1005423, algorithms 1 to 3.
 */
final class Pools {
  private final double g;
  private final int samples;

  private int size;
  private final int[] starts;
  private final double[] data;
  private final double[] weights;
  private final double[] decays;

  /** λ + (what the baseline has risen) / (1 − g); see {@link #value}. */
  private double shift;

  private double lastPenalty;

  /**
   * The pools of a trace less a constant.
   *
   * @param trace at least one sample
   * @param offset taken off all samples
   * @param g from 0 to below 1
   * @param lambda penalty on the sum of events; it lowers the last sample by λ and every other one
   *     by λ (1 − g)
   * @param minimumEvent smallest event between two pools
   */
  Pools(double[] trace, double offset, double g, double lambda, double minimumEvent) {
    this.g = g;
    this.samples = trace.length;
    this.starts = new int[samples];
    this.data = new double[samples];
    this.weights = new double[samples];
    this.decays = new double[samples];
    double perSample = offset + lambda * (1 - g);
    int top = -1;
    // What the pool on top of the stack has decayed to where the next sample begins.
    double reached = 0;
    for (int t = 0; t < samples; t++) {
      double pooled = trace[t] - (t == samples - 1 ? offset + lambda : perSample);
      double weight = 1;
      double decay = g;
      int start = t;
      double value = pooled;
      while (top >= 0 && reached + minimumEvent > value) {
        double before = decays[top];
        pooled = data[top] + before * pooled;
        weight = weights[top] + before * before * weight;
        decay = product(before, decay);
        start = starts[top];
        value = pooled / weight;
        top--;
        reached = top < 0 ? 0 : data[top] / weights[top] * decays[top];
      }
      top++;
      starts[top] = start;
      data[top] = pooled;
      weights[top] = weight;
      decays[top] = decay;
      reached = value * decay;
    }
    this.size = top + 1;
  }

  private static double product(double a, double b) {
    double product = a * b;
    return product < TimeConstants.NEGLIGIBLE ? 0 : product;
  }

  int size() {
    return size;
  }

  int start(int pool) {
    return starts[pool];
  }

  int end(int pool) {
    return pool == size - 1 ? samples : starts[pool + 1];
  }

  /** gˡ for a pool of l samples. */
  double decay(int pool) {
    return decays[pool];
  }

  /** Σ gᵏ over a pool. */
  double mass(int pool) {
    return (1 - decays[pool]) / (1 - g);
  }

  /** Σ g²ᵏ over a pool. */
  double weight(int pool) {
    return weights[pool];
  }

  /** Σ gᵏ y(k) over a pool, before any shift. */
  double data(int pool) {
    return data[pool];
  }

  /**
   * What calcium begins with in a pool, by least squares; may be below 0.
   *
   * <p>A penalty λ on the sum of events is the same as a baseline that is λ (1 − g) higher, but for
   * the last pool: after it, no event follows that would be less for calcium being more.
   */
  double value(int pool) {
    double penalty = shift * (1 - decays[pool]);
    if (pool == size - 1) {
      penalty += lastPenalty * decays[pool];
    }
    return (data[pool] - penalty) / weights[pool];
  }

  /** What calcium begins with in a pool: never below 0. */
  double calcium(int pool) {
    return Math.max(value(pool), 0);
  }

  /**
   * Sets how far the data are lowered; {@link #settle} then restores the order.
   *
   * @param shift λ + (rise of the baseline) / (1 − g)
   * @param lambda the part of it that is a penalty
   */
  void lower(double shift, double lambda) {
    this.shift = shift;
    this.lastPenalty = lambda;
  }

  /** Merges pools between which calcium would have to fall faster than it decays. */
  void settle() {
    int pools = size;
    int top = -1;
    for (int next = 0; next < pools; next++) {
      double pooled = data[next];
      double weight = weights[next];
      double decay = decays[next];
      int start = starts[next];
      double penalty = next == pools - 1 ? lastPenalty : 0;
      while (top >= 0 && reached(top) > value(pooled, weight, decay, penalty)) {
        double before = decays[top];
        pooled = data[top] + before * pooled;
        weight = weights[top] + before * before * weight;
        decay = product(before, decay);
        start = starts[top];
        top--;
      }
      top++;
      starts[top] = start;
      data[top] = pooled;
      weights[top] = weight;
      decays[top] = decay;
    }
    size = top + 1;
  }

  private double value(double pooled, double weight, double decay, double penalty) {
    return (pooled - shift * (1 - decay) - penalty * decay) / weight;
  }

  private double reached(int pool) {
    return value(data[pool], weights[pool], decays[pool], 0) * decays[pool];
  }

  /** Calcium at each sample. */
  double[] denoised(double minimumEvent) {
    double[] denoised = new double[samples];
    for (int pool = 0; pool < size; pool++) {
      double value = kept(pool, minimumEvent);
      int end = end(pool);
      for (int t = starts[pool]; t < end && value > TimeConstants.NEGLIGIBLE; t++) {
        denoised[t] = value;
        value *= g;
      }
    }
    return denoised;
  }

  /** What is above the decay at each sample; none at the first, before which nothing is known. */
  double[] events(double minimumEvent) {
    double[] events = new double[samples];
    for (int pool = 1; pool < size; pool++) {
      events[starts[pool]] =
          kept(pool, minimumEvent) - kept(pool - 1, minimumEvent) * decays[pool - 1];
    }
    return events;
  }

  private double kept(int pool, double minimumEvent) {
    double value = value(pool);
    return value < (pool == 0 ? 0 : minimumEvent) ? 0 : value;
  }

  /** How far calcium jumps between each pool and the one after it. */
  double[] jumps() {
    double[] jumps = new double[size - 1];
    for (int i = 0; i < jumps.length; i++) {
      jumps[i] = value(i + 1) - value(i) * decays[i];
    }
    return jumps;
  }
}
