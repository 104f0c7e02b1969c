package org.neuroglia.calcium;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/**
 * Sparse non-negative deconvolution of calcium with any impulse response, for a given penalty: ½ Σ
 * (c(t) − y(t))² + λ Σ s(t) is least, s(t) ≥ 0. Non-negative least squares in a window that moves
 * along the trace; events that it leaves behind are committed to.
 *
 * <p>As {@code onnls} of neuroglia and OASIS, but for traces no longer than the shift, which one
 * window solves.
 *
 * <p>Source: Friedrich, Zhou and Paninski 2017, PLoS Comput. Biol. 13: e1005423.
 */
public final class OnlineNonNegativeLeastSquares {
  /** neuroglia's samples from one window to the next. */
  public static final int SHIFT = 100;

  /** neuroglia's bound on gradients and on what counts as an event. */
  public static final double TOLERANCE = 1e-9;

  private static final int SHORTEST_WINDOW = 200;

  /** A window needs a matrix of its square. */
  private static final int LONGEST_WINDOW = 2000;

  private final double[] response;
  private final double[] whitening;
  private final int window;
  private final int shift;

  /**
   * @param response calcium that an event of size 1 makes at its own sample and those after it
   * @param whitening the filter that makes the event of the response again
   */
  private OnlineNonNegativeLeastSquares(
      double[] response, double[] whitening, int window, int shift) {
    this.response = response;
    this.whitening = whitening;
    this.window = window;
    this.shift = shift;
  }

  /** With an autoregressive impulse response, in windows of five time constants or 200 samples. */
  public static OnlineNonNegativeLeastSquares of(TimeConstants timeConstants) {
    double decay = timeConstants.decay();
    int window =
        decay == 0 ? SHORTEST_WINDOW : (int) Math.max(SHORTEST_WINDOW, -5 / Math.log(decay));
    double[] g = timeConstants.coefficients();
    double[] whitening = new double[g.length + 1];
    whitening[0] = 1;
    for (int i = 0; i < g.length; i++) {
      whitening[i + 1] = -g[i];
    }
    return new OnlineNonNegativeLeastSquares(
        timeConstants.impulseResponse(Math.min(window, LONGEST_WINDOW)), whitening, window, SHIFT);
  }

  /**
   * With any impulse response.
   *
   * @param response at least one value, the first of them above 0
   */
  public static OnlineNonNegativeLeastSquares ofKernel(double... response) {
    if (response.length == 0 || !(response[0] > 0)) {
      throw new InvalidInputException(
          "An impulse response must begin with a number above 0, unlike "
              + Arrays.toString(Arrays.copyOf(response, Math.min(response.length, 3)))
              + ".");
    }
    FiniteTrace.check(response);
    int window = Math.max(SHORTEST_WINDOW, response.length);
    double[] padded = Arrays.copyOf(response, window);
    double[] whitening = new double[window];
    for (int t = 0; t < window; t++) {
      double sum = t == 0 ? 1 : 0;
      for (int k = 1; k <= t; k++) {
        sum -= padded[k] * whitening[t - k];
      }
      whitening[t] = sum / padded[0];
    }
    return new OnlineNonNegativeLeastSquares(padded, whitening, window, SHIFT);
  }

  /**
   * @param trace calcium with noise, its baseline taken off; finite
   * @param lambda penalty λ on the sum of the events
   */
  public Deconvolution deconvolve(double[] trace, double lambda) {
    boolean[] everywhere = new boolean[trace.length];
    Arrays.fill(everywhere, true);
    return deconvolve(trace, lambda, everywhere);
  }

  /**
   * @param trace calcium with noise, its baseline taken off; finite
   * @param lambda penalty λ on the sum of the events
   * @param candidates as many, true where an event may be
   */
  public Deconvolution deconvolve(double[] trace, double lambda, boolean[] candidates) {
    FiniteTrace.check(trace);
    if (candidates.length != trace.length) {
      throw new InvalidInputException(
          "There are "
              + candidates.length
              + " candidates for events in a trace of "
              + trace.length
              + " samples: there must be as many.");
    }
    if (Math.min(window, trace.length) > LONGEST_WINDOW) {
      throw new InvalidInputException(
          "Calcium that lasts for "
              + window
              + " samples cannot be deconvolved by least squares: at most "
              + LONGEST_WINDOW
              + " are accepted, so decimate the trace.");
    }
    double[] events = new double[trace.length];
    Windows windows = new Windows(penalized(trace, lambda), candidates, events);
    windows.solve();
    return new Deconvolution(convolved(events), events);
  }

  /** A penalty on events is the same as a lower trace: by λ times what the whitening sums up to. */
  private double[] penalized(double[] trace, double lambda) {
    double[] penalized = new double[trace.length];
    double weight = 0;
    for (int t = trace.length - 1; t >= 0; t--) {
      int tap = trace.length - 1 - t;
      weight += tap < whitening.length ? whitening[tap] : 0;
      penalized[t] = trace[t] - lambda * weight;
    }
    return penalized;
  }

  private double[] convolved(double[] events) {
    double[] calcium = new double[events.length];
    for (int t = 0; t < events.length; t++) {
      if (events[t] > TOLERANCE) {
        addResponse(calcium, t, Math.min(events.length, t + window), events[t]);
      }
    }
    return calcium;
  }

  private void addResponse(double[] target, int event, int end, double size) {
    for (int t = event; t < end; t++) {
      target[t] += size * response[t - event];
    }
  }

  /** One pass along a trace. */
  private final class Windows {
    private final double[] rest;
    private final boolean[] candidates;
    private final double[] events;
    private final int width;
    private final double[][] overlaps;
    private final NonNegativeLeastSquares leastSquares;

    private final int[] positions;
    private final double[][] gram;
    private final double[] target;
    private final double[] sizes;

    Windows(double[] rest, boolean[] candidates, double[] events) {
      this.rest = rest;
      this.candidates = candidates;
      this.events = events;
      this.width = Math.min(window, rest.length);
      this.overlaps = overlaps(width);
      this.leastSquares = new NonNegativeLeastSquares(width, TOLERANCE);
      this.positions = new int[width];
      this.gram = new double[width][width];
      this.target = new double[width];
      this.sizes = new double[width];
    }

    void solve() {
      int start = 0;
      for (; start + width < rest.length; start += shift) {
        solve(start, start + width);
        commit(start, start + shift, start + width);
      }
      solve(start, rest.length);
    }

    /** The events of a window, whose calcium ends with it. */
    private void solve(int start, int end) {
      int n = 0;
      for (int t = start; t < end; t++) {
        if (candidates[t]) {
          positions[n++] = t;
        } else {
          events[t] = 0;
        }
      }
      for (int i = 0; i < n; i++) {
        target[i] = 0;
        for (int t = positions[i]; t < end; t++) {
          target[i] += response[t - positions[i]] * rest[t];
        }
        sizes[i] = events[positions[i]];
        for (int j = 0; j <= i; j++) {
          gram[i][j] = overlaps[end - positions[i] - 1][positions[i] - positions[j]];
          gram[j][i] = gram[i][j];
        }
      }
      leastSquares.solve(gram, target, n, sizes);
      for (int i = 0; i < n; i++) {
        events[positions[i]] = sizes[i];
      }
    }

    /** Takes off the window what its first events explain. */
    private void commit(int from, int to, int end) {
      for (int t = from; t < to; t++) {
        if (events[t] != 0) {
          addResponse(rest, t, end, -events[t]);
        }
      }
    }

    /** Σ h(t) h(t + lag) over the first 1, 2, … samples, by [samples − 1][lag]. */
    private double[][] overlaps(int width) {
      double[][] sums = new double[width][];
      for (int last = 0; last < width; last++) {
        sums[last] = new double[width - last];
        for (int lag = 0; lag < width - last; lag++) {
          double product = response[last] * response[last + lag];
          sums[last][lag] = product + (last == 0 ? 0 : sums[last - 1][lag]);
        }
      }
      return sums;
    }
  }
}
