package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CompactTimesTest {
  private static final double[] ODD = {
    Double.NEGATIVE_INFINITY,
    -1,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    1,
    1,
    Math.nextUp(1),
    0x1p52,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };

  /** Bits, which tell zeros and the kinds of NaN apart. */
  private static long[] bits(double[] times) {
    return Arrays.stream(times).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Test
  void whatWasWrittenIsReadBitForBit() {
    Random random = new Random(1);
    CompactTimes compact = new CompactTimes();
    for (int number = 0; number < 70; number++) {
      double[] ascending = random.doubles(number, 0, 1000).sorted().toArray();
      double[] crossing = random.doubles(number, -10, 10).sorted().toArray();
      double[] any = random.longs(number).mapToDouble(Double::longBitsToDouble).toArray();
      double[] equal = DoubleStream.generate(() -> 0.1).limit(number).toArray();
      double[] odd = random.ints(number, 0, ODD.length).mapToDouble(i -> ODD[i]).toArray();
      for (double[] times : List.of(ascending, crossing, any, equal, odd)) {
        check(compact, times);
      }
    }
    check(compact, ODD);
    check(compact, new double[] {Double.longBitsToDouble(0xFFF0_0000_0000_0001L), Double.NaN});
  }

  private static void check(CompactTimes compact, double[] times) {
    double[] among = new double[times.length + 5];
    System.arraycopy(times, 0, among, 2, times.length);
    int most = (int) CompactTimes.mostBytes(times.length);
    byte[] bytes = new byte[most + 3];
    Arrays.fill(bytes, (byte) 7);
    int end = compact.write(among, 2, 2 + times.length, bytes, 3);
    assertArrayEquals(new byte[] {7, 7, 7}, Arrays.copyOf(bytes, 3));
    for (int i = end; i < bytes.length; i++) {
      assertEquals(7, bytes[i]);
    }
    assertEquals(times.length, CompactTimes.number(bytes, 3));
    double[] read = new double[times.length + 4];
    Arrays.fill(read, 5);
    assertEquals(end, compact.read(bytes, 3, read, 1));
    assertArrayEquals(bits(times), bits(Arrays.copyOfRange(read, 1, 1 + times.length)));
    assertEquals(5, read[0]);
    assertEquals(5, read[times.length + 1]);
  }

  @Test
  void eachWidthOfDifferencesIsTakenApart() {
    CompactTimes compact = new CompactTimes();
    for (int width = 0; width <= 8; width++) {
      long step = width == 0 ? 0 : 0x5A6B7C8D9EAFB1C3L >>> (64 - 8 * width);
      long first = Double.doubleToRawLongBits(3);
      double[] times =
          LongStream.range(0, 29)
              .map(i -> first + i * step)
              .mapToDouble(Double::longBitsToDouble)
              .toArray();
      byte[] bytes = new byte[(int) CompactTimes.mostBytes(29)];
      assertEquals(13 + 28 * width, compact.write(times, 0, 29, bytes, 0));
      check(compact, times);
    }
  }

  @Test
  void aSpikeOfARecordingTakesSixBytes() {
    Random random = new Random(2);
    double[] times =
        random.ints(5000, 30_000_000, 45_000_000).sorted().mapToDouble(i -> i / 30e3).toArray();
    byte[] bytes = new byte[(int) CompactTimes.mostBytes(5000)];
    assertEquals(6 * 5000, new CompactTimes().write(times, 0, 5000, bytes, 0), 20);
  }
}
