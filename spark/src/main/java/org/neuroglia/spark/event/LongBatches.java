package org.neuroglia.spark.event;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.spark.tensor.NeuronAxis;

/**
 * Trains gathered from batches of columns, as Parquet gives them. Where neurons are numbers of a
 * dictionary, a name is looked at once a batch, not once a spike.
 */
final class LongBatches extends LongTrains {
  private final Iterator<ColumnarBatch> batches;
  private final SpikeColumns columns;

  private ColumnVector sessions;
  private ColumnVector names;
  private WritableColumnVector ids;
  private ColumnVector times;
  private int row;
  private int rows;

  private UTF8String session;
  private Map<Object, Train> trains;
  private UTF8String[] knownNames = {};
  private Train[] known = {};
  private int[] checkedIn = {};
  private int batch;

  LongBatches(Iterator<ColumnarBatch> batches, SpikeColumns columns, NeuronAxis neurons) {
    super(neurons);
    this.batches = batches;
    this.columns = columns;
  }

  @Override
  protected boolean gather() {
    if (row == rows && !nextBatch()) {
      return false;
    }
    boolean nulls =
        columns.hasSession() && sessions.hasNull() || names.hasNull() || times.hasNull();
    for (; row < rows && !isFull(); row++) {
      if (nulls
          && (columns.hasSession() && sessions.isNullAt(row)
              || names.isNullAt(row)
              || times.isNullAt(row))) {
        continue;
      }
      if (columns.hasSession()) {
        follow(sessions.getUTF8String(row));
      } else if (trains == null) {
        trains = session(null);
      }
      add(ids == null ? train(trains, session, name()) : trainOf(ids.getInt(row)), time());
    }
    return true;
  }

  private boolean nextBatch() {
    if (!batches.hasNext()) {
      return false;
    }
    ColumnarBatch next = batches.next();
    row = 0;
    rows = next.numRows();
    sessions = columns.hasSession() ? next.column(columns.session()) : null;
    names = next.column(columns.neuron());
    times = next.column(columns.time());
    ids =
        !columns.hasIntegerNeurons()
                && names instanceof WritableColumnVector vector
                && vector.hasDictionary()
            ? vector.getDictionaryIds()
            : null;
    batch++;
    return true;
  }

  private void follow(UTF8String ofSession) {
    if (!ofSession.equals(session)) {
      session = ofSession.clone();
      trains = session(session);
      Arrays.fill(checkedIn, 0);
      Arrays.fill(knownNames, null);
    }
  }

  private double time() {
    return times.getDouble(row);
  }

  private Object name() {
    if (!columns.hasIntegerNeurons()) {
      return names.getUTF8String(row);
    }
    return switch (columns.neuronType().typeName()) {
      case "long" -> names.getLong(row);
      case "integer" -> (long) names.getInt(row);
      case "short" -> (long) names.getShort(row);
      default -> (long) names.getByte(row);
    };
  }

  /** The train of a number of the dictionary, which may be another one in each batch. */
  private Train trainOf(int id) {
    if (id >= known.length) {
      int more = Math.max(id + 1, 2 * known.length);
      known = Arrays.copyOf(known, more);
      knownNames = Arrays.copyOf(knownNames, more);
      checkedIn = Arrays.copyOf(checkedIn, more);
    }
    if (checkedIn[id] != batch) {
      UTF8String name = names.getUTF8String(row);
      if (!name.equals(knownNames[id])) {
        known[id] = train(trains, session, name);
        knownNames[id] = name.clone();
      }
      checkedIn[id] = batch;
    }
    return known[id];
  }
}
