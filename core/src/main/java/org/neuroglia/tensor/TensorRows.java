package org.neuroglia.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The rows [bin × neuron] of the tensor at some events, merged from parts that were counted
 * elsewhere. The order of the parts does not matter.
 *
 * <p>A row is a run of positions {@code neuron * bins + bin} (column-major, as Spark's matrices
 * are), ascending, one for each counted spike.
 */
public final class TensorRows {
  private final double[] events;
  private final int bins;
  private final int[] starts;
  private final int[] positions;

  /**
   * @param events times of the events in seconds, ascending, each once
   * @param bins number of bins of the counts
   * @param parts what {@link SparseCounts.Writer} wrote at some of these events
   * @throws IllegalStateException if a part has an event that is not among {@code events}
   */
  public TensorRows(double[] events, int bins, List<byte[]> parts) {
    this.events = events;
    this.bins = bins;
    int[] spikes = new int[events.length + 1];
    forEach(parts, (event, bin, neuron) -> spikes[event]++);
    starts = new int[events.length + 1];
    for (int e = 0; e < events.length; e++) {
      starts[e + 1] = Math.addExact(starts[e], spikes[e]);
    }
    positions = new int[starts[events.length]];
    int[] next = starts.clone();
    forEach(parts, (event, bin, neuron) -> positions[next[event]++] = neuron * this.bins + bin);
    for (int e = 0; e < events.length; e++) {
      Arrays.sort(positions, starts[e], starts[e + 1]);
    }
  }

  private void forEach(List<byte[]> parts, SparseCounts.Visitor visitor) {
    for (byte[] part : parts) {
      SparseCounts.Reader reader = new SparseCounts.Reader(part);
      int[] index = new int[reader.events().length];
      for (int e = 0; e < index.length; e++) {
        index[e] = indexOf(reader.events()[e]);
        if (index[e] < 0) {
          throw changed();
        }
      }
      reader.forEach(bins, (event, bin, neuron) -> visitor.count(index[event], bin, neuron));
    }
  }

  /** The error of events that were different when they were read again. */
  public static IllegalStateException changed() {
    return new IllegalStateException(
        "the events were others when they were read again, so that spikes were counted at events"
            + " that are not there: make the events deterministic, or save them first");
  }

  /** The row of an event time, or a negative number if there is none. */
  public int indexOf(double time) {
    return Arrays.binarySearch(events, time + 0.0);
  }

  /** Number of spikes that were counted in a row. */
  public int spikes(int row) {
    return starts[row + 1] - starts[row];
  }

  /** The ascending position {@code neuron * bins + bin} of a counted spike of a row. */
  public int position(int row, int spike) {
    return positions[starts[row] + spike];
  }
}
