package org.neuroglia.calcium;

import java.util.BitSet;

/**
 * Few events that explain a trace of exponentially decaying calcium as well as its noise allows:
 * those of the solution with the least sum are taken one by one, the highest first, until the
 * residual is small enough.
 *
 * <p>Where an event is taken, one pool becomes two. With V(t) = y(t) + g V(t+1), the data of any
 * pool from a to b are V(a) − gᵇ⁻ᵃ V(b), so that each event costs the same, however long its pool.
 */
final class FewestEventsAR1 {
  private final double g;
  private final int samples;
  private final double[] backward;
  private final double[] powers;

  private FewestEventsAR1(double[] trace, double baseline, double g) {
    this.g = g;
    this.samples = trace.length;
    this.backward = new double[samples + 1];
    for (int t = samples - 1; t >= 0; t--) {
      backward[t] = trace[t] - baseline + g * backward[t + 1];
    }
    this.powers = TimeConstants.of(g).impulseResponse(samples + 1);
  }

  /**
   * @param candidates pools between which events may be
   * @param wantedResidual Σ (y(t) − b − c(t))² that is small enough
   */
  static Deconvolution choose(
      double[] trace, double baseline, double g, Pools candidates, double wantedResidual) {
    double residual = 0;
    for (double value : trace) {
      residual += (value - baseline) * (value - baseline);
    }
    FewestEventsAR1 pools = new FewestEventsAR1(trace, baseline, g);
    BitSet starts = new BitSet(trace.length);
    HighestFirst jumps = new HighestFirst(candidates.jumps());
    while (!jumps.isEmpty()) {
      int start = candidates.start(jumps.next() + 1);
      int before = starts.isEmpty() ? 0 : Math.max(starts.previousSetBit(start), 0);
      int next = starts.nextSetBit(start);
      int after = next < 0 ? trace.length : next;
      // Before the first event all is residual, even what one decay would explain.
      residual += starts.isEmpty() ? 0 : pools.explained(before, after);
      residual -= pools.explained(before, start) + pools.explained(start, after);
      starts.set(start);
      if (residual < wantedResidual) {
        break;
      }
    }
    return pools.deconvolution(starts);
  }

  private double value(int from, int to) {
    double length = powers[to - from];
    double weight = (1 - length * length) / (1 - g * g);
    return Math.max(backward[from] - length * backward[to], 0) / weight;
  }

  /** By how much one decay makes the residual of a pool smaller. */
  private double explained(int from, int to) {
    double length = powers[to - from];
    double data = Math.max(backward[from] - length * backward[to], 0);
    return data * data * (1 - g * g) / (1 - length * length);
  }

  private Deconvolution deconvolution(BitSet starts) {
    double[] denoised = new double[samples];
    double[] events = new double[samples];
    if (starts.isEmpty()) {
      return new Deconvolution(denoised, events);
    }
    double reached = 0;
    for (int from = 0; from < samples; ) {
      int next = starts.nextSetBit(from + 1);
      int to = next < 0 ? samples : next;
      double value = value(from, to);
      events[from] = from == 0 ? 0 : value - reached;
      for (int t = from; t < to; t++) {
        denoised[t] = value * powers[t - from];
      }
      reached = value * powers[to - from];
      from = to;
    }
    return new Deconvolution(denoised, events);
  }
}
