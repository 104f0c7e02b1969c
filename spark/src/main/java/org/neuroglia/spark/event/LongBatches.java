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
 * Trains gathered from batches of columns, as Parquet gives them. Where names are numbers of a
 * dictionary, a name is looked at once a batch, not once a spike.
 */
final class LongBatches extends LongTrains {
  private static final int NONE = -1;

  private final Iterator<ColumnarBatch> batches;
  private final SpikeColumns columns;

  private ColumnVector sessions;
  private int[] sessionIds = {};
  private ColumnVector names;
  private int[] ids = {};
  private double[] times = {};
  private boolean[] missing = {};
  private int row;
  private int rows;

  private UTF8String session;
  private int sessionId = NONE;
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
    if (trains == null && !columns.hasSession()) {
      trains = session(null);
    }
    if (ids.length > 0 && missing.length == 0) {
      gatherByIds();
      return true;
    }
    for (; row < rows && !isFull(); row++) {
      if (missing.length > 0 && missing[row]) {
        continue;
      }
      if (columns.hasSession() && (sessionIds.length == 0 || sessionIds[row] != sessionId)) {
        follow(sessions.getUTF8String(row));
        sessionId = sessionIds.length == 0 ? NONE : sessionIds[row];
      }
      Train train = ids.length == 0 ? train(trains, session, name()) : trainOf(ids[row], row);
      add(train, times[row]);
    }
    return true;
  }

  /** The rows of a batch with names by numbers and nothing missing: the usual case. */
  private void gatherByIds() {
    int[] ofRow = ids;
    double[] seconds = times;
    int end = (int) Math.min(rows, row + (long) room());
    while (row < end) {
      int sameSession = sameSession(end);
      for (int r = row; r < sameSession; r++) {
        int id = ofRow[r];
        Train train = id < known.length && checkedIn[id] == batch ? known[id] : trainOf(id, r);
        add(train, seconds[r]);
      }
      row = sameSession;
    }
  }

  /** Follows the session of the row, and returns the end of its rows. */
  private int sameSession(int end) {
    if (!columns.hasSession()) {
      return end;
    }
    follow(sessions.getUTF8String(row));
    if (sessionIds.length == 0) {
      return row + 1;
    }
    int next = row + 1;
    while (next < end && sessionIds[next] == sessionIds[row]) {
      next++;
    }
    return next;
  }

  private boolean nextBatch() {
    do {
      if (!batches.hasNext()) {
        return false;
      }
      ColumnarBatch next = batches.next();
      row = 0;
      rows = next.numRows();
      sessions = columns.hasSession() ? next.column(columns.session()) : null;
      names = next.column(columns.neuron());
      ColumnVector seconds = next.column(columns.time());
      missing = missing(rows, sessions, names, seconds);
      times = seconds.getDoubles(0, rows);
      ids = dictionaryIds(columns.hasIntegerNeurons() ? null : names);
      sessionIds = dictionaryIds(sessions);
      sessionId = NONE;
      batch++;
    } while (rows == 0);
    return true;
  }

  /** Which rows lack something; empty if none does. */
  private static boolean[] missing(int rows, ColumnVector... vectors) {
    boolean[] missing = {};
    for (ColumnVector vector : vectors) {
      if (vector != null && vector.hasNull()) {
        missing = missing.length == 0 ? new boolean[rows] : missing;
        for (int i = 0; i < rows; i++) {
          missing[i] |= vector.isNullAt(i);
        }
      }
    }
    return missing;
  }

  /** The numbers of names in a dictionary, or none where a batch has no dictionary. */
  private int[] dictionaryIds(ColumnVector vector) {
    return vector instanceof WritableColumnVector writable && writable.hasDictionary()
        ? writable.getDictionaryIds().getInts(0, rows)
        : new int[] {};
  }

  private void follow(UTF8String ofSession) {
    if (!ofSession.equals(session)) {
      session = ofSession.clone();
      trains = session(session);
      Arrays.fill(checkedIn, 0);
      Arrays.fill(knownNames, null);
    }
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
  private Train trainOf(int id, int row) {
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
