package org.neuroglia.calcium;

import java.util.Arrays;

/**
 * Few events that explain a trace of rising and decaying calcium as well as its noise allows: of a
 * solution with the least sum, those above the highest threshold for which the residual is small
 * enough, found by bisection; their sizes are fitted anew.
 */
final class FewestEventsAR2 {
  /** Events of this size or less are none. */
  private static final double LEAST_EVENT = 1e-6;

  private final double[] trace;
  private final double baseline;
  private final TimeConstants timeConstants;
  private final double[] response;

  /** Σ h(k)² and Σ h(k) h(k−1) over the first samples. */
  private final double[] squares;

  private final double[] products;

  FewestEventsAR2(double[] trace, double baseline, TimeConstants timeConstants) {
    int n = trace.length;
    this.trace = trace;
    this.baseline = baseline;
    this.timeConstants = timeConstants;
    this.response = timeConstants.impulseResponse(n);
    this.squares = new double[n];
    this.products = new double[n];
    for (int t = 0; t < n; t++) {
      squares[t] = response[t] * response[t] + (t == 0 ? 0 : squares[t - 1]);
      products[t] = t == 0 ? 0 : response[t] * response[t - 1] + products[t - 1];
    }
  }

  /** The first solution if its events cannot be made fewer. */
  Deconvolution choose(Deconvolution first, double wantedResidual) {
    double[] sizes = Arrays.stream(first.events()).filter(s -> s > LEAST_EVENT).sorted().toArray();
    double[] fewest = first.denoised();
    double[] events = first.events();
    int enough = 0;
    int tooFew = sizes.length - 1;
    int middle = sizes.length / 2;
    while (tooFew - enough > 1) {
      double[] kept = above(first.events(), sizes[middle]);
      double[] calcium = calcium(kept);
      if (residual(calcium) < wantedResidual) {
        enough = middle;
        fewest = calcium;
        events = kept;
      } else {
        tooFew = middle;
      }
      middle = (enough + tooFew) / 2;
    }
    return enough == 0 ? first : new Deconvolution(fewest, events(fewest, events));
  }

  private static double[] above(double[] events, double threshold) {
    return Arrays.stream(events).map(s -> s > threshold ? s : 0).toArray();
  }

  private double residual(double[] calcium) {
    double sum = 0;
    for (int t = 0; t < trace.length; t++) {
      double rest = trace[t] - baseline - calcium[t];
      sum += rest * rest;
    }
    return sum;
  }

  /** Calcium that changes its course at the events only, in each pool by least squares. */
  private double[] calcium(double[] events) {
    double[] calcium = new double[trace.length];
    int first = nextEvent(events, 0);
    addDecay(calcium, first);
    for (int from = first; from < events.length; ) {
      int to = nextEvent(events, from + 1);
      continueFrom(calcium, from, to);
      from = to;
    }
    return calcium;
  }

  private static int nextEvent(double[] events, int from) {
    int t = from;
    while (t < events.length && events[t] == 0) {
      t++;
    }
    return t;
  }

  /** Before the first event, calcium only decays. */
  private void addDecay(double[] calcium, int end) {
    double decay = timeConstants.decay();
    double factor = 1;
    double weight = 0;
    double data = 0;
    for (int t = 0; t < end && factor > TimeConstants.NEGLIGIBLE; t++) {
      data += factor * (trace[t] - baseline);
      weight += factor * factor;
      calcium[t] = factor;
      factor *= decay;
    }
    double value = weight == 0 ? 0 : Math.max(data, 0) / weight;
    for (int t = 0; t < end; t++) {
      calcium[t] *= value;
    }
  }

  /** c(from + k) = h(k) c(from) + g₂ h(k−1) c(from − 1), with the best c(from). */
  private void continueFrom(double[] calcium, int from, int to) {
    double before = from == 0 ? 0 : timeConstants.coefficients()[1] * calcium[from - 1];
    double data = 0;
    for (int t = from; t < to; t++) {
      data += response[t - from] * (trace[t] - baseline);
    }
    int last = to - from - 1;
    double value = (data - products[last] * before) / squares[last];
    for (int t = from; t < to; t++) {
      double older = t == from ? 0 : response[t - from - 1] * before;
      calcium[t] = response[t - from] * value + older;
    }
  }

  /** s(t) = c(t) − g₁ c(t−1) − g₂ c(t−2), which is 0 but for rounding where no pool begins. */
  private double[] events(double[] calcium, double[] starts) {
    double[] g = timeConstants.coefficients();
    double[] events = new double[calcium.length];
    for (int t = 2; t < events.length; t++) {
      if (starts[t] != 0) {
        events[t] = calcium[t] - g[0] * calcium[t - 1] - g[1] * calcium[t - 2];
      }
    }
    return events;
  }
}
