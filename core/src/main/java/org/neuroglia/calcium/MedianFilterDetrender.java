package org.neuroglia.calcium;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.tensor.NumpyFunction;
import org.neuroglia.trace.TraceFilter;

/**
 * Takes from a trace its median filter, as far as that is not above a cap: {@code x - min(m,
 * peakStdThreshold · 1.4826 · MAD(m))}, where m is the median of the window around each sample,
 * with zeros beyond the ends, and MAD(m) the median of {@code |m - median(m)|} over the trace.
 *
 * <p>The cap is relative to 0, not to the baseline: of a trace with a large baseline much stays, as
 * in neuroglia.
 *
 * <p>Same numbers as neuroglia's {@code MedianFilterDetrender} and {@code scipy.signal.medfilt}.
 * NaN ranks above every number, as in scipy 1.17: a value is NaN where the sample is, or more than
 * half of its window, and nowhere else. (In scipy 1.11 one NaN makes the whole trace NaN.)
 */
public final class MedianFilterDetrender implements TraceFilter {
  private static final long serialVersionUID = 1L;

  /** neuroglia's default window, in samples. */
  public static final int DEFAULT_WINDOW = 101;

  /** neuroglia's default threshold, in standard deviations. */
  public static final double DEFAULT_PEAK_STD_THRESHOLD = 4;

  /** The standard deviation of a normal distribution in units of its MAD, as neuroglia has it. */
  private static final double STD_PER_MAD = 1.4826;

  private final int window;
  private final double peakStdThreshold;

  /**
   * @param window of the median in samples, odd, above 0; may be longer than the trace
   * @param peakStdThreshold the cap in robust standard deviations of the filtered trace
   * @throws InvalidInputException if the window is even or not above 0, or the threshold is NaN
   */
  public MedianFilterDetrender(int window, double peakStdThreshold) {
    if (window < 1 || window % 2 == 0) {
      throw new InvalidInputException(
          "window is " + window + ": an odd number of samples is needed");
    }
    if (Double.isNaN(peakStdThreshold)) {
      throw new InvalidInputException("peakStdThreshold is NaN: a number is needed");
    }
    this.window = window;
    this.peakStdThreshold = peakStdThreshold;
  }

  /** neuroglia's defaults. */
  public MedianFilterDetrender() {
    this(DEFAULT_WINDOW, DEFAULT_PEAK_STD_THRESHOLD);
  }

  @Override
  public double[] apply(double[] times, double[] values) {
    double[] medians = medianFilter(values, window);
    double cap = peakStdThreshold * robustStd(medians);
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      // a cap of NaN is of a trace of NaN, or infinite: then the medians are not capped
      double trend = medians[i] > cap ? cap : medians[i];
      out[i] = values[i] - trend;
    }
    return out;
  }

  /** {@code scipy.signal.medfilt}: the median of the window around each sample, zeros outside. */
  static double[] medianFilter(double[] values, int window) {
    int n = values.length;
    int half = Math.min(window / 2, n); // a longer one is mostly zeros as well
    double[] padded = new double[Math.addExact(n, 2 * half)];
    System.arraycopy(values, 0, padded, half, n);
    RankedWindow ranks = new RankedWindow(padded);
    for (int i = 0; i < 2 * half; i++) {
      ranks.add(i);
    }
    double[] medians = new double[n];
    for (int i = 0; i < n; i++) {
      ranks.add(i + 2 * half);
      medians[i] = ranks.get(half);
      ranks.remove(i);
    }
    return medians;
  }

  private static double robustStd(double[] values) {
    double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    double median = NumpyFunction.MEDIAN.reduce(present);
    for (int i = 0; i < present.length; i++) {
      present[i] = Math.abs(present[i] - median);
    }
    return STD_PER_MAD * NumpyFunction.MEDIAN.reduce(present);
  }
}
