package org.neuroglia.spark.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.execution.datasources.parquet.ParquetDictionary;
import org.apache.spark.sql.execution.vectorized.Dictionary;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.spark.tensor.NeuronAxis;

/**
 * Trains gathered from batches of columns, as Parquet gives them. Where neurons are numbers of a
 * dictionary, a name is looked at once a dictionary, not once a spike.
 */
final class LongBatches extends LongTrains {
  private static final int UNKNOWN = -2;

  /** Spark wraps a dictionary of Parquet anew for each batch; what it wraps has no getter. */
  private static final Optional<VarHandle> WRAPPED =
      field(WritableColumnVector.class, Dictionary.class);

  private static final Optional<VarHandle> DICTIONARY =
      field(ParquetDictionary.class, org.apache.parquet.column.Dictionary.class);

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
  private Map<Object, Integer> trains;
  private Object dictionary;
  private int[] known = {};

  LongBatches(Iterator<ColumnarBatch> batches, SpikeColumns columns, NeuronAxis neurons) {
    super(neurons);
    this.batches = batches;
    this.columns = columns;
    if (!columns.hasSession()) {
      trains = session(null);
    }
  }

  private static Optional<VarHandle> field(Class<?> of, Class<?> type) {
    try {
      return Optional.of(
          MethodHandles.privateLookupIn(of, MethodHandles.lookup())
              .findVarHandle(of, "dictionary", type));
    } catch (ReflectiveOperationException e) {
      return Optional.empty(); // names are looked at once a batch
    }
  }

  @Override
  protected boolean gather() {
    if (row == rows && !nextBatch()) {
      return false;
    }
    int end = (int) Math.min(rows, row + (long) room());
    while (row < end) {
      if (missing.length > 0 && missing[row]) {
        row++;
        continue;
      }
      int sameSession = sameSession(end);
      if (ids.length > 0 && missing.length == 0) {
        gatherByIds(sameSession);
      } else {
        gatherByNames(sameSession);
      }
    }
    return true;
  }

  /** Follows the session of the row, and returns the end of its rows. */
  private int sameSession(int end) {
    if (!columns.hasSession()) {
      return end;
    }
    UTF8String ofRow = sessions.getUTF8String(row);
    if (!ofRow.equals(session)) {
      session = ofRow.clone();
      trains = session(session);
      Arrays.fill(known, UNKNOWN);
    }
    int next = row + 1;
    while (sessionIds.length > 0 && next < end && sessionIds[next] == sessionIds[row]) {
      next++;
    }
    return next;
  }

  /** The usual case: names by numbers, and nothing missing. */
  private void gatherByIds(int end) {
    int[] ofRow = ids;
    double[] seconds = times;
    for (int r = row; r < end; r++) {
      int id = ofRow[r];
      int train = id < known.length ? known[id] : UNKNOWN;
      add(train == UNKNOWN ? trainOf(id, r) : train, seconds[r]);
    }
    row = end;
  }

  private int trainOf(int id, int ofRow) {
    if (id >= known.length) {
      int before = known.length;
      known = Arrays.copyOf(known, Math.max(id + 1, 2 * before));
      Arrays.fill(known, before, known.length, UNKNOWN);
    }
    known[id] = train(trains, session, names.getUTF8String(ofRow));
    return known[id];
  }

  private void gatherByNames(int end) {
    for (; row < end; row++) {
      if (missing.length == 0 || !missing[row]) {
        add(train(trains, session, name()), times[row]);
      }
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
      if (ids.length > 0) {
        follow((WritableColumnVector) names);
      }
    } while (rows == 0);
    return true;
  }

  /** Forgets what the numbers mean unless the batch has the dictionary of the one before. */
  private void follow(WritableColumnVector vector) {
    Object ofBatch =
        WRAPPED
            .map(field -> field.get(vector))
            .filter(ParquetDictionary.class::isInstance)
            .flatMap(wrapped -> DICTIONARY.map(field -> field.get((ParquetDictionary) wrapped)))
            .orElse(null);
    if (ofBatch == null || ofBatch != dictionary) {
      Arrays.fill(known, UNKNOWN);
    }
    dictionary = ofBatch;
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
}
