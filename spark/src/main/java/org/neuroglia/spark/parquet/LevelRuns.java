package org.neuroglia.spark.parquet;

import java.nio.ByteBuffer;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Repetition or definition levels of a page, run by run: a train of thousands of spikes is a run of
 * so many equal levels, which parquet-mr and Spark take one after the other.
 *
 * <p>Levels are stored in the hybrid of runs and packed bits that the Parquet format describes
 * under "Run Length Encoding / Bit-Packing Hybrid".
 */
final class LevelRuns {
  private final int width;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int value;
  private int left;

  /** Levels that were packed in bits, from which runs are yet to be made. */
  private byte[] unpacked = {};

  private int next;
  private int end;

  /**
   * @param highest the highest level, in [1, 127]
   */
  LevelRuns(int highest) {
    width = Integer.SIZE - Integer.numberOfLeadingZeros(highest);
  }

  /** Goes on with the levels of a page. */
  void read(ByteBuffer ofPage) {
    bytes = ofPage;
    left = 0;
    next = 0;
    end = 0;
  }

  /** The next level. */
  int value() {
    fill();
    return value;
  }

  /** How many levels from the next on are the same: at least 1, and perhaps more follow. */
  int left() {
    fill();
    return left;
  }

  /**
   * Passes levels.
   *
   * @param number at most {@link #left}
   */
  void skip(int number) {
    left -= number;
  }

  private void fill() {
    while (left == 0) {
      if (next < end) {
        value = unpacked[next];
        int from = next;
        while (next < end && unpacked[next] == value) {
          next++;
        }
        left = next - from;
      } else {
        readRun();
      }
    }
  }

  private void readRun() {
    int header = number();
    if ((header & 1) == 0) {
      left = header >>> 1;
      value = oneByte();
    } else {
      unpack(header >>> 1);
    }
  }

  /** Groups of eight levels, the first in the lowest bits; the last bytes may be missing. */
  private void unpack(int groups) {
    int there = Math.min(groups, (bytes.remaining() + width - 1) / width);
    if (there < 1) {
      throw ended();
    }
    next = 0;
    end = 8 * there;
    if (unpacked.length < end) {
      unpacked = new byte[end];
    }
    for (int group = 0; group < there; group++) {
      long bits = 0;
      for (int i = 0; i < width && bytes.hasRemaining(); i++) {
        bits |= (bytes.get() & 0xFFL) << (Byte.SIZE * i);
      }
      for (int i = 0; i < 8; i++) {
        unpacked[8 * group + i] = (byte) (bits >>> (width * i) & ((1 << width) - 1));
      }
    }
  }

  /** An unsigned LEB128. */
  private int number() {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      int more = oneByte();
      number |= (more & 0x7F) << shift;
      if ((more & 0x80) == 0) {
        return number;
      }
    }
  }

  private int oneByte() {
    if (!bytes.hasRemaining()) {
      throw ended();
    }
    return bytes.get() & 0xFF;
  }

  private static ParquetDecodingException ended() {
    return new ParquetDecodingException("a page has fewer levels than values");
  }
}
