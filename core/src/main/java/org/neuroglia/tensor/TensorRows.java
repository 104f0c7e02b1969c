package org.neuroglia.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The rows [bin × neuron] of the tensor at a block of events, merged from parts that were counted
 * elsewhere. The order of the parts does not matter.
 *
 * <p>A row is a run of positions {@code neuron * bins + bin} (column-major, as Spark's matrices
 * are), ascending, one for each counted spike.
 */
public final class TensorRows {
  private final int[] starts;
  private final int[] positions;

  /**
   * @param events times of all events in seconds
   * @param from first event of the block
   * @param to one past the last; rows count events from {@code from}
   * @param bins number of bins of the counts
   * @param parts what {@link SparseCounts.Writer#addCells} wrote at this block
   * @throws IllegalStateException if a part was counted at other events
   */
  public TensorRows(double[] events, int from, int to, int bins, List<byte[]> parts) {
    Pieces pieces = new Pieces();
    for (byte[] part : parts) {
      pieces.read(new SparseCounts.Reader(part, events, from, to));
    }
    int rows = to - from;
    starts = new int[rows + 1];
    for (int piece = 0; piece < pieces.count(); piece++) {
      int event = 0;
      int afterEvent = bins;
      for (int i = pieces.start(piece); i < pieces.start(piece + 1); i++) {
        while (pieces.cells[i] >= afterEvent) {
          event++;
          afterEvent += bins;
        }
        starts[event + 1]++;
      }
    }
    for (int e = 0; e < rows; e++) {
      starts[e + 1] = Math.addExact(starts[e], starts[e + 1]);
    }
    positions = new int[starts[rows]];
    boolean again = pieces.place(bins, starts, positions);
    for (int e = 0; e < rows && again; e++) {
      Arrays.sort(positions, starts[e], starts[e + 1]);
    }
  }

  /**
   * How many spikes each neuron has in the window of each event.
   *
   * @param parts what {@link SparseCounts.Writer#addCounts} wrote at this block
   * @return [event × neuron]
   * @throws IllegalStateException if a part was counted at other events
   */
  public static double[] sums(double[] events, int from, int to, int neurons, List<byte[]> parts) {
    double[] sums = new double[Math.multiplyExact(to - from, neurons)];
    for (byte[] part : parts) {
      SparseCounts.Reader numbers = new SparseCounts.Reader(part, events, from, to);
      while (numbers.hasNext()) {
        int neuron = numbers.next();
        int pairs = numbers.next() / 2;
        int event = 0;
        for (int i = 0; i < pairs; i++) {
          event += numbers.next();
          sums[event * neurons + neuron] += numbers.next();
        }
      }
    }
    return sums;
  }

  /** The error of events that were different when they were read again. */
  public static IllegalStateException changed() {
    return new IllegalStateException(
        "the events were others when they were read again, so that spikes were counted at events"
            + " that are not there: make the events deterministic, or save them first");
  }

  /** Number of spikes that were counted in a row. */
  public int spikes(int row) {
    return starts[row + 1] - starts[row];
  }

  /** The ascending position {@code neuron * bins + bin} of a counted spike of a row. */
  public int position(int row, int spike) {
    return positions[starts[row] + spike];
  }

  /** The cells of all parts, train by train. */
  private static final class Pieces {
    private int[] cells = new int[1024];
    private int size;
    private int[] neurons = new int[64];
    private int[] ends = new int[64];
    private int count;

    void read(SparseCounts.Reader numbers) {
      while (numbers.hasNext()) {
        int neuron = numbers.next();
        int spikes = numbers.next();
        if (cells.length - size < spikes) {
          cells = Arrays.copyOf(cells, Math.max(Math.addExact(size, spikes), 2 * size));
        }
        int cell = 0;
        for (int i = 0; i < spikes; i++) {
          cell += numbers.next();
          cells[size++] = cell;
        }
        end(neuron);
      }
    }

    private void end(int neuron) {
      if (count == neurons.length) {
        neurons = Arrays.copyOf(neurons, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      neurons[count] = neuron;
      ends[count++] = size;
    }

    int count() {
      return count;
    }

    int start(int piece) {
      return piece == 0 ? 0 : ends[piece - 1];
    }

    /**
     * Puts the cells into rows, neuron after neuron, so that they come out ascending unless a
     * neuron came in several pieces.
     *
     * @return whether one did
     */
    boolean place(int bins, int[] starts, int[] positions) {
      long[] order = new long[count]; // neuron, then piece
      for (int piece = 0; piece < count; piece++) {
        order[piece] = (long) neurons[piece] << Integer.SIZE | piece;
      }
      Arrays.sort(order);
      int[] next = starts.clone();
      boolean again = false;
      int before = -1;
      for (long each : order) {
        int piece = (int) each;
        int neuron = (int) (each >>> Integer.SIZE);
        again |= neuron == before;
        before = neuron;
        int event = 0;
        int ofEvent = 0;
        for (int i = start(piece); i < ends[piece]; i++) {
          while (cells[i] >= ofEvent + bins) {
            event++;
            ofEvent += bins;
          }
          positions[next[event]++] = neuron * bins + cells[i] - ofEvent;
        }
      }
      return again;
    }
  }
}
