package org.neuroglia.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Times of a train, written compactly and bit for bit: what tasks of a distributed sampling send to
 * each other. Of ascending times of a recording some six bytes are left of eight, and what is left
 * a general compressor (LZ4, say, of a shuffle) is through with in a quarter of the time, for its
 * even bytes and its random ones are apart.
 *
 * <p>Layout, in little-endian order: the number of times (4 bytes); unless it is 0, the number of
 * bytes that a difference takes (1) and the bits of the first time (8); then of the differences
 * between the bits of neighbours all lowest bytes, all second lowest, and so on. Times may be any:
 * where they descend, or from negative ones to others, a difference takes all eight bytes.
 *
 * <p>Bytes by their place are the "byte shuffle" of HDF5 and Blosc, and Parquet's
 * BYTE_STREAM_SPLIT. Not thread safe.
 */
public final class CompactTimes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HEADER = Integer.BYTES + 1 + Long.BYTES;

  /** Differences that are taken apart together. */
  private static final int BLOCK = 8;

  private final long[] block = new long[BLOCK];

  /** The number of bytes that {@code number} times take at most. */
  public static long mostBytes(int number) {
    return HEADER + (long) Double.BYTES * Math.max(0, number - 1);
  }

  /**
   * Writes {@code times[from]} … {@code times[to − 1]}.
   *
   * @param target has room for {@link #mostBytes} from {@code at} on
   * @return where the bytes end in the target
   */
  public int write(double[] times, int from, int to, byte[] target, int at) {
    INT.set(target, at, to - from);
    if (from == to) {
      return at + Integer.BYTES;
    }
    long first = Double.doubleToRawLongBits(times[from]);
    long any = 0;
    long before = first;
    for (int i = from + 1; i < to; i++) {
      long bits = Double.doubleToRawLongBits(times[i]);
      any |= bits - before;
      before = bits;
    }
    int width = (Long.SIZE - Long.numberOfLeadingZeros(any) + Byte.SIZE - 1) / Byte.SIZE;
    target[at + Integer.BYTES] = (byte) width;
    LONG.set(target, at + Integer.BYTES + 1, first);
    int number = to - from - 1;
    int start = at + HEADER;
    int i = 0;
    before = first;
    for (; i + BLOCK <= number; i += BLOCK) {
      for (int k = 0; k < BLOCK; k++) {
        long bits = Double.doubleToRawLongBits(times[from + 1 + i + k]);
        block[k] = bits - before;
        before = bits;
      }
      transpose(block);
      for (int place = 0; place < width; place++) {
        LONG.set(target, start + place * number + i, block[place]);
      }
    }
    for (; i < number; i++) {
      long bits = Double.doubleToRawLongBits(times[from + 1 + i]);
      for (int place = 0; place < width; place++) {
        target[start + place * number + i] = (byte) ((bits - before) >>> (Byte.SIZE * place));
      }
      before = bits;
    }
    return start + width * number;
  }

  /** The number of times that were written at {@code at}. */
  public static int number(byte[] source, int at) {
    return (int) INT.get(source, at);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param target takes {@link #number} times from {@code into} on
   * @return where the bytes end in the source
   */
  public int read(byte[] source, int at, double[] target, int into) {
    int number = number(source, at) - 1;
    if (number < 0) {
      return at + Integer.BYTES;
    }
    int width = source[at + Integer.BYTES];
    long bits = (long) LONG.get(source, at + Integer.BYTES + 1);
    target[into] = Double.longBitsToDouble(bits);
    int start = at + HEADER;
    int i = 0;
    for (; i + BLOCK <= number; i += BLOCK) {
      for (int place = 0; place < BLOCK; place++) {
        block[place] = place < width ? (long) LONG.get(source, start + place * number + i) : 0;
      }
      transpose(block);
      for (int k = 0; k < BLOCK; k++) {
        bits += block[k];
        target[into + 1 + i + k] = Double.longBitsToDouble(bits);
      }
    }
    for (; i < number; i++) {
      for (int place = 0; place < width; place++) {
        bits += (source[start + place * number + i] & 0xFFL) << (Byte.SIZE * place);
      }
      target[into + 1 + i] = Double.longBitsToDouble(bits);
    }
    return start + width * number;
  }

  /**
   * Eight bytes of eight numbers: byte i of number k becomes byte k of number i. Halves of the
   * square change places, then halves of its quarters, and so on: Warren, "Hacker's Delight", 7-3.
   * Written out, for as a loop all of reading and writing takes half as long again.
   */
  private static void transpose(long[] x) {
    long a = x[0];
    long b = x[1];
    long c = x[2];
    long d = x[3];
    long e = x[4];
    long f = x[5];
    long g = x[6];
    long h = x[7];
    long t;
    t = ((a >>> 32) ^ e) & 0xFFFFFFFFL;
    a ^= t << 32;
    e ^= t;
    t = ((b >>> 32) ^ f) & 0xFFFFFFFFL;
    b ^= t << 32;
    f ^= t;
    t = ((c >>> 32) ^ g) & 0xFFFFFFFFL;
    c ^= t << 32;
    g ^= t;
    t = ((d >>> 32) ^ h) & 0xFFFFFFFFL;
    d ^= t << 32;
    h ^= t;
    t = ((a >>> 16) ^ c) & 0x0000FFFF0000FFFFL;
    a ^= t << 16;
    c ^= t;
    t = ((b >>> 16) ^ d) & 0x0000FFFF0000FFFFL;
    b ^= t << 16;
    d ^= t;
    t = ((e >>> 16) ^ g) & 0x0000FFFF0000FFFFL;
    e ^= t << 16;
    g ^= t;
    t = ((f >>> 16) ^ h) & 0x0000FFFF0000FFFFL;
    f ^= t << 16;
    h ^= t;
    t = ((a >>> 8) ^ b) & 0x00FF00FF00FF00FFL;
    x[0] = a ^ t << 8;
    x[1] = b ^ t;
    t = ((c >>> 8) ^ d) & 0x00FF00FF00FF00FFL;
    x[2] = c ^ t << 8;
    x[3] = d ^ t;
    t = ((e >>> 8) ^ f) & 0x00FF00FF00FF00FFL;
    x[4] = e ^ t << 8;
    x[5] = f ^ t;
    t = ((g >>> 8) ^ h) & 0x00FF00FF00FF00FFL;
    x[6] = g ^ t << 8;
    x[7] = h ^ t;
  }
}
