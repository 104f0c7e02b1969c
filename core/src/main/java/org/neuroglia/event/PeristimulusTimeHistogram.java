package org.neuroglia.event;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.tensor.Cells;

/**
 * The peristimulus time histogram (PSTH): the mean firing rate in bins around events, and its
 * standard error over the events.
 *
 * <p>Bins are those of {@link PeriEventSpikeSampler}. Only whole numbers are summed, so that the
 * result does not depend on the order of events, nor on how histograms of parts were merged. Not
 * thread safe.
 */
public final class PeristimulusTimeHistogram {
  private final PeriEventSpikeSampler sampler;
  private final double[] edges;
  private final Cells cells = new Cells();
  private final int[] counts;
  private final long[] sums;
  private final long[] squares;
  private long events;

  /** Of no events yet. */
  public PeristimulusTimeHistogram(PeriEventSpikeSampler sampler) {
    this(sampler, 0, new long[sampler.bins()], new long[sampler.bins()]);
  }

  /**
   * Of events that were counted before.
   *
   * @param sums spikes in each bin, over the events
   * @param squares their squares, summed
   */
  public PeristimulusTimeHistogram(
      PeriEventSpikeSampler sampler, long events, long[] sums, long[] squares) {
    this.sampler = sampler;
    this.edges = sampler.sampleTimes();
    this.events = events;
    this.sums = sums.clone();
    this.squares = squares.clone();
    this.counts = new int[sampler.bins()];
  }

  /** The bins. */
  public PeriEventSpikeSampler sampler() {
    return sampler;
  }

  /** The number of events. */
  public long events() {
    return events;
  }

  /** The spikes in each bin over all events: a copy. */
  public long[] sums() {
    return sums.clone();
  }

  /** The sum of the squares of each event's count, by bin: a copy. */
  public long[] squares() {
    return squares.clone();
  }

  /**
   * Adds an event.
   *
   * @param train spike times in seconds, ascending; NaN, if any, last
   * @param time of the event in seconds, not NaN
   */
  public void add(double[] train, double time) {
    cells.clear();
    sampler.sample(train, new double[] {time}, 0, 1, cells);
    Arrays.fill(counts, 0);
    for (int i = 0; i < cells.size(); i++) {
      counts[cells.get(i)]++;
    }
    for (int j = 0; j < counts.length; j++) {
      sums[j] += counts[j];
      squares[j] += (long) counts[j] * counts[j];
    }
    events++;
  }

  /** Adds the events of another histogram with the same bins. */
  public void add(PeristimulusTimeHistogram other) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += other.sums[j];
      squares[j] += other.squares[j];
    }
    events += other.events;
  }

  /** The mean rate in a bin, in spikes per second; NaN without events, or in a bin of no width. */
  public double rate(int bin) {
    return width(bin) > 0 ? sums[bin] / (events * width(bin)) : Double.NaN;
  }

  /**
   * The standard error of {@link #rate}: the standard deviation over the events (divided by n − 1)
   * over √n; NaN for fewer than two events, or in a bin of no width.
   */
  public double standardError(int bin) {
    if (events < 2 || !(width(bin) > 0)) {
      return Double.NaN;
    }
    BigInteger n = BigInteger.valueOf(events);
    BigInteger sum = BigInteger.valueOf(sums[bin]);
    // n² times the variance divided by n: a whole number, so that nothing cancels.
    double scatter =
        n.multiply(BigInteger.valueOf(squares[bin])).subtract(sum.multiply(sum)).doubleValue();
    return Math.sqrt(scatter / (events - 1.0)) / (events * width(bin));
  }

  /** {@link #rate} of every bin. */
  public double[] rates() {
    return IntStream.range(0, sums.length).mapToDouble(this::rate).toArray();
  }

  /** {@link #standardError} of every bin. */
  public double[] standardErrors() {
    return IntStream.range(0, sums.length).mapToDouble(this::standardError).toArray();
  }

  private double width(int bin) {
    return edges[bin + 1] - edges[bin];
  }
}
