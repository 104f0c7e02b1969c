package org.neuroglia.nwb;

import io.jhdf.exceptions.HdfFilterException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * The HDF5 filter 32008: bits of blocks of elements transposed, then optionally LZ4.
 *
 * <p>jHDF's own takes a last block that is shorter than the others for uncompressed.
 *
 * @see <a href="https://github.com/kiyo-masui/bitshuffle">bitshuffle, bshuf_h5filter.c and
 *     bitshuffle_core.c</a>
 */
final class Bitshuffle {
  private static final int LZ4 = 2;

  private Bitshuffle() {}

  /**
   * @param parameters of the filter: version (2), bytes per element, elements per block (0: as fits
   *     8 KiB), compression (0 none, 2 LZ4)
   */
  static byte[] decode(byte[] stored, int[] parameters) {
    int elementBytes = parameters[2];
    int block = parameters.length > 3 ? parameters[3] : 0;
    int compression = parameters.length > 4 ? parameters[4] : 0;
    if (compression == 0) {
      int size = block == 0 ? Math.max(8192 / elementBytes / 8 * 8, 128) : block;
      return blocks(ByteBuffer.wrap(stored), stored.length, size, elementBytes, null);
    }
    if (compression != LZ4) {
      throw new HdfFilterException(
          "A required filter is not available: name='bitshuffle with zstd' id=32008");
    }
    ByteBuffer in = ByteBuffer.wrap(stored);
    int length = Math.toIntExact(in.getLong());
    int size = in.getInt() / elementBytes;
    LZ4SafeDecompressor lz4 = LZ4Factory.fastestJavaInstance().safeDecompressor();
    return blocks(in, length, size, elementBytes, lz4);
  }

  /** Whole blocks, a last one of a multiple of 8 elements, and up to 7 elements as they are. */
  private static byte[] blocks(
      ByteBuffer in, int length, int size, int elementBytes, LZ4SafeDecompressor lz4) {
    byte[] out = new byte[length];
    int elements = length / elementBytes;
    int at = 0;
    while (elements - at >= 8) {
      int count = Math.min(size, (elements - at) / 8 * 8);
      byte[] shuffled = new byte[count * elementBytes];
      if (lz4 == null) {
        in.get(shuffled);
      } else {
        int compressed = in.getInt();
        lz4.decompress(in.array(), in.position(), compressed, shuffled, 0);
        in.position(in.position() + compressed);
      }
      unshuffle(shuffled, count, elementBytes, out, at * elementBytes);
      at += count;
    }
    in.get(out, at * elementBytes, length - at * elementBytes);
    return out;
  }

  /** Bit row b of a block holds bit b of all its elements, eight elements to a byte. */
  private static void unshuffle(byte[] in, int count, int elementBytes, byte[] out, int at) {
    int rowBytes = count / 8;
    Arrays.fill(out, at, at + count * elementBytes, (byte) 0);
    for (int b = 0; b < elementBytes * 8; b++) {
      int bit = 1 << (b & 7);
      for (int k = 0; k < rowBytes; k++) {
        int eight = in[b * rowBytes + k];
        for (int e = 0; eight != 0 && e < 8; e++) {
          if ((eight >> e & 1) != 0) {
            out[at + (k * 8 + e) * elementBytes + (b >> 3)] |= (byte) bit;
          }
        }
      }
    }
  }
}
