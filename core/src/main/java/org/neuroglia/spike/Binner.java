package org.neuroglia.spike;

import java.io.Serializable;
import org.neuroglia.AscendingTimes;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.tensor.Cells;

/**
 * Counts the spikes of a train in bins {@code [edge[j], edge[j + 1])}, the last one closed, as
 * {@code numpy.histogram}: {@link PeriEventSpikeSampler} at one event, at time 0.
 *
 * <p>Same numbers as neuroglia's {@code Binner}. Immutable and thread safe.
 */
public final class Binner implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double[] START = {0};

  private final PeriEventSpikeSampler sampler;

  /**
   * @param sampleTimes edges of the bins, in seconds: finite, not decreasing, at least one (one
   *     edge makes no bin)
   * @throws org.neuroglia.InvalidInputException if an edge is missing, not finite or smaller than
   *     the one before
   */
  public Binner(double[] sampleTimes) {
    this.sampler = new PeriEventSpikeSampler(sampleTimes);
  }

  /** The number of bins, one less than the edges. */
  public int bins() {
    return sampler.bins();
  }

  /** The edges, in seconds: a copy. */
  public double[] sampleTimes() {
    return sampler.sampleTimes();
  }

  /**
   * @param train spike times in seconds, in any order; NaN is in no bin
   * @return a count per bin
   */
  public double[] transform(double[] train) {
    double[] counts = new double[bins()];
    Cells cells = new Cells();
    sampler.sample(AscendingTimes.sorted(train), START, 0, 1, cells);
    for (int i = 0; i < cells.size(); i++) {
      counts[cells.get(i)]++;
    }
    return counts;
  }
}
