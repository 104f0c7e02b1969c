package org.neuroglia.spark.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.DoubleLists;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.SharedFiles;

class RowOfDoublesTest {
  @TempDir Path folder;

  /** Lists of which {@code dropped} values are announced and not there, as NaN of spike times. */
  private record Counted(int[] lengths, int dropped, int[] row) implements DoubleLists {
    @Override
    public int nextLength() {
      return lengths[row[0]] + dropped;
    }

    @Override
    public int next(double[] target, int at) {
      int length = lengths[row[0]];
      Arrays.fill(target, at, at + length + dropped, -1);
      for (int i = 0; i < length; i++) {
        target[at + i] = row[0] + i / 8.0;
      }
      row[0]++;
      return length;
    }
  }

  @Test
  void rowsAreTheListsWhateverIsDropped() {
    int[] lengths = {0, 1, 64, 65, 3, 200, 0, 128, 127};
    for (int dropped : new int[] {0, 1, 64, 130}) {
      RowOfDoubles rows = new RowOfDoubles(new Counted(lengths, dropped, new int[1]));
      for (int row = 0; row < lengths.length; row++) {
        double[] expected = new double[lengths[row]];
        for (int i = 0; i < expected.length; i++) {
          expected[i] = row + i / 8.0;
        }
        UnsafeArrayData value = rows.next();
        assertArrayEquals(expected, value.toDoubleArray());
        assertEquals(UnsafeArrayData.fromPrimitiveArray(expected), value);
        for (int i = 0; i < expected.length; i++) {
          assertTrue(!value.isNullAt(i));
        }
      }
    }
  }

  @Test
  void checkSumsBesideALocalFileAreVerified() throws Exception {
    Path source = SharedFiles.file("session_x1_gzip.nwb");
    Configuration configuration = new Configuration();
    org.apache.hadoop.fs.Path copy =
        new org.apache.hadoop.fs.Path(folder.resolve("copy.nwb").toUri());
    FileSystem.getLocal(configuration)
        .copyFromLocalFile(new org.apache.hadoop.fs.Path(source.toUri()), copy);
    Path sums = folder.resolve(".copy.nwb.crc");
    assertTrue(Files.exists(sums));
    try (NwbFile file = HadoopFiles.open(copy.toString(), configuration)) {
      assertEquals(69, file.table("units").rowCount());
    }
    byte[] damaged = Files.readAllBytes(folder.resolve("copy.nwb"));
    damaged[damaged.length / 2] ^= 1;
    Files.write(folder.resolve("copy.nwb"), damaged);
    assertThrows(
        InvalidInputException.class,
        () -> {
          try (NwbFile file = HadoopFiles.open(copy.toString(), configuration)) {
            file.table("units").column("times").read();
          }
        });
  }
}
