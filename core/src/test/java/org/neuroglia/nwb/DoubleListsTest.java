package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;

/** Values that are read row by row are those that are read in one go. */
class DoubleListsTest {
  @TestFactory
  List<DynamicTest> everyFileGivesTheSameRowByRow() {
    return SharedFiles.tests("nwb", DoubleListsTest::check);
  }

  @ParameterizedTest
  @ValueSource(strings = {"session_x1.nwb", "session_x1_gzip.nwb"})
  void sessionsGiveTheSameRowByRow(String name) {
    assertTrue(check(SharedFiles.file(name)) > 1_000_000);
  }

  private static long check(Path path) {
    long count = 0;
    try (NwbFile file = NwbFile.open(path)) {
      for (NwbTableName name : file.tables()) {
        if (name.kind() != NwbTableName.Kind.UNITS) {
          continue;
        }
        NwbTable table = file.table(name.path());
        for (NwbColumn column : table.columns()) {
          if (column.type() == NwbType.DOUBLE && column.depth() == 1) {
            count += check(column, 0, table.rowCount());
            check(column, table.rowCount() / 3, table.rowCount() * 2 / 3);
          }
        }
      }
    } catch (InvalidInputException e) {
      // EveryFileTest says which files are refused.
    }
    return count;
  }

  private static long check(NwbColumn column, int from, int to) {
    NwbValues values = column.read(from, to);
    DoubleLists lists = column.lists(from, to);
    double[] target = new double[0];
    long count = 0;
    for (int row = 0; row < values.rows(); row++) {
      int length = lists.nextLength();
      if (target.length < length + 3) {
        target = new double[length + 3];
      }
      int n = lists.next(target, 3);
      assertTrue(n <= length);
      assertArrayEquals(values.doubles(row), Arrays.copyOfRange(target, 3, 3 + n));
      count += n;
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.nwb", "layouts_latest.nwb"})
  void everyLayoutOfDoublesGivesAnyRange(String name) throws IOException {
    int streams = 0;
    try (InputStream in = DoubleListsTest.class.getResourceAsStream("/nwb/" + name);
        Hdf file = new Hdf(new OneByteChannel(in.readAllBytes()), name)) {
      Hdf.HdfGroup layouts = (Hdf.HdfGroup) file.find("/analysis/layouts").orElseThrow();
      for (String column : layouts.links().keySet()) {
        HdfDataset dataset = dataset(layouts, column);
        if (dataset == null || !dataset.hasStreamOfDoubles()) {
          continue;
        }
        if (column.equals("zstd")) {
          String message =
              assertThrows(
                      InvalidInputException.class, () -> dataset.doubles(0, 1, new double[1], 0))
                  .getMessage();
          assertTrue(message.contains("is compressed with zstd"), message);
          continue;
        }
        streams++;
        double[] all = dataset.doubles(0, dataset.rows());
        for (int step : new int[] {1, 7, 64, 1000, all.length}) {
          double[] target = new double[all.length + 2];
          for (int from = 0; from < all.length; from += step) {
            dataset.doubles(from, Math.min(all.length, from + step), target, from + 1);
          }
          assertArrayEquals(all, Arrays.copyOfRange(target, 1, all.length + 1), column);
        }
      }
    }
    assertTrue(streams >= 8, streams + " streams");
  }

  private static HdfDataset dataset(Hdf.HdfGroup group, String name) {
    try {
      return group.dataset(name).orElse(null);
    } catch (InvalidInputException e) {
      return null; // some layouts are there to be refused
    }
  }

  @Test
  void shuffledElementsOfAnySizeComeBack() {
    Random random = new Random(5);
    for (int size = 1; size <= 9; size++) {
      for (int length : new int[] {0, 1, 7, 8, 63, 64, 65, 8 * 256, 8 * 256 + 77, 9001}) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        int count = length / size;
        byte[] shuffled = bytes.clone();
        for (int i = 0; i < count * size; i++) {
          shuffled[i % size * count + i / size] = bytes[i];
        }
        assertArrayEquals(bytes, ByteShuffle.decode(shuffled, length, size), size + ", " + length);
      }
    }
  }

  @Test
  void ascendingIsWhatComparingNeighboursSays() {
    double[] edges = {
      0.0,
      -0.0,
      1,
      2,
      Double.MIN_VALUE,
      -1,
      -2,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      Double.longBitsToDouble(-1)
    };
    Random random = new Random(6);
    for (int k = 0; k < 200_000; k++) {
      double[] times = new double[random.nextInt(12)];
      Arrays.setAll(times, i -> random.nextInt(9) == 0 ? edges[random.nextInt(edges.length)] : i);
      if (random.nextBoolean()) {
        Arrays.sort(times);
      }
      boolean expected = times.length == 0 || !Double.isNaN(times[0]);
      for (int i = 1; i < times.length; i++) {
        expected &= times[i - 1] <= times[i];
      }
      assertEquals(expected, Trains.isAscending(times, 0, times.length), Arrays.toString(times));
    }
  }

  @Test
  void damagedCompressionIsRefused() {
    byte[] bytes = new byte[5000];
    new Random(7).nextBytes(bytes);
    Arrays.fill(bytes, 0, 3000, (byte) 1);
    byte[] stored = new byte[8000];
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    int length = deflater.deflate(stored);
    deflater.end();
    try (Inflaters inflaters = new Inflaters()) {
      for (int room : new int[] {0, 10, 5000, 5016}) {
        Inflaters.Bytes inflated = inflaters.inflate(stored, length, new byte[room]);
        assertEquals(5000, inflated.length());
        assertArrayEquals(bytes, Arrays.copyOf(inflated.array(), 5000));
        assertThrows(
            IllegalArgumentException.class,
            () -> inflaters.inflate(stored, length / 2, new byte[room]));
        byte[] damaged = stored.clone();
        damaged[length - 1] ^= 1; // of the check sum
        assertThrows(
            IllegalArgumentException.class,
            () -> inflaters.inflate(damaged, length, new byte[room]));
      }
    }
  }
}
