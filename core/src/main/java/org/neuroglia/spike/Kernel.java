package org.neuroglia.spike;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.neuroglia.InvalidInputException;

/**
 * The densities that a spike may be smeared to. A lag is the time since the spike in units of tau;
 * {@code weight(lag) / area / tau} is the density in 1/s.
 */
enum Kernel {
  /** {@code scipy.stats.norm.pdf(t, loc=spike, scale=tau)}. */
  GAUSSIAN(Math.sqrt(2 * Math.PI)) {
    @Override
    double weight(double lag) {
      return Math.exp(-lag * lag / 2);
    }

    @Override
    double farthest(double nearest) {
      return Math.sqrt(nearest * nearest + 2 * NOTHING);
    }
  },

  /** {@code scipy.stats.expon.pdf(t, loc=spike, scale=tau)}: nothing before the spike. */
  EXPONENTIAL(1) {
    @Override
    double weight(double lag) {
      return Math.exp(-lag);
    }

    @Override
    double farthest(double nearest) {
      return nearest + NOTHING;
    }
  },

  /** {@code scipy.stats.uniform.pdf(t, loc=spike, scale=tau)}: lags 0 to 1, both included. */
  BOXCAR(1) {
    @Override
    double weight(double lag) {
      return 1;
    }

    @Override
    double farthest(double nearest) {
      return 1;
    }
  };

  /** e to minus this, times as many spikes as an array can hold, is below half an ulp of 1. */
  private static final double NOTHING = 64;

  final double area;

  Kernel(double area) {
    this.area = area;
  }

  /** Only the gaussian reaches to times before the spike. */
  boolean isCausal() {
    return this != GAUSSIAN;
  }

  /** What a spike weighs at a lag within its reach. */
  abstract double weight(double lag);

  /**
   * The lag beyond which no spikes, however many, change a sum that has one at lag {@code nearest}.
   */
  abstract double farthest(double nearest);

  static Kernel named(String name) {
    for (Kernel kernel : values()) {
      if (kernel.toString().equals(name)) {
        return kernel;
      }
    }
    throw new InvalidInputException(
        String.format(
            "kernel is \"%s\"; accepted are %s",
            name, Arrays.stream(values()).map(Kernel::toString).collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
