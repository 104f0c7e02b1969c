package org.neuroglia.event;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.AscendingTimes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.tensor.Cells;

/**
 * Spike counts of one train in several windows around events, written compactly: what is sent from
 * where trains lie to where their session is decoded. A window may have bins; windows may overlap.
 *
 * <p>Counts are those of {@link PeriEventSpikeSampler}. Immutable and thread safe.
 *
 * <p>Layout: for each window the number of bytes that follow, in four bytes; then for each cell
 * that is not 0, {@code event * bins + bin}, how far it is from the one before and its count. These
 * numbers are unsigned LEB128, so that an event with a few spikes takes two bytes.
 */
public final class WindowCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PeriEventSpikeSampler[] windows;

  /**
   * @param edges for each window the edges of its bins relative to the event, in seconds; the last
   *     bin is closed
   */
  public WindowCounts(List<double[]> edges) {
    windows = edges.stream().map(PeriEventSpikeSampler::new).toArray(PeriEventSpikeSampler[]::new);
    for (PeriEventSpikeSampler window : windows) {
      if (window.bins() == 0) {
        throw new InvalidInputException("a window has one edge; a bin needs two");
      }
    }
  }

  /** The number of windows. */
  public int size() {
    return windows.length;
  }

  /** The number of bins of a window. */
  public int bins(int window) {
    return windows[window].bins();
  }

  /**
   * Counts.
   *
   * @param train spike times in seconds, in any order
   * @param events times in seconds, ascending, none NaN
   */
  public byte[] count(double[] train, double[] events) {
    double[] ascending = AscendingTimes.sorted(train);
    int spikes = AscendingTimes.firstAtOrAfter(ascending, 0, Double.POSITIVE_INFINITY);
    Bytes bytes = new Bytes();
    Cells cells = new Cells();
    for (PeriEventSpikeSampler window : windows) {
      cells.clear();
      int start = bytes.begin();
      if (window.bins() == 1) {
        window.count(ascending, 0, spikes, events, 0, events.length, cells);
        writePairs(cells, bytes);
      } else {
        window.sample(ascending, 0, spikes, events, 0, events.length, cells);
        writeRuns(cells, bytes);
      }
      bytes.end(start);
    }
    return bytes.toArray();
  }

  private static void writePairs(Cells pairs, Bytes bytes) {
    int before = 0;
    for (int i = 0; i < pairs.size(); i += 2) {
      bytes.number(pairs.get(i) - before);
      bytes.number(pairs.get(i + 1));
      before = pairs.get(i);
    }
  }

  /** A cell is there once for each of its spikes. */
  private static void writeRuns(Cells cells, Bytes bytes) {
    int before = 0;
    for (int i = 0; i < cells.size(); ) {
      int cell = cells.get(i);
      int from = i;
      while (i < cells.size() && cells.get(i) == cell) {
        i++;
      }
      bytes.number(cell - before);
      bytes.number(i - from);
      before = cell;
    }
  }

  /**
   * Adds the counts of a train in one window to a table.
   *
   * @param counts what {@link #count} gave, with these windows
   * @param table cell {@code c} of the window is at {@code offset + c * stride}
   */
  public void addTo(byte[] counts, int window, double[] table, int offset, int stride) {
    Numbers numbers = new Numbers(counts);
    for (int w = 0; w < window; w++) {
      int length = numbers.length();
      numbers.position += length;
    }
    int length = numbers.length();
    int end = numbers.position + length;
    int cell = 0;
    while (numbers.position < end) {
      cell += numbers.next();
      table[offset + cell * stride] += numbers.next();
    }
  }

  private static final class Bytes {
    private byte[] bytes = new byte[256];
    private int size;

    /** Leaves room for the length of what is written next. */
    int begin() {
      if (bytes.length - size < 4) {
        grow();
      }
      size += 4;
      return size;
    }

    void end(int start) {
      for (int i = 0; i < 4; i++) {
        bytes[start - 4 + i] = (byte) ((size - start) >>> (8 * i));
      }
    }

    private void grow() {
      bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, bytes.length));
    }

    void number(int value) {
      if (bytes.length - size < 5) {
        grow();
      }
      int rest = value;
      while ((rest & ~0x7F) != 0) {
        bytes[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }

    byte[] toArray() {
      return Arrays.copyOf(bytes, size);
    }
  }

  private static final class Numbers {
    private final byte[] bytes;
    private int position;

    Numbers(byte[] bytes) {
      this.bytes = bytes;
    }

    int length() {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        value |= (bytes[position++] & 0xFF) << (8 * i);
      }
      return value;
    }

    int next() {
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
