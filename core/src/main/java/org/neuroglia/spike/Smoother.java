package org.neuroglia.spike;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.AscendingTimes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.event.SampleTimes;

/**
 * Smooths spike trains: the sum of the spikes' densities, in 1/s, at each sample time.
 *
 * <p>The kernels are {@code gaussian} (standard deviation tau), {@code exponential} (decays with
 * tau after the spike) and {@code boxcar} (1 / tau from the spike to tau after it); the last two
 * are causal. Lags are the doubles {@code (t - spike) / tau}, so that what lies on a border is
 * decided as scipy decides it. Densities are added in the order of the spikes; those that cannot
 * change the sum are left out.
 *
 * <p>Same numbers as neuroglia's {@code Smoother}, and around events as its {@code
 * PeriEventSpikeSampler} with {@code sampler=Smoother}, within a few roundings. Immutable and
 * thread safe.
 */
public final class Smoother implements Serializable {
  private static final long serialVersionUID = 1L;

  /** neuroglia's default kernel. */
  public static final String DEFAULT_KERNEL = "gaussian";

  /** neuroglia's default tau, in seconds. */
  public static final double DEFAULT_TAU = 0.005;

  private static final double PAD_IN_TAUS = 10;

  private final double[] sampleTimes;
  private final Kernel kernel;
  private final double tau;
  private final double first;
  private final double last;

  /**
   * @param sampleTimes in seconds, finite, in any order, at least one
   * @param kernel gaussian, exponential or boxcar
   * @param tau width of the kernel in seconds, above 0
   * @throws InvalidInputException if one of them is not so
   */
  public Smoother(double[] sampleTimes, String kernel, double tau) {
    this.sampleTimes = SampleTimes.checkedFinite(sampleTimes).clone();
    this.kernel = Kernel.named(kernel);
    if (!(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "tau is " + tau + ": the width of the kernel is a number of seconds above 0");
    }
    this.tau = tau;
    this.first = Arrays.stream(sampleTimes).min().getAsDouble();
    this.last = Arrays.stream(sampleTimes).max().getAsDouble();
  }

  /** neuroglia's defaults. */
  public Smoother(double[] sampleTimes) {
    this(sampleTimes, DEFAULT_KERNEL, DEFAULT_TAU);
  }

  /** The number of values per train or event: one per sample time. */
  public int samples() {
    return sampleTimes.length;
  }

  /** The sample times, in seconds: a copy. */
  public double[] sampleTimes() {
    return sampleTimes.clone();
  }

  /**
   * Seconds before the first and after the last sample of an event within which {@link #at} takes
   * spikes: 10 tau.
   */
  public double pad() {
    return PAD_IN_TAUS * tau;
  }

  /**
   * The density of a whole train: every spike counts at every sample time.
   *
   * @param train spike times in seconds, in any order; NaN is ignored
   * @return a density in 1/s per sample time
   */
  public double[] transform(double[] train) {
    double[] ascending = AscendingTimes.sorted(train);
    int spikes = ascending.length;
    while (spikes > 0 && Double.isNaN(ascending[spikes - 1])) {
      spikes--;
    }
    double[] densities = new double[sampleTimes.length];
    for (int j = 0; j < densities.length; j++) {
      densities[j] = density(ascending, 0, spikes, sampleTimes[j]);
    }
    return densities;
  }

  /**
   * The density around an event, at the doubles {@code sampleTimes[j] + event}, of the spikes less
   * than {@link #pad} seconds before the first or after the last of these. neuroglia pads so, but
   * by 50 ms whatever tau is; for its default tau of 5 ms that is the same.
   *
   * <p>Time is proportional to the logarithm of the train and the spikes near the event.
   *
   * @param train spike times in seconds, ascending; NaN, if any, last
   * @param event in seconds; around an event without a time (NaN) all is 0
   * @param out takes {@link #samples} densities in 1/s, from index {@code from} on
   */
  public void at(double[] train, double event, double[] out, int from) {
    int begin = firstAfter(train, first + event - pad());
    int end = AscendingTimes.firstAtOrAfter(train, begin, last + event + pad());
    for (int j = 0; j < sampleTimes.length; j++) {
      out[from + j] = density(train, begin, end, sampleTimes[j] + event);
    }
  }

  private static int firstAfter(double[] train, double time) {
    int i = AscendingTimes.firstAtOrAfter(train, 0, time);
    while (i < train.length && train[i] == time) {
      i++;
    }
    return i;
  }

  /** The density at {@code t} of the spikes from index {@code begin} until {@code end}. */
  private double density(double[] train, int begin, int end, double t) {
    if (begin >= end || !Double.isFinite(t)) {
      return 0;
    }
    int after = firstWithin(train, begin, end, t, 0, true); // spikes from here on are after t
    double nearest = after > begin ? lag(train, after - 1, t) : Double.POSITIVE_INFINITY;
    if (!kernel.isCausal() && after < end) {
      nearest = Math.min(nearest, -lag(train, after, t));
    }
    double farthest = kernel.farthest(nearest);
    if (farthest == Double.POSITIVE_INFINITY) {
      return 0;
    }
    int start = firstWithin(train, begin, after, t, farthest, false);
    int stop = kernel.isCausal() ? after : firstWithin(train, after, end, t, -farthest, true);
    double sum = 0;
    for (int i = start; i < stop; i++) {
      sum += kernel.weight(lag(train, i, t));
    }
    return sum / kernel.area / tau;
  }

  private double lag(double[] train, int i, double t) {
    return (t - train[i]) / tau;
  }

  /**
   * The first spike whose lag is not above {@code limit}, or below it if {@code strictly}; lags
   * descend.
   */
  private int firstWithin(
      double[] train, int begin, int end, double t, double limit, boolean strictly) {
    int low = begin;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double lag = lag(train, middle, t);
      if (lag < limit || (lag == limit && !strictly)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
