package org.neuroglia.tensor;

import java.util.Arrays;

/**
 * Spike counts of some neurons at a block of events, written compactly: what the tasks of a
 * distributed sampling send to each other. A counted spike takes about one byte.
 *
 * <p>Layout: a fingerprint of the events, so that counts at other events are noticed; then for each
 * train its neuron, the number of numbers that follow, and the numbers. These are either its cells,
 * each as {@code bins} times the events since the cell before plus its bin, or pairs of the events
 * since the pair before and a count. Numbers are unsigned LEB128.
 */
public final class SparseCounts {
  private SparseCounts() {}

  /** Writes the counts of one block of events, train by train. Not thread safe. */
  public static final class Writer {
    private byte[] bytes = new byte[64];
    private int size;

    /**
     * @param events times in seconds
     * @param from first event of the block
     * @param to one past the last
     */
    public Writer(double[] events, int from, int to) {
      long fingerprint = fingerprint(events, from, to);
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        bytes[size++] = (byte) (fingerprint >>> shift);
      }
    }

    /**
     * Adds the counted spikes of one train.
     *
     * @param neuron index on the neuron axis
     * @param cells ascending cells {@code event * bins + bin}, events counted in the block
     */
    public void addCells(int neuron, Cells cells, int bins) {
      addCells(neuron, cells.array(), 0, cells.size(), bins);
    }

    /** The same of the cells at {@code from} to {@code to} of an array. */
    public void addCells(int neuron, int[] cells, int from, int to, int bins) {
      begin(neuron, to - from);
      double eventsPerCell = 1.0 / bins;
      int ofEvent = 0;
      for (int i = from; i < to; i++) {
        number(cells[i] - ofEvent);
        ofEvent = quotient(cells[i], eventsPerCell) * bins; // waits for no cell before
      }
    }

    /**
     * Adds the counts of one train in the windows of events.
     *
     * @param pairs of an event of the block, ascending, and its count
     */
    public void addCounts(int neuron, Cells pairs) {
      begin(neuron, pairs.size());
      int before = 0;
      for (int i = 0; i < pairs.size(); i += 2) {
        number(pairs.get(i) - before);
        before = pairs.get(i);
        number(pairs.get(i + 1));
      }
    }

    /** The size of what was written so far. */
    public int size() {
      return size;
    }

    public byte[] toBytes() {
      return Arrays.copyOf(bytes, size);
    }

    private void begin(int neuron, int numbers) {
      reserve(10 + 5L * numbers);
      number(neuron);
      number(numbers);
    }

    private void reserve(long more) {
      long needed = size + more;
      if (needed > bytes.length) {
        if (needed > Integer.MAX_VALUE - 8) {
          throw new ArithmeticException("more than 2 GiB of spike counts in one block of events");
        }
        bytes =
            Arrays.copyOf(
                bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * size)));
      }
    }

    private void number(int value) {
      if (value < 0x80) {
        bytes[size++] = (byte) value;
        return;
      }
      int rest = value;
      while ((rest & ~0x7F) != 0) {
        bytes[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }
  }

  /**
   * The integer {@code number / divisor} by a product, which takes a fraction of the time. The half
   * is far more than what rounding could change, and less than what the quotient could feel.
   */
  static int quotient(int number, double inverseOfDivisor) {
    return (int) ((number + 0.5) * inverseOfDivisor);
  }

  private static long fingerprint(double[] events, int from, int to) {
    long hash = to - from;
    for (int e = from; e < to; e++) {
      hash = (hash ^ Double.doubleToRawLongBits(events[e])) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /** Reads what {@link Writer} wrote. */
  static final class Reader {
    private final byte[] bytes;
    private int position;

    /**
     * @throws IllegalStateException if the counts are of other events
     */
    Reader(byte[] bytes, double[] events, int from, int to) {
      this.bytes = bytes;
      long fingerprint = 0;
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        fingerprint |= (bytes[position++] & 0xFFL) << shift;
      }
      if (fingerprint != fingerprint(events, from, to)) {
        throw TensorRows.changed();
      }
    }

    boolean hasNext() {
      return position < bytes.length;
    }

    int next() {
      int value = bytes[position++];
      if (value >= 0) {
        return value;
      }
      value &= 0x7F;
      for (int shift = 7; ; shift += 7) {
        byte next = bytes[position++];
        value |= (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
