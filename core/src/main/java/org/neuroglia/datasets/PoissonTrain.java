package org.neuroglia.datasets;

import java.util.Random;

/**
 * A Poisson process of piecewise constant rate, by rescaling time: the integral of the rate between
 * two spikes is exponentially distributed with mean 1. Spikes lie on the grid of a recording's
 * samples, at most one in each.
 */
final class PoissonTrain {
  private final Random random;
  private final double samplingRate;
  private final SpikeTimes times = new SpikeTimes();
  private long lastSample = -1;
  private double integralToNext;

  /**
   * @param samplingRate samples per second
   */
  PoissonTrain(Random random, double samplingRate) {
    this.random = random;
    this.samplingRate = samplingRate;
    this.integralToNext = exponential(random);
  }

  static double exponential(Random random) {
    return -StrictMath.log(1 - random.nextDouble());
  }

  /** Segments are added in the order of time, in seconds; the rate is in spikes per second. */
  void addSegment(double start, double stop, double rate) {
    double time = start;
    while (integralToNext <= rate * (stop - time)) {
      time += integralToNext / rate;
      add(time);
      integralToNext = exponential(random);
    }
    integralToNext -= rate * (stop - time);
  }

  private void add(double time) {
    long sample = (long) (time * samplingRate);
    if (sample != lastSample) {
      lastSample = sample;
      times.add(sample / samplingRate);
    }
  }

  double[] times() {
    return times.toArray();
  }
}
