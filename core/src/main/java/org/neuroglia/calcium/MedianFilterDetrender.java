package org.neuroglia.calcium;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

/**
 * Subtracts from a trace its running median, but no more than a few standard deviations of it.
 *
 * <p>The result is {@code x − min(m, c)}, where m is the running median of {@code window} samples
 * with zeros beyond the ends, as {@code scipy.signal.medfilt}, and c is {@code peakStdThreshold ·
 * 1.4826 · MAD(m)}, the median absolute deviation about the median of m. The limit c is relative to
 * 0, so that much of a large baseline stays: neuroglia's {@code MedianFilterDetrender} does so.
 *
 * <p>NaN ranks above all numbers, as in scipy 1.17: a missing sample stays missing, and its
 * neighbours have medians as long as less than half of their window is missing. The deviation is
 * that of the medians that are there.
 */
public final class MedianFilterDetrender implements TraceFilter {
  private static final long serialVersionUID = 1L;

  /** Of a normal distribution, the standard deviation over the median absolute deviation. */
  private static final double STD_PER_MAD = 1.4826;

  private final int window;
  private final double peakStdThreshold;

  /**
   * @param window samples of the running median, odd; neuroglia's default is 101
   * @param peakStdThreshold standard deviations that are removed at most; neuroglia's default is 4
   * @throws InvalidInputException if the window is not odd and positive, or the threshold is NaN
   */
  public MedianFilterDetrender(int window, double peakStdThreshold) {
    if (window < 1 || window % 2 == 0) {
      throw new InvalidInputException(
          "window is " + window + ": the running median needs an odd number of samples, 1 or more");
    }
    if (Double.isNaN(peakStdThreshold)) {
      throw new InvalidInputException(
          "peakStdThreshold is NaN: a number of standard deviations is needed");
    }
    this.window = window;
    this.peakStdThreshold = peakStdThreshold;
  }

  @Override
  public double[] apply(double[] times, double[] values) {
    double[] medians = runningMedian(values);
    double limit = peakStdThreshold * (STD_PER_MAD * medianAbsoluteDeviation(medians));
    double[] detrended = new double[values.length];
    for (int i = 0; i < detrended.length; i++) {
      detrended[i] = values[i] - (medians[i] > limit ? limit : medians[i]);
    }
    return detrended;
  }

  /** The median of the window around each sample; zeros are beyond the ends. */
  double[] runningMedian(double[] values) {
    int half = window / 2;
    SlidingOrder order = new SlidingOrder(window + 1);
    double[] medians = new double[values.length];
    for (int i = -half; i < half; i++) {
      order.add(at(values, i));
    }
    for (int i = 0; i < medians.length; i++) {
      order.add(at(values, i + half));
      medians[i] = order.get(half);
      order.remove(at(values, i - half));
    }
    return medians;
  }

  private static double at(double[] values, int i) {
    return i < 0 || i >= values.length ? 0 : values[i];
  }

  private static double medianAbsoluteDeviation(double[] values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    double middle = median(known);
    return median(Arrays.stream(known).map(v -> Math.abs(v - middle)).toArray());
  }

  /** Sorts the values. */
  private static double median(double[] values) {
    int n = values.length;
    if (n == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }
}
