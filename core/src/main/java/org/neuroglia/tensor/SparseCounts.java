package org.neuroglia.tensor;

import java.util.Arrays;

/**
 * Spike counts of some neurons at some events, written compactly: what the tasks of a distributed
 * sampling send to each other. A counted spike takes about one byte.
 *
 * <p>Layout: the number of events, their times, then for each train its neuron, the number of its
 * counted spikes and their cells as differences. Numbers are unsigned LEB128, times are the eight
 * bytes of a double.
 */
public final class SparseCounts {
  private SparseCounts() {}

  /** Writes the counts of one stretch of events, train by train. Not thread safe. */
  public static final class Writer {
    private byte[] bytes;
    private int size;
    private final int header;

    /**
     * @param events ascending times in seconds
     * @param from first event of the stretch
     * @param to one past the last
     */
    public Writer(double[] events, int from, int to) {
      bytes = new byte[Math.addExact(Math.multiplyExact(to - from, Double.BYTES), 64)];
      number(to - from);
      for (int e = from; e < to; e++) {
        long bits = Double.doubleToRawLongBits(events[e]);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
          bytes[size++] = (byte) (bits >>> shift);
        }
      }
      header = size;
    }

    /**
     * Adds the counted spikes of one train.
     *
     * @param neuron index on the neuron axis
     * @param cells ascending cells {@code (event - from) * bins + bin}
     */
    public void add(int neuron, Cells cells) {
      if (cells.size() == 0) {
        return;
      }
      reserve(10 + 5L * cells.size());
      number(neuron);
      number(cells.size());
      int before = 0;
      for (int i = 0; i < cells.size(); i++) {
        int cell = cells.get(i);
        number(cell - before);
        before = cell;
      }
    }

    /** Whether no spike was counted. */
    public boolean isEmpty() {
      return size == header;
    }

    /** The size of what was written so far. */
    public int size() {
      return size;
    }

    public byte[] toBytes() {
      return Arrays.copyOf(bytes, size);
    }

    private void reserve(long more) {
      long needed = size + more;
      if (needed > bytes.length) {
        if (needed > Integer.MAX_VALUE - 8) {
          throw new ArithmeticException(
              "more than 2 GiB of spike counts in one stretch of time of one session");
        }
        bytes =
            Arrays.copyOf(
                bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * size)));
      }
    }

    private void number(int value) {
      int rest = value;
      while ((rest & ~0x7F) != 0) {
        bytes[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }
  }

  /** Called for each counted spike. */
  interface Visitor {
    void count(int event, int bin, int neuron);
  }

  /** Reads what {@link Writer} wrote. */
  static final class Reader {
    private final byte[] bytes;
    private int position;
    private final double[] events;

    Reader(byte[] bytes) {
      this.bytes = bytes;
      events = new double[number()];
      for (int e = 0; e < events.length; e++) {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
          bits |= (bytes[position++] & 0xFFL) << shift;
        }
        events[e] = Double.longBitsToDouble(bits);
      }
    }

    /** Times of the events that the visitor's event numbers mean. */
    double[] events() {
      return events;
    }

    void forEach(int bins, Visitor visitor) {
      while (position < bytes.length) {
        int neuron = number();
        int spikes = number();
        int cell = 0;
        for (int i = 0; i < spikes; i++) {
          cell += number();
          visitor.count(cell / bins, cell % bins, neuron);
        }
      }
    }

    private int number() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[position++];
        value |= (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
