package org.neuroglia.spark.event.exec;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.tensor.TensorRows;

/**
 * Writes rows of an event's own columns and a Matrix [bins × neurons] of counts, sparse where that
 * is smaller, or a Vector [neurons]: the bytes that MLlib's types serialize to, without an object
 * for each. The row is reused.
 *
 * <p>The layout is that of {@link UnsafeRow}: null bits, a word for each column, and what does not
 * fit into a word, whose word is its place and its size.
 */
final class TensorRowWriter {
  /** Numbers of a Matrix: type, numRows, numCols, colPtrs, rowIndices, values, isTransposed. */
  private static final int MATRIX_FIELDS = fields(SQLDataTypes.MatrixType());

  /** Numbers of a Vector: type, size, indices, values. */
  private static final int VECTOR_FIELDS = fields(SQLDataTypes.VectorType());

  private static final byte SPARSE = 0;
  private static final byte DENSE = 1;

  private final boolean[] inPlace;
  private final int ownHeader;
  private final int header;
  private final int bins;
  private final int neurons;
  private final boolean fillna;
  private final UnsafeRow row;
  private byte[] bytes = new byte[1024];
  private int struct;
  private int end;

  private final int[] columnStarts;
  private final double[] reduced;

  /**
   * @param output the own columns, and last the Matrix or Vector
   * @param fillna zeros (true) or NaN (false) for a neuron without a spike in the window
   */
  TensorRowWriter(StructType output, int bins, int neurons, boolean fillna) {
    int own = output.size() - 1;
    this.inPlace = new boolean[own];
    for (int i = 0; i < own; i++) {
      inPlace[i] = UnsafeRow.isFixedLength(output.apply(i).dataType());
    }
    this.ownHeader = UnsafeRow.calculateBitSetWidthInBytes(own) + own * Long.BYTES;
    this.header = UnsafeRow.calculateBitSetWidthInBytes(own + 1) + (own + 1) * Long.BYTES;
    this.row = new UnsafeRow(own + 1);
    this.bins = bins;
    this.neurons = neurons;
    this.fillna = fillna;
    this.columnStarts = new int[neurons + 1];
    this.reduced = new double[neurons];
  }

  private static int fields(org.apache.spark.sql.types.DataType type) {
    return ((StructType) ((UserDefinedType<?>) type).sqlType()).size();
  }

  /** An event, and the Matrix of row {@code e} of a block. */
  UnsafeRow matrix(UnsafeRow own, TensorRows tensor, int e) {
    tensor.columnStarts(e, columnStarts);
    int first = tensor.first(e);
    int cells = tensor.last(e) - first;
    long sparseBytes = 12L * cells + 4L * (neurons + 1);
    boolean sparse = fillna && sparseBytes < 8L * bins * neurons;
    begin(own, MATRIX_FIELDS, sparse ? SPARSE : DENSE);
    fixedInt(1, bins);
    fixedInt(2, neurons);
    if (sparse) {
      array(3, columnStarts, 0, neurons + 1);
      array(4, tensor.bins(), first, cells);
      array(5, tensor.counts(), first, cells);
    } else {
      setNull(3);
      setNull(4);
      double[] dense = dense(tensor, first);
      array(5, dense, 0, dense.length);
    }
    return finished();
  }

  private double[] dense(TensorRows tensor, int first) {
    double[] dense = new double[Math.multiplyExact(bins, neurons)];
    for (int k = 0; k < neurons; k++) {
      if (!fillna && columnStarts[k] == columnStarts[k + 1]) {
        Arrays.fill(dense, k * bins, (k + 1) * bins, Double.NaN);
      }
      for (int i = first + columnStarts[k]; i < first + columnStarts[k + 1]; i++) {
        dense[k * bins + tensor.bins()[i]] = tensor.counts()[i];
      }
    }
    return dense;
  }

  /**
   * An event, and the Vector of a row of sums.
   *
   * @param sums [event × neuron]
   * @param divisor what each sum is divided by
   */
  UnsafeRow vector(UnsafeRow own, double[] sums, int e, double divisor) {
    for (int k = 0; k < neurons; k++) {
      double sum = sums[e * neurons + k];
      reduced[k] = !fillna && sum == 0 ? Double.NaN : sum / divisor;
    }
    begin(own, VECTOR_FIELDS, DENSE);
    setNull(1);
    setNull(2);
    array(3, reduced, 0, neurons);
    return finished();
  }

  /** Writes the own columns, and begins the struct of the last. */
  private void begin(UnsafeRow own, int fields, byte type) {
    int variable = own.getSizeInBytes() - ownHeader;
    struct = header + variable;
    end = struct + Long.BYTES + fields * Long.BYTES; // null bits in one word: fewer than 64 fields
    if (bytes.length < end) {
      bytes = new byte[2 * end];
    }
    Arrays.fill(bytes, 0, header, (byte) 0);
    int words = inPlace.length * Long.BYTES;
    int nulls = header - words - Long.BYTES;
    copy(own, 0, 0, ownHeader - words);
    copy(own, ownHeader - words, nulls, words);
    copy(own, ownHeader, header, variable);
    for (int i = 0; i < inPlace.length; i++) {
      long word = Platform.BYTE_ARRAY_OFFSET + nulls + (long) i * Long.BYTES;
      long place = Platform.getLong(bytes, word);
      if (!inPlace[i] && place != 0) {
        Platform.putLong(bytes, word, place + ((long) (header - ownHeader) << 32));
      }
    }
    Arrays.fill(bytes, struct, end, (byte) 0);
    bytes[struct + Long.BYTES] = type;
  }

  private void copy(UnsafeRow own, int from, int to, int length) {
    Platform.copyMemory(
        own.getBaseObject(),
        own.getBaseOffset() + from,
        bytes,
        Platform.BYTE_ARRAY_OFFSET + (long) to,
        length);
  }

  private void setNull(int field) {
    bytes[struct] |= (byte) (1 << field);
  }

  private long word(int field) {
    return Platform.BYTE_ARRAY_OFFSET + (long) struct + Long.BYTES + (long) field * Long.BYTES;
  }

  private void fixedInt(int field, int value) {
    Platform.putInt(bytes, word(field), value);
  }

  private void array(int field, int[] array, int from, int length) {
    long offset = Platform.INT_ARRAY_OFFSET + (long) from * Integer.BYTES;
    array(field, array, offset, length, Integer.BYTES);
  }

  private void array(int field, double[] array, int from, int length) {
    long offset = Platform.DOUBLE_ARRAY_OFFSET + (long) from * Double.BYTES;
    array(field, array, offset, length, Double.BYTES);
  }

  private void array(int field, Object array, long offset, int length, int width) {
    int arrayHeader = UnsafeArrayData.calculateHeaderPortionInBytes(length);
    long size = arrayHeader + (((long) length * width + 7) & ~7L);
    if (end + size > Integer.MAX_VALUE - 16) {
      throw new ArithmeticException("a row of the tensor is larger than 2 GiB");
    }
    if (end + size > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, (end + size) * 2));
    }
    long start = Platform.BYTE_ARRAY_OFFSET + (long) end;
    Arrays.fill(bytes, end, end + arrayHeader, (byte) 0);
    Platform.putLong(bytes, start, length);
    if (length > 0) {
      Platform.putLong(bytes, start + size - Long.BYTES, 0); // where the array ends in mid-word
    }
    Platform.copyMemory(array, offset, bytes, start + arrayHeader, (long) length * width);
    Platform.putLong(bytes, word(field), (long) (end - struct) << 32 | size);
    end += (int) size;
  }

  private UnsafeRow finished() {
    Platform.putLong(
        bytes,
        Platform.BYTE_ARRAY_OFFSET + (long) header - Long.BYTES,
        (long) struct << 32 | (end - struct));
    row.pointTo(bytes, end);
    return row;
  }
}
