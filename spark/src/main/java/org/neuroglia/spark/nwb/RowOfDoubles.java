package org.neuroglia.spark.nwb;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.DoubleLists;

/**
 * Lists of doubles as Spark's arrays. The values are read into their place behind the header of the
 * array, and all rows use the same memory, which stays in the cache of the core: a value is good
 * until the next one is read. That is what readers of Parquet do too; Spark copies what it keeps.
 */
final class RowOfDoubles {
  private final DoubleLists lists;
  private final UnsafeArrayData value = new UnsafeArrayData();
  private double[] memory = new double[0];

  RowOfDoubles(DoubleLists lists) {
    this.lists = lists;
  }

  /** The next list. */
  UnsafeArrayData next() {
    int length = lists.nextLength();
    long needed = (long) header(length) + length;
    if (needed > (Integer.MAX_VALUE - 15) / Double.BYTES) {
      throw new InvalidInputException(
          "A row holds a list of " + length + " values; Spark has room for 2 GiB in a row.");
    }
    if (memory.length < needed) {
      memory = new double[(int) Math.min(Integer.MAX_VALUE - 8, needed + needed / 4)];
    }
    int at = header(length);
    int count = lists.next(memory, at);
    if (header(count) != at) { // some were NaN
      System.arraycopy(memory, at, memory, header(count), count);
    }
    // The header: the number of elements, and a bit for each that is null.
    Arrays.fill(memory, 0, header(count), 0);
    Platform.putLong(memory, Platform.DOUBLE_ARRAY_OFFSET, count);
    value.pointTo(memory, Platform.DOUBLE_ARRAY_OFFSET, (header(count) + count) * Double.BYTES);
    return value;
  }

  private static int header(int count) {
    return (int) (UnsafeArrayData.calculateHeaderPortionInBytes((long) count) / Double.BYTES);
  }
}
