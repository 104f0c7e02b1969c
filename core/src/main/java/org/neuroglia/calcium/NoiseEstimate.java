package org.neuroglia.calcium;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/**
 * How the standard deviation of a trace's noise is told from its spectrum: calcium is slow, so the
 * fast part of the spectrum is noise, and white noise has the same density everywhere.
 *
 * <p>As {@code estimate_noise} of neuroglia and OASIS; source: Pnevmatikakis et al. 2016, Neuron
 * 89: 285–299.
 *
 * @param low frequencies above this one count, in cycles per sample
 * @param high frequencies below this one count; at most 0.5, which is half the sampling rate
 * @param averaging how the densities between are averaged
 */
public record NoiseEstimate(double low, double high, Averaging averaging) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The mean density between 0.25 and 0.5 cycles per sample. */
  public static final NoiseEstimate DEFAULT = new NoiseEstimate(0.25, 0.5, Averaging.MEAN);

  /** How densities are averaged; neuroglia calls them mean, median and logmexp. */
  public enum Averaging {
    MEAN,
    MEDIAN,
    /** The geometric mean: the exponential of the mean logarithm. */
    LOG_MEAN_EXP
  }

  public NoiseEstimate {
    if (!(low >= 0 && low < high && high <= 0.5)) {
      throw new InvalidInputException(
          "Noise cannot be estimated between the frequencies "
              + low
              + " and "
              + high
              + ": 0 <= low < high <= 0.5 is accepted.");
    }
  }

  /**
   * @param values of a trace, evenly spaced in time; NaN makes the estimate NaN
   * @return the standard deviation of its noise, in the unit of the trace
   * @throws InvalidInputException if the trace is so short that its spectrum has no frequency
   *     between the two
   */
  public double of(double[] values) {
    double[] densities =
        values.length == 0 ? new double[0] : WelchSpectrum.of(values).between(low, high);
    if (densities.length == 0) {
      throw new InvalidInputException(
          "Noise cannot be estimated from "
              + values.length
              + " samples: no frequency of their spectrum lies between "
              + low
              + " and "
              + high
              + ".");
    }
    // Half of a one-sided density is the variance of white noise at a sampling rate of 1.
    return Math.sqrt(0.5 * average(densities));
  }

  private double average(double[] densities) {
    return switch (averaging) {
      case MEAN -> Arrays.stream(densities).average().orElseThrow();
      case LOG_MEAN_EXP ->
          Math.exp(Arrays.stream(densities).map(Math::log).average().orElseThrow());
      case MEDIAN -> {
        Arrays.sort(densities);
        int middle = densities.length / 2;
        yield densities.length % 2 == 1
            ? densities[middle]
            : 0.5 * (densities[middle - 1] + densities[middle]);
      }
    };
  }
}
