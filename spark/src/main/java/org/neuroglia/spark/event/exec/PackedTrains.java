package org.neuroglia.spark.event.exec;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.tensor.NeuronAxis;

/** Trains that are a row each; rows of other neurons, and rows that lack anything, are left out. */
final class PackedTrains extends TrainSource {
  private final Iterator<InternalRow> rows;
  private final SpikeColumns columns;
  private final NeuronAxis neurons;
  private double[] buffer = {};
  private boolean mayHaveNull = true;

  PackedTrains(Iterator<InternalRow> rows, SpikeColumns columns, NeuronAxis neurons) {
    this.rows = rows;
    this.columns = columns;
    this.neurons = neurons;
  }

  /** Of batches, whose times say at once whether any is null. */
  static PackedTrains ofBatches(
      Iterator<ColumnarBatch> batches, SpikeColumns columns, NeuronAxis neurons) {
    Batches rows = new Batches(batches, columns.time());
    PackedTrains trains = new PackedTrains(rows, columns, neurons);
    rows.trains = trains;
    return trains;
  }

  /** The rows of batches. */
  private static final class Batches implements Iterator<InternalRow> {
    private final Iterator<ColumnarBatch> batches;
    private final int times;
    private Iterator<InternalRow> rows = Collections.emptyIterator();
    private PackedTrains trains;

    Batches(Iterator<ColumnarBatch> batches, int times) {
      this.batches = batches;
      this.times = times;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        trains.mayHaveNull =
            !(batch.column(times) instanceof WritableColumnVector vector)
                || vector.getChild(0).hasNull();
        rows = batch.rowIterator();
      }
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      hasNext();
      return rows.next();
    }
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
    reserve(length);
    if (array instanceof ColumnarArray columnar && !mayHaveNull) {
      for (int i = 0; i < length; i++) { // its own copy is an array for every train
        buffer[i] = columnar.getDouble(i);
      }
      return length;
    }
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
