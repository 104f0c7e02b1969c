package org.neuroglia.spark.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Pages that parquet-mr does not write, but others do. */
class ListsOfDoublesTest {
  private final OnHeapColumnVector lists =
      new OnHeapColumnVector(16, DataTypes.createArrayType(DataTypes.DoubleType));

  private static ColumnDescriptor column(String list, String element) {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            String.format(
                "message m { %s group times (LIST) { repeated group list { %s double element; } }"
                    + " }",
                list, element));
    return schema.getColumns().get(0);
  }

  private static BytesInput levels(int width, int... levels) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            width, 64, 1 << 16, HeapByteBufferAllocator.getInstance())) {
      for (int level : levels) {
        encoder.writeInt(level);
      }
      return BytesInput.from(encoder.toBytes().toInputStream().readAllBytes());
    }
  }

  private static DataPage page(
      Encoding ofLevels, int[] repetitions, int[] definitions, int width, double... values)
      throws IOException {
    ByteBuffer plain =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    plain.asDoubleBuffer().put(values);
    BytesInput first = levels(1, repetitions);
    BytesInput second = levels(width, definitions);
    BytesInput bytes =
        BytesInput.concat(
            BytesInput.fromInt((int) first.size()),
            first,
            BytesInput.fromInt((int) second.size()),
            second,
            BytesInput.from(plain));
    return new DataPageV1(
        bytes,
        repetitions.length,
        (int) bytes.size(),
        Statistics.createStats(column("optional", "optional").getPrimitiveType()),
        ofLevels,
        ofLevels,
        Encoding.PLAIN);
  }

  private static PageReader reader(DataPage... pages) {
    Queue<DataPage> left = new ArrayDeque<>(List.of(pages));
    return new PageReader() {
      @Override
      public DictionaryPage readDictionaryPage() {
        return null;
      }

      @Override
      public long getTotalValueCount() {
        return left.stream().mapToLong(DataPage::getValueCount).sum();
      }

      @Override
      public DataPage readPage() {
        return left.poll();
      }
    };
  }

  private double[] list(int row) {
    return lists.getArray(row).toDoubleArray();
  }

  @Test
  void aPageMayBeginWithinAList() throws IOException {
    ListsOfDoubles column =
        new ListsOfDoubles(
            reader(
                page(Encoding.RLE, new int[] {0, 0, 1}, new int[] {3, 3, 3}, 2, 1, 2, 3),
                page(Encoding.RLE, new int[] {1, 1}, new int[] {3, 2}, 2, 4),
                page(Encoding.RLE, new int[] {1, 0, 0, 0}, new int[] {3, 1, 0, 3}, 2, 5, 6)),
            column("optional", "optional"),
            lists);
    column.begin();
    for (int row = 0; row < 5; row++) {
      column.read(row);
    }
    assertArrayEquals(new double[] {1}, list(0));
    assertEquals(5, lists.getArray(1).numElements());
    assertEquals(4, lists.getArray(1).getDouble(2));
    assertTrue(lists.getArray(1).isNullAt(3));
    assertEquals(5, lists.getArray(1).getDouble(4));
    assertEquals(0, lists.getArray(2).numElements());
    assertTrue(lists.isNullAt(3));
    assertArrayEquals(new double[] {6}, list(4));
    assertEquals(7, column.size());
    assertThrows(ParquetDecodingException.class, () -> column.read(5));
  }

  @Test
  void neitherListNorElementNeedsToBeOptional() throws IOException {
    ListsOfDoubles column =
        new ListsOfDoubles(
            reader(page(Encoding.RLE, new int[] {0, 1, 0}, new int[] {1, 1, 0}, 1, 1, 2)),
            column("required", "required"),
            lists);
    column.begin();
    column.read(0);
    column.read(1);
    assertArrayEquals(new double[] {1, 2}, list(0));
    assertEquals(0, lists.getArray(1).numElements());
  }

  @Test
  void onlyElementsMayBeOptional() throws IOException {
    ListsOfDoubles column =
        new ListsOfDoubles(
            reader(page(Encoding.RLE, new int[] {0, 1, 0}, new int[] {2, 1, 0}, 2, 1)),
            column("required", "optional"),
            lists);
    column.begin();
    column.read(0);
    column.read(1);
    assertEquals(1, lists.getArray(0).getDouble(0));
    assertTrue(lists.getArray(0).isNullAt(1));
    assertEquals(0, lists.getArray(1).numElements());
  }

  @Test
  void aPageWithFewerValuesThanItSaysIsAnError() throws IOException {
    ListsOfDoubles column =
        new ListsOfDoubles(
            reader(page(Encoding.RLE, new int[] {0, 1}, new int[] {3, 3}, 2, 1)),
            column("optional", "optional"),
            lists);
    column.begin();
    assertThrows(ParquetDecodingException.class, () -> column.read(0));
  }

  @Test
  @SuppressWarnings("deprecation") // the levels are what is deprecated
  void olderLevelsAreSaid() throws IOException {
    ListsOfDoubles column =
        new ListsOfDoubles(
            reader(page(Encoding.BIT_PACKED, new int[] {0}, new int[] {3}, 2, 1)),
            column("optional", "optional"),
            lists);
    column.begin();
    assertThrows(ParquetDecodingException.class, () -> column.read(0));
  }
}
