package org.neuroglia.spark.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;

/**
 * A column of lists of doubles, as pages of Parquet: spike times, samples. A list is copied into
 * its page whole. Parquet's own writers take value by value, each with its levels, and so need
 * twenty times as long, which is more than all the rest of an ingest.
 *
 * <p>Pages are version 1 (Parquet's format specification, "Data Pages"): repetition levels (0 at
 * the start of a list, 1 within), definition levels, then the values, plain. Both kinds of levels
 * are runs of one value ("RLE/Bit-Packing Hybrid").
 */
final class DoubleListPages {
  /** Bytes of values of a page, about: a reader of some rows decodes whole pages. */
  private static final int PAGE = 1 << 20;

  private static final int MOST_ROWS = 64;

  private final ColumnDescriptor column;
  private final boolean mayBeNull;
  private byte[] values = new byte[PAGE + PAGE / 4];
  private int end;
  private final Runs repetition = new Runs();
  private final Runs definition = new Runs();
  private int entries;
  private int rows;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private long nulls;

  /** A sequence of levels as runs: a length and a level for each. */
  private static final class Runs {
    private byte[] bytes = new byte[1024];
    private int end;
    private int level;
    private int length;

    void add(int nextLevel, int count) {
      if (count > 0) {
        if (nextLevel != level) {
          close();
          level = nextLevel;
        }
        length += count;
      }
    }

    private void close() {
      if (length == 0) {
        return;
      }
      if (end + 8 > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      long header = (long) length << 1;
      while (header >= 128) {
        bytes[end++] = (byte) (header & 127 | 128);
        header >>>= 7;
      }
      bytes[end++] = (byte) header;
      bytes[end++] = (byte) level;
      length = 0;
    }

    /** With their length in front, as pages have them. */
    BytesInput take() throws IOException {
      close();
      byte[] all = new byte[Integer.BYTES + end];
      ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(end).put(bytes, 0, end);
      end = 0;
      return BytesInput.from(all);
    }
  }

  /**
   * @param column of a list of three levels, of which the innermost is the value
   * @param mayBeNull whether there may be no list
   */
  DoubleListPages(ColumnDescriptor column, boolean mayBeNull) {
    this.column = column;
    this.mayBeNull = mayBeNull;
  }

  ColumnDescriptor column() {
    return column;
  }

  /**
   * Adds a row.
   *
   * @param list without nulls in it; null for no list
   */
  void add(ArrayData list, PageWriter pages) throws IOException {
    int length = list == null ? 0 : list.numElements();
    if (rows == MOST_ROWS || (rows > 0 && end + 8L * length > PAGE)) {
      flush(pages);
    }
    repetition.add(0, 1);
    if (length == 0) {
      definition.add(list == null || !mayBeNull ? 0 : 1, 1);
      nulls++;
      entries++;
    } else {
      repetition.add(1, length - 1);
      definition.add(column.getMaxDefinitionLevel(), length);
      copy(list, length);
      entries += length;
    }
    rows++;
  }

  private void copy(ArrayData list, int length) {
    int bytes = Math.multiplyExact(length, Double.BYTES);
    if (end + bytes > values.length) {
      values = Arrays.copyOf(values, Math.addExact(end, bytes));
    }
    if (list instanceof UnsafeArrayData unsafe) {
      long header = UnsafeArrayData.calculateHeaderPortionInBytes((long) length);
      Platform.copyMemory(
          unsafe.getBaseObject(),
          unsafe.getBaseOffset() + header,
          values,
          Platform.BYTE_ARRAY_OFFSET + end,
          bytes);
    } else {
      ByteBuffer.wrap(values, end, bytes)
          .order(ByteOrder.nativeOrder())
          .asDoubleBuffer()
          .put(list.toDoubleArray());
    }
    ByteBuffer copied = ByteBuffer.wrap(values).order(ByteOrder.nativeOrder());
    for (int i = end; i < end + bytes; i += Double.BYTES) {
      double value = copied.getDouble(i);
      least = Math.min(least, value); // NaN stays, and Parquet then keeps no bounds
      greatest = Math.max(greatest, value);
      if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
        copied.putLong(i, Long.reverseBytes(copied.getLong(i)));
      }
    }
    end += bytes;
  }

  /** Bytes of the page that is not written yet. */
  int buffered() {
    return end;
  }

  /** Writes the page that has been begun. */
  void flush(PageWriter pages) throws IOException {
    if (rows == 0) {
      return;
    }
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    if (end > 0) {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    }
    statistics.incrementNumNulls(nulls);
    pages.writePage(
        BytesInput.concat(repetition.take(), definition.take(), BytesInput.from(values, 0, end)),
        entries,
        rows,
        statistics,
        SizeStatistics.noopBuilder(
                column.getPrimitiveType(),
                column.getMaxRepetitionLevel(),
                column.getMaxDefinitionLevel())
            .build(),
        GeospatialStatistics.noopBuilder().build(),
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
    if (values.length > 2 * PAGE) {
      values = new byte[PAGE + PAGE / 4];
    }
    end = 0;
    entries = 0;
    rows = 0;
    nulls = 0;
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
  }
}
