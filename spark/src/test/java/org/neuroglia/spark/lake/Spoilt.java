package org.neuroglia.spark.lake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neuroglia.nwb.NwbOne;

/** A file whose headers and units can be read, and whose images cannot. */
final class Spoilt {
  private static final double MARK = 12345.678;

  private Spoilt() {}

  static NwbOne session(String id) {
    return new NwbOne("identifier " + id, id)
        .unit("V1", "10", 1, 2, 3)
        .presentation("images", "timestamps", new double[] {MARK, 98765.4321});
  }

  /** Moves the times of the images beyond the end of the file. */
  static void spoil(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    long data = find(bytes, Double.doubleToLongBits(MARK));
    bytes.putLong((int) find(bytes, data), 1L << 40);
    Files.write(file, bytes.array());
  }

  private static long find(ByteBuffer bytes, long value) {
    for (int i = 0; i + Long.BYTES <= bytes.capacity(); i++) {
      if (bytes.getLong(i) == value) {
        return i;
      }
    }
    throw new AssertionError("not in the file");
  }
}
