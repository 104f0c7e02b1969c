package org.neuroglia.spark.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.ParquetDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against parquet-mr, which wrote what is read. */
class LevelRunsTest {
  private static byte[] written(int[] levels, int width) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            width, 64, 1 << 16, HeapByteBufferAllocator.getInstance())) {
      for (int level : levels) {
        encoder.writeInt(level);
      }
      return encoder.toBytes().toInputStream().readAllBytes();
    }
  }

  private static int[] read(LevelRuns runs, byte[] bytes, int number) {
    runs.read(ByteBuffer.wrap(bytes));
    int[] levels = new int[number];
    for (int i = 0; i < number; ) {
      int left = Math.min(runs.left(), number - i);
      assertTrue(left > 0);
      int value = runs.value();
      int some = Math.max(1, left - i % 3); // a run may be passed in pieces
      for (int k = 0; k < some; k++) {
        levels[i++] = value;
      }
      runs.skip(some);
    }
    return levels;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void levelsAreWhatWasWritten(int highest) throws IOException {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(highest);
    Random random = new Random(highest);
    LevelRuns runs = new LevelRuns(highest);
    for (int page = 0; page < 50; page++) {
      int longest = 1 + random.nextInt(60);
      int[] levels =
          IntStream.range(0, 1 + random.nextInt(40))
              .flatMap(
                  run -> {
                    int level = random.nextInt(highest + 1);
                    return IntStream.generate(() -> level).limit(1 + random.nextInt(longest));
                  })
              .toArray();
      assertArrayEquals(levels, read(runs, written(levels, width), levels.length));
    }
  }

  @Test
  void aTrainIsOneRun() throws IOException {
    LevelRuns runs = new LevelRuns(1);
    int[] levels = new int[100_000];
    java.util.Arrays.fill(levels, 1);
    runs.read(ByteBuffer.wrap(written(levels, 1)));
    assertEquals(100_000, runs.left());
    assertEquals(1, runs.value());
  }

  /** The format fills the last group of eight; who wrote the file may have left the zeros out. */
  @Test
  void theLastBytesOfPackedLevelsMayBeMissing() {
    LevelRuns runs = new LevelRuns(3);
    byte[] oneGroup = {0b11, (byte) 0b11_10_01_00};
    assertArrayEquals(new int[] {0, 1, 2, 3}, read(runs, oneGroup, 4));
  }

  @Test
  void tooFewLevelsAreSaid() throws IOException {
    LevelRuns runs = new LevelRuns(3);
    runs.read(ByteBuffer.wrap(written(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 2)));
    runs.skip(runs.left());
    assertThrows(ParquetDecodingException.class, runs::value);
    runs.read(ByteBuffer.wrap(new byte[] {3}));
    assertThrows(ParquetDecodingException.class, runs::left);
  }
}
