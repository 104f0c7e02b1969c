package org.neuroglia.spark.event;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.tensor.TensorRows;

/**
 * Writes a Matrix [bins × neurons] of counts, sparse where that is smaller, or a Vector [neurons],
 * as the bytes of a row with this one column: what MLlib's types serialize to, without an object
 * for each. The row is reused.
 */
final class TensorRowWriter {
  /** Numbers of a Matrix: type, numRows, numCols, colPtrs, rowIndices, values, isTransposed. */
  private static final int MATRIX_FIELDS = fields(SQLDataTypes.MatrixType());

  /** Numbers of a Vector: type, size, indices, values. */
  private static final int VECTOR_FIELDS = fields(SQLDataTypes.VectorType());

  private static final byte SPARSE = 0;
  private static final byte DENSE = 1;

  /** Null bits and the place of the one column. */
  private static final int ROW_HEADER = 16;

  private final int bins;
  private final int neurons;
  private final boolean fillna;
  private final UnsafeRow row = new UnsafeRow(1);
  private byte[] bytes = new byte[1024];
  private int fieldsAt;
  private int end;

  private final int[] columnStarts;
  private int[] binOf = new int[64];
  private double[] values = new double[64];

  /**
   * @param fillna zeros (true) or NaN (false) for a neuron without a spike in the window
   */
  TensorRowWriter(int bins, int neurons, boolean fillna) {
    this.bins = bins;
    this.neurons = neurons;
    this.fillna = fillna;
    this.columnStarts = new int[neurons + 1];
  }

  private static int fields(org.apache.spark.sql.types.DataType type) {
    return ((StructType) ((UserDefinedType<?>) type).sqlType()).size();
  }

  /** The Matrix of row {@code e} of a block. */
  UnsafeRow matrix(TensorRows tensor, int e) {
    int cells = 0;
    int spikes = tensor.spikes(e);
    if (binOf.length < spikes) {
      binOf = new int[Math.max(spikes, 2 * binOf.length)];
      values = new double[binOf.length];
    }
    int before = -1;
    int neuron = 0;
    int afterNeuron = bins;
    columnStarts[0] = 0;
    for (int i = 0; i < spikes; i++) {
      int position = tensor.position(e, i);
      if (position == before) {
        values[cells - 1]++;
        continue;
      }
      while (position >= afterNeuron) {
        columnStarts[++neuron] = cells;
        afterNeuron += bins;
      }
      binOf[cells] = position - (afterNeuron - bins);
      values[cells++] = 1;
      before = position;
    }
    Arrays.fill(columnStarts, neuron + 1, neurons + 1, cells);
    long sparseBytes = 12L * cells + 4L * (neurons + 1);
    return fillna && sparseBytes < 8L * bins * neurons ? sparse(cells) : dense(cells);
  }

  private UnsafeRow sparse(int cells) {
    begin(MATRIX_FIELDS, SPARSE);
    fixedInt(1, bins);
    fixedInt(2, neurons);
    array(3, columnStarts, Platform.INT_ARRAY_OFFSET, neurons + 1, Integer.BYTES);
    array(4, binOf, Platform.INT_ARRAY_OFFSET, cells, Integer.BYTES);
    array(5, values, Platform.DOUBLE_ARRAY_OFFSET, cells, Double.BYTES);
    return finished();
  }

  private UnsafeRow dense(int cells) {
    double[] counts = new double[Math.multiplyExact(bins, neurons)];
    for (int k = 0; k < neurons; k++) {
      if (!fillna && columnStarts[k] == columnStarts[k + 1]) {
        Arrays.fill(counts, k * bins, (k + 1) * bins, Double.NaN);
      }
      for (int i = columnStarts[k]; i < columnStarts[k + 1]; i++) {
        counts[k * bins + binOf[i]] = values[i];
      }
    }
    begin(MATRIX_FIELDS, DENSE);
    fixedInt(1, bins);
    fixedInt(2, neurons);
    setNull(3);
    setNull(4);
    array(5, counts, Platform.DOUBLE_ARRAY_OFFSET, counts.length, Double.BYTES);
    return finished();
  }

  /**
   * The Vector of a row of sums.
   *
   * @param sums [event × neuron]
   * @param divisor what each sum is divided by
   */
  UnsafeRow vector(double[] sums, int e, double divisor) {
    if (values.length < neurons) {
      values = new double[neurons];
      binOf = new int[neurons];
    }
    for (int k = 0; k < neurons; k++) {
      double sum = sums[e * neurons + k];
      values[k] = !fillna && sum == 0 ? Double.NaN : sum / divisor;
    }
    begin(VECTOR_FIELDS, DENSE);
    setNull(1);
    setNull(2);
    array(3, values, Platform.DOUBLE_ARRAY_OFFSET, neurons, Double.BYTES);
    return finished();
  }

  private void begin(int fields, byte type) {
    fieldsAt = ROW_HEADER + Long.BYTES; // one word of null bits: there are fewer than 64 fields
    end = fieldsAt + fields * Long.BYTES;
    Arrays.fill(bytes, 0, end, (byte) 0);
    bytes[fieldsAt] = type;
  }

  private void setNull(int field) {
    bytes[ROW_HEADER] |= (byte) (1 << field);
  }

  private void fixedInt(int field, int value) {
    Platform.putInt(bytes, Platform.BYTE_ARRAY_OFFSET + fieldsAt + field * Long.BYTES, value);
  }

  private void array(int field, Object array, long offset, int length, int width) {
    int header = UnsafeArrayData.calculateHeaderPortionInBytes(length);
    long size = header + (((long) length * width + 7) & ~7L);
    if (end + size > Integer.MAX_VALUE - 16) {
      throw new ArithmeticException("a row of the tensor is larger than 2 GiB");
    }
    if (end + size > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, (end + size) * 2));
    }
    long start = Platform.BYTE_ARRAY_OFFSET + (long) end;
    Arrays.fill(bytes, end, end + header, (byte) 0);
    Platform.putLong(bytes, start, length);
    Platform.putLong(bytes, start + size - 8, 0); // padding
    Platform.copyMemory(array, offset, bytes, start + header, (long) length * width);
    Platform.putLong(
        bytes,
        Platform.BYTE_ARRAY_OFFSET + fieldsAt + field * Long.BYTES,
        (long) (end - ROW_HEADER) << 32 | size);
    end += (int) size;
  }

  private UnsafeRow finished() {
    Platform.putLong(
        bytes,
        Platform.BYTE_ARRAY_OFFSET + Long.BYTES,
        (long) ROW_HEADER << 32 | (end - ROW_HEADER));
    row.pointTo(bytes, end);
    return row;
  }
}
