package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

/**
 * Makes ΔF/F of a fluorescence trace: {@code (x − b) / b}, where the baseline b is a percentile of
 * the window around each sample, linearly interpolated.
 *
 * <p>The window is {@code ceil(window / d)} samples, d being the mean interval of the trace. (In
 * neuroglia's documentation the window is in minutes; it is used as seconds, there and here.)
 * Around sample i it reaches from {@code i − n / 2} to n − 1 samples further. Where it would reach
 * beyond an end, the nearest whole window counts; where it holds a NaN, the next window without
 * one.
 *
 * <p>Same numbers as neuroglia's {@code Normalize}, but for these: a window longer than the trace
 * is the whole trace, a lone sample is its own baseline, and a value that equals its baseline gives
 * 0 even if both are 0.
 */
public final class Normalize implements TraceFilter {
  private static final long serialVersionUID = 1L;

  private final double window;
  private final double percentile;

  /**
   * @param window in seconds, above 0; neuroglia's default is 3
   * @param percentile 0 to 100; neuroglia's default is 8
   * @throws InvalidInputException if one of them is not so
   */
  public Normalize(double window, double percentile) {
    if (!(window > 0 && window < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "window is " + window + ": the baseline needs a window of seconds, above 0");
    }
    if (!(percentile >= 0 && percentile <= 100)) {
      throw new InvalidInputException(
          "percentile is " + percentile + ": a number from 0 to 100 is needed");
    }
    this.window = window;
    this.percentile = percentile;
  }

  /**
   * @throws InvalidInputException if the times do not increase on average
   */
  @Override
  public double[] apply(double[] times, double[] values) {
    double[] baseline = baseline(values, samples(times));
    double[] normalized = new double[values.length];
    for (int i = 0; i < normalized.length; i++) {
      double change = values[i] - baseline[i];
      normalized[i] = change == 0 ? 0 : change / baseline[i];
    }
    return normalized;
  }

  /** The window's length in samples. */
  int samples(double[] times) {
    int n = times.length;
    if (n < 2) {
      return n;
    }
    double[] intervals = new double[n - 1];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = times[i + 1] - times[i];
    }
    double mean = PairwiseSum.of(intervals) / intervals.length;
    if (!(mean > 0 && mean < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "the mean interval between samples is " + mean + " s: times must increase");
    }
    return (int) Math.min(n, Math.ceil(window / mean));
  }

  private double[] baseline(double[] values, int n) {
    double[] baseline = new double[values.length];
    int back = n / 2;
    int first = back;
    int last = values.length - n + back;
    SlidingOrder order = new SlidingOrder(n + 1);
    for (int i = 0; i < n - 1; i++) {
      addIfKnown(order, values[i]);
    }
    for (int i = first; i <= last; i++) {
      addIfKnown(order, values[i - back + n - 1]);
      baseline[i] = order.size() < n ? Double.NaN : percentile(order, n);
      if (!Double.isNaN(values[i - back])) {
        order.remove(values[i - back]);
      }
    }
    for (int i = 0; i < baseline.length; i++) {
      if (i < first || i > last) {
        baseline[i] = Double.NaN;
      }
    }
    fillFromNext(baseline);
    return baseline;
  }

  private static void addIfKnown(SlidingOrder order, double value) {
    if (!Double.isNaN(value)) {
      order.add(value);
    }
  }

  private double percentile(SlidingOrder order, int n) {
    double rank = percentile / 100 * (n - 1);
    int low = (int) rank;
    if (low >= n - 1) {
      return order.get(n - 1);
    }
    double below = order.get(low);
    return rank == low ? below : below + (order.get(low + 1) - below) * (rank - low);
  }

  /** A missing value becomes the next one that is there, or the last one before. */
  private static void fillFromNext(double[] values) {
    for (int i = values.length - 2; i >= 0; i--) {
      values[i] = Double.isNaN(values[i]) ? values[i + 1] : values[i];
    }
    for (int i = 1; i < values.length; i++) {
      values[i] = Double.isNaN(values[i]) ? values[i - 1] : values[i];
    }
  }
}
