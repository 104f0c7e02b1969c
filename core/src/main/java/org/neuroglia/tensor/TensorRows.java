package org.neuroglia.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The rows [bin × neuron] of the tensor at a block of events, merged from parts that were counted
 * elsewhere, or from trains that were counted here. Their order does not matter. Reused from block
 * to block; not thread safe.
 *
 * <p>A row is sparse, in the order of neurons and then bins, as compressed columns are: cells
 * {@link #first} to {@link #last} have their bin in {@link #bins} and their count in {@link
 * #counts}, and {@link #columnStarts} tells which are whose.
 */
public final class TensorRows {
  private final int bins;
  private final int neurons;
  private final int binBits;

  private int rows;
  private int[] starts = {};
  private int[] next = {};
  private int[] table = {};
  private int[] binOf = {};
  private double[] counts = {};
  private final Pieces pieces = new Pieces();

  /**
   * @param bins number of bins of the counts
   * @param neurons length of the neuron axis
   */
  public TensorRows(int bins, int neurons) {
    this.bins = bins;
    this.neurons = neurons;
    this.binBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, bins - 1));
  }

  /**
   * Takes a block in place of the one before.
   *
   * @param events times of all events in seconds
   * @param from first event of the block
   * @param to one past the last; rows count events from {@code from}
   * @param parts what {@link SparseCounts.Writer#addCells} wrote at this block
   * @throws IllegalStateException if a part was counted at other events
   */
  public void read(double[] events, int from, int to, List<byte[]> parts) {
    begin(to - from);
    for (byte[] part : parts) {
      pieces.read(new SparseCounts.Reader(part, events, from, to), bins, binBits, starts);
    }
    end();
  }

  /**
   * Begins a block in place of the one before, for counts that were not written: {@link #add} each
   * train, then {@link #end}.
   *
   * @param events of the block
   */
  public void begin(int events) {
    rows = events;
    Math.multiplyExact(rows, 1 << binBits); // an event and its bin share an int
    starts = new int[rows + 1];
    pieces.clear();
  }

  /**
   * Adds the counted spikes of one train, which may come in several pieces.
   *
   * @param neuron index on the neuron axis
   * @param cells ascending cells {@code event * bins + bin}, events counted in the block
   */
  public void add(int neuron, Cells cells) {
    pieces.add(neuron, cells, bins, binBits, starts);
  }

  /** Makes the rows of what was added. */
  public void end() {
    for (int e = 0; e < rows; e++) {
      starts[e + 1] = Math.addExact(starts[e], starts[e + 1]);
    }
    if (binOf.length < starts[rows]) {
      binOf = new int[starts[rows]];
      counts = new double[starts[rows]];
    }
    int cells = Math.multiplyExact(neurons + 1, rows);
    if (table.length < cells) {
      table = new int[cells];
    }
    next = Arrays.copyOf(starts, rows);
    place(pieces.byNeuron());
  }

  /** Puts the cells into rows, neuron after neuron, and notes where each neuron's begin. */
  private void place(long[] byNeuron) {
    int i = 0;
    for (int neuron = 0; neuron < neurons; neuron++) {
      System.arraycopy(next, 0, table, neuron * rows, rows);
      int begin = i;
      while (i < byNeuron.length && (int) (byNeuron[i] >>> Integer.SIZE) == neuron) {
        i++;
      }
      if (i == begin + 1) {
        int piece = (int) byNeuron[begin];
        place(pieces.spikes, pieces.start(piece), pieces.start(piece + 1));
      } else if (i > begin + 1) {
        placeSorted(byNeuron, begin, i);
      }
    }
    System.arraycopy(next, 0, table, neurons * rows, rows);
  }

  /** Without a branch on whether a spike is the first in its bin, which nobody could foresee. */
  private void place(int[] ofNeuron, int from, int to) {
    int mask = (1 << binBits) - 1;
    int before = -1;
    int cell = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      int spike = ofNeuron[i];
      int e = spike >>> binBits;
      boolean again = spike == before;
      before = spike;
      cell = again ? cell : next[e];
      count = again ? count + 1 : 1;
      binOf[cell] = spike & mask;
      counts[cell] = count;
      next[e] = cell + 1;
    }
  }

  /** The pieces of a neuron that came in several, as one. */
  private void placeSorted(long[] byNeuron, int begin, int end) {
    int number = 0;
    for (int i = begin; i < end; i++) {
      int piece = (int) byNeuron[i];
      number += pieces.start(piece + 1) - pieces.start(piece);
    }
    int[] spikes = new int[number];
    int n = 0;
    for (int i = begin; i < end; i++) {
      int from = pieces.start((int) byNeuron[i]);
      int of = pieces.start((int) byNeuron[i] + 1) - from;
      System.arraycopy(pieces.spikes, from, spikes, n, of);
      n += of;
    }
    Arrays.sort(spikes);
    place(spikes, 0, number);
  }

  /** The first cell of a row. */
  public int first(int row) {
    return starts[row];
  }

  /** One past the last cell of a row. */
  public int last(int row) {
    return next[row];
  }

  /** The bin of each cell. */
  public int[] bins() {
    return binOf;
  }

  /** The spikes counted in each cell, at least 1. */
  public double[] counts() {
    return counts;
  }

  /**
   * Where the cells of each neuron begin in a row, counted from its first.
   *
   * @param columnStarts of neurons + 1, the last of which becomes the number of cells
   */
  public void columnStarts(int row, int[] columnStarts) {
    for (int k = 0, i = row; k <= neurons; k++, i += rows) {
      columnStarts[k] = table[i] - starts[row];
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

  /** The spikes of all parts, train by train: each an event, and in the low bits its bin. */
  private static final class Pieces {
    private int[] spikes = new int[1024];
    private int size;
    private int[] neurons = new int[64];
    private int[] ends = new int[64];
    private int count;

    void clear() {
      size = 0;
      count = 0;
    }

    /**
     * @param ofEvents spikes of each event, at its index + 1, are added up
     */
    void read(SparseCounts.Reader numbers, int bins, int binBits, int[] ofEvents) {
      while (numbers.hasNext()) {
        int neuron = numbers.next();
        int end = reserve(numbers.next());
        double eventsPerCell = 1.0 / bins;
        int event = 0;
        for (int i = size; i < end; i++) {
          int number = numbers.next();
          int after = SparseCounts.quotient(number, eventsPerCell);
          event += after;
          spikes[i] = event << binBits | number - after * bins;
          ofEvents[event + 1]++;
        }
        endPiece(neuron, end);
      }
    }

    /** The same of the cells of a train. */
    void add(int neuron, Cells cells, int bins, int binBits, int[] ofEvents) {
      int end = reserve(cells.size());
      int[] from = cells.array();
      int[] to = spikes;
      double eventsPerCell = 1.0 / bins;
      for (int i = size, c = 0; i < end; i++, c++) {
        int event = SparseCounts.quotient(from[c], eventsPerCell);
        to[i] = event << binBits | from[c] - event * bins;
        ofEvents[event + 1]++;
      }
      endPiece(neuron, end);
    }

    /** Makes room, and returns where what is added will end. */
    private int reserve(int more) {
      int end = Math.addExact(size, more);
      if (spikes.length < end) {
        spikes =
            Arrays.copyOf(spikes, Math.max(end, (int) Math.min(Integer.MAX_VALUE - 8, 2L * size)));
      }
      return end;
    }

    private void endPiece(int neuron, int end) {
      size = end;
      if (count == neurons.length) {
        neurons = Arrays.copyOf(neurons, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      neurons[count] = neuron;
      ends[count++] = size;
    }

    int start(int piece) {
      return piece == 0 ? 0 : ends[piece - 1];
    }

    /** Neuron and piece, in the order of neurons. */
    long[] byNeuron() {
      long[] order = new long[count];
      for (int piece = 0; piece < count; piece++) {
        order[piece] = (long) neurons[piece] << Integer.SIZE | piece;
      }
      Arrays.sort(order);
      return order;
    }
  }
}
