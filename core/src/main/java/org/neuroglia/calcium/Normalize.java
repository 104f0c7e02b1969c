package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

/**
 * The relative change of a fluorescence trace, {@code (x - b) / b}, from a baseline b: a low
 * percentile of the samples around each.
 *
 * <p>The window is n = ceil(window / mean interval) samples: i is in the middle of {@code [i - n /
 * 2, i + n / 2]}, without the last if n is even. A percentile between two samples is interpolated.
 * Where the window meets an end of the trace or a sample that is not finite, the next baseline
 * holds, and after the last the last.
 *
 * <p>Same numbers as neuroglia's {@code Normalize} within 1e-10, with two differences: a window
 * longer than the trace is the whole trace (neuroglia: all NaN), and a sample that equals its
 * baseline has changed by 0 even if that is 0 (neuroglia: NaN). neuroglia documents its window in
 * minutes and uses seconds; here it is seconds.
 */
public final class Normalize implements TraceFilter {
  private static final long serialVersionUID = 1L;

  /** neuroglia's default window, in seconds. */
  public static final double DEFAULT_WINDOW = 3;

  /** neuroglia's default percentile. */
  public static final double DEFAULT_PERCENTILE = 8;

  private final double window;
  private final double percentile;

  /**
   * @param window in seconds, above 0
   * @param percentile 0 to 100
   * @throws InvalidInputException if one of them is not so
   */
  public Normalize(double window, double percentile) {
    if (!(window > 0 && window < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "window is " + window + ": a number of seconds above 0 is needed");
    }
    if (!(percentile >= 0 && percentile <= 100)) {
      throw new InvalidInputException(
          "percentile is " + percentile + ": a number from 0 to 100 is needed");
    }
    this.window = window;
    this.percentile = percentile;
  }

  /** neuroglia's defaults. */
  public Normalize() {
    this(DEFAULT_WINDOW, DEFAULT_PERCENTILE);
  }

  /**
   * @throws InvalidInputException if the times do not increase from the first to the last
   */
  @Override
  public double[] apply(double[] times, double[] values) {
    int n = values.length;
    double[] out = new double[n];
    if (n == 0) {
      return out;
    }
    double[] baseline = percentiles(values, samples(times), percentile / 100);
    fill(baseline);
    for (int i = 0; i < n; i++) {
      double change = values[i] - baseline[i];
      out[i] = change == 0 && baseline[i] == 0 ? 0 : change / baseline[i];
    }
    return out;
  }

  /** The window in samples, at most as many as there are. */
  private int samples(double[] times) {
    int n = times.length;
    if (n == 1) {
      return 1;
    }
    double[] intervals = new double[n - 1];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = times[i + 1] - times[i];
    }
    double interval = PairwiseSum.of(intervals) / intervals.length;
    if (!(interval > 0 && interval < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          String.format(
              "Normalize needs times that increase: those of the trace go from %s to %s s",
              times[0], times[n - 1]));
    }
    return (int) Math.min(n, Math.ceil(window / interval));
  }

  /**
   * The quantile of the window around each sample, NaN where the window is not complete: {@code
   * pandas.Series.rolling(window, center=True).quantile(quantile)}.
   */
  static double[] percentiles(double[] values, int window, double quantile) {
    int n = values.length;
    double[] out = new double[n];
    RankedWindow ranks = new RankedWindow(values);
    double place = quantile * (window - 1);
    int below = (int) place;
    int notFinite = 0;
    int after = (window - 1) / 2;
    for (int i = 0; i < n + after; i++) { // i comes in, i - window goes: the middle is i - after
      if (i < n) {
        ranks.add(i);
        notFinite += Double.isFinite(values[i]) ? 0 : 1;
      }
      if (i >= window) {
        ranks.remove(i - window);
        notFinite -= Double.isFinite(values[i - window]) ? 0 : 1;
      }
      if (i >= after) {
        boolean complete = i >= window - 1 && i < n && notFinite == 0;
        out[i - after] = complete ? between(ranks, below, place - below) : Double.NaN;
      }
    }
    return out;
  }

  private static double between(RankedWindow ranks, int below, double fraction) {
    double low = ranks.get(below);
    return fraction == 0 ? low : low + (ranks.get(below + 1) - low) * fraction;
  }

  /** NaN takes the next value, and after the last the last. */
  private static void fill(double[] values) {
    int n = values.length;
    for (int i = n - 2; i >= 0; i--) {
      values[i] = Double.isNaN(values[i]) ? values[i + 1] : values[i];
    }
    for (int i = 1; i < n; i++) {
      values[i] = Double.isNaN(values[i]) ? values[i - 1] : values[i];
    }
  }
}
