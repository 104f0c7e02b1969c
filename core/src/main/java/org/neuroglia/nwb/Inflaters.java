package org.neuroglia.nwb;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes gzip for the chunks of a file. An inflater has tens of kilobytes outside of the heap and
 * takes as long to set up as a small chunk to decompress: they are used again. Thread-safe.
 */
final class Inflaters implements AutoCloseable {
  private final Queue<Inflater> idle = new ConcurrentLinkedQueue<>();

  /** Bytes in an array that may be longer. */
  record Bytes(byte[] array, int length) {}

  /**
   * @param target is written over, and returned where the bytes fit into it with one to spare
   * @throws IllegalArgumentException if the bytes are damaged or cut off
   */
  Bytes inflate(byte[] stored, int length, byte[] target) {
    Inflater inflater = idle.poll();
    if (inflater == null) {
      inflater = new Inflater();
    }
    try {
      inflater.setInput(stored, 0, length);
      byte[] bytes = target;
      int count = 0;
      while (!inflater.finished()) {
        if (count == bytes.length) {
          bytes = java.util.Arrays.copyOf(bytes, Math.max(1 << 10, Math.multiplyExact(count, 2)));
        }
        int more = inflater.inflate(bytes, count, bytes.length - count);
        if (more == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("its compressed values are cut off");
        }
        count += more;
      }
      return new Bytes(bytes, count);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(
          "its compressed values are damaged"
              + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"),
          e);
    } finally {
      inflater.reset();
      idle.add(inflater);
    }
  }

  /** Frees what is idle. */
  @Override
  public void close() {
    for (Inflater inflater = idle.poll(); inflater != null; inflater = idle.poll()) {
      inflater.end();
    }
  }
}
