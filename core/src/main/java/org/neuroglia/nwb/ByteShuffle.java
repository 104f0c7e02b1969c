package org.neuroglia.nwb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * HDF5's shuffle filter, undone: of elements of s bytes it stores all first bytes, then all second
 * ones, up to the s-th; bytes behind the last whole element stay where they are.
 */
final class ByteShuffle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Elements that are decoded at a time: they stay in the nearest cache. */
  private static final int BLOCK = 256;

  private ByteShuffle() {}

  /**
   * @param size bytes of an element
   * @return the {@code length} bytes as they were before the filter
   */
  static byte[] decode(byte[] shuffled, int length, int size) {
    byte[] bytes = new byte[length];
    int count = length / size;
    int done = size == Long.BYTES ? longs(shuffled, count, bytes) : 0;
    for (int plane = 0; plane < size; plane++) {
      int from = plane * count;
      for (int i = done, to = done * size + plane; i < count; i++, to += size) {
        bytes[to] = shuffled[from + i];
      }
    }
    System.arraycopy(shuffled, count * size, bytes, count * size, length - count * size);
    return bytes;
  }

  /** Decodes elements of 8 bytes as long as there are eight; returns how many. */
  private static int longs(byte[] shuffled, int count, byte[] target) {
    byte[] planes = new byte[Long.BYTES * BLOCK];
    long[] some = new long[BLOCK];
    int i = 0;
    while (i + 8 <= count) {
      int next = Math.min(BLOCK, (count - i) / 8 * 8);
      gather(shuffled, count, i, next, planes);
      transpose(planes, next, some);
      for (int k = 0; k < next; k++) {
        LONGS.set(target, (i + k) * Long.BYTES, some[k]);
      }
      i += next;
    }
    return i;
  }

  /**
   * Decodes elements {@code from} … {@code to − 1} as doubles.
   *
   * @param count elements that {@code shuffled} holds
   * @param target takes the doubles from {@code at} on
   */
  static void doubles(
      byte[] shuffled, int count, int from, int to, ByteOrder order, double[] target, int at) {
    boolean reversed = order == ByteOrder.BIG_ENDIAN;
    byte[] planes = new byte[Long.BYTES * BLOCK];
    long[] some = new long[BLOCK];
    int i = from;
    while (i + 8 <= to) {
      int next = Math.min(BLOCK, (to - i) / 8 * 8);
      gather(shuffled, count, i, next, planes);
      transpose(planes, next, some);
      for (int k = 0; k < next; k++) {
        target[at + k] = toDouble(some[k], reversed);
      }
      i += next;
      at += next;
    }
    for (; i < to; i++, at++) {
      long bits = 0;
      for (int plane = 0; plane < Long.BYTES; plane++) {
        bits |= (shuffled[plane * count + i] & 0xffL) << (8 * plane);
      }
      target[at] = toDouble(bits, reversed);
    }
  }

  private static double toDouble(long bits, boolean reversed) {
    return Double.longBitsToDouble(reversed ? Long.reverseBytes(bits) : bits);
  }

  /**
   * Planes of a chunk are often a power of two apart, where a cache holds few of them at a time:
   * what is needed of each is brought together first.
   */
  private static void gather(byte[] shuffled, int count, int from, int n, byte[] planes) {
    for (int plane = 0; plane < Long.BYTES; plane++) {
      System.arraycopy(shuffled, plane * count + from, planes, plane * BLOCK, n);
    }
  }

  /**
   * The first n elements, n a multiple of 8. Read as numbers, eight bytes of each of the eight
   * planes are an 8 × 8 matrix of bytes, whose transpose is the elements: halves change places,
   * then quarters, then bytes.
   */
  private static void transpose(byte[] planes, int n, long[] elements) {
    for (int k = 0; k < n; k += 8) {
      long a = (long) LONGS.get(planes, k);
      long b = (long) LONGS.get(planes, BLOCK + k);
      long c = (long) LONGS.get(planes, 2 * BLOCK + k);
      long d = (long) LONGS.get(planes, 3 * BLOCK + k);
      long e = (long) LONGS.get(planes, 4 * BLOCK + k);
      long f = (long) LONGS.get(planes, 5 * BLOCK + k);
      long g = (long) LONGS.get(planes, 6 * BLOCK + k);
      long h = (long) LONGS.get(planes, 7 * BLOCK + k);
      long t;
      t = (a >>> 32 ^ e) & 0xffffffffL;
      e ^= t;
      a ^= t << 32;
      t = (b >>> 32 ^ f) & 0xffffffffL;
      f ^= t;
      b ^= t << 32;
      t = (c >>> 32 ^ g) & 0xffffffffL;
      g ^= t;
      c ^= t << 32;
      t = (d >>> 32 ^ h) & 0xffffffffL;
      h ^= t;
      d ^= t << 32;
      t = (a >>> 16 ^ c) & 0xffff0000ffffL;
      c ^= t;
      a ^= t << 16;
      t = (b >>> 16 ^ d) & 0xffff0000ffffL;
      d ^= t;
      b ^= t << 16;
      t = (e >>> 16 ^ g) & 0xffff0000ffffL;
      g ^= t;
      e ^= t << 16;
      t = (f >>> 16 ^ h) & 0xffff0000ffffL;
      h ^= t;
      f ^= t << 16;
      t = (a >>> 8 ^ b) & 0xff00ff00ff00ffL;
      elements[k + 0] = a ^ t << 8;
      elements[k + 1] = b ^ t;
      t = (c >>> 8 ^ d) & 0xff00ff00ff00ffL;
      elements[k + 2] = c ^ t << 8;
      elements[k + 3] = d ^ t;
      t = (e >>> 8 ^ f) & 0xff00ff00ff00ffL;
      elements[k + 4] = e ^ t << 8;
      elements[k + 5] = f ^ t;
      t = (g >>> 8 ^ h) & 0xff00ff00ff00ffL;
      elements[k + 6] = g ^ t << 8;
      elements[k + 7] = h ^ t;
    }
  }
}
