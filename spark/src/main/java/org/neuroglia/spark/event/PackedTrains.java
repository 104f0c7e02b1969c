package org.neuroglia.spark.event;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.tensor.NeuronAxis;

/** Trains that are a row each; rows of other neurons, and rows that lack anything, are left out. */
final class PackedTrains extends TrainSource {
  private final Iterator<InternalRow> rows;
  private final SpikeColumns columns;
  private final NeuronAxis neurons;
  private double[] buffer = {};

  PackedTrains(Iterator<InternalRow> rows, SpikeColumns columns, NeuronAxis neurons) {
    this.rows = rows;
    this.columns = columns;
    this.neurons = neurons;
  }

  @Override
  boolean next() {
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      if (columns.hasSession() && row.isNullAt(columns.session())
          || row.isNullAt(columns.neuron())
          || row.isNullAt(columns.time())) {
        continue;
      }
      String session =
          columns.hasSession() ? row.getUTF8String(columns.session()).toString() : Sessions.ONLY;
      int place = neurons.indexOf(session, columns.label(row));
      if (place >= 0) {
        int length = read(row.getArray(columns.time()));
        set(session, place, buffer, length);
        return true;
      }
    }
    return false;
  }

  /** Copies what is not null, and returns how many there are. */
  private int read(ArrayData array) {
    int length = array.numElements();
    if (array instanceof UnsafeArrayData unsafe && !hasNull(unsafe)) {
      reserve(length);
      long from = unsafe.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(length);
      Platform.copyMemory(
          unsafe.getBaseObject(),
          from,
          buffer,
          Platform.DOUBLE_ARRAY_OFFSET,
          (long) length * Double.BYTES);
      return length;
    }
    if (array instanceof ColumnarArray && !hasNull(array)) {
      buffer = array.toDoubleArray();
      return length;
    }
    reserve(length);
    int there = 0;
    for (int i = 0; i < length; i++) {
      if (!array.isNullAt(i)) {
        buffer[there++] = array.getDouble(i);
      }
    }
    return there;
  }

  private void reserve(int length) {
    if (buffer.length < length) {
      buffer = new double[length];
    }
  }

  private static boolean hasNull(ArrayData array) {
    for (int i = 0; i < array.numElements(); i++) {
      if (array.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }

  /** A bit for each element, in words before the elements. */
  private static boolean hasNull(UnsafeArrayData array) {
    long first = array.getBaseOffset() + Long.BYTES;
    long end =
        array.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(array.numElements());
    for (long word = first; word < end; word += Long.BYTES) {
      if (Platform.getLong(array.getBaseObject(), word) != 0) {
        return true;
      }
    }
    return false;
  }
}
