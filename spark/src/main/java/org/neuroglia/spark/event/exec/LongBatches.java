package org.neuroglia.spark.event.exec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.event.EventWindows;
import org.neuroglia.spark.plan.SparkVersions;

/**
 * Trains gathered from batches of columns, as Parquet gives them. Where neurons are numbers of a
 * dictionary, a name is looked at once a dictionary, not once a spike.
 */
public final class LongBatches extends LongTrains {
  private static final int UNKNOWN = -2;
  private static final int MOST_NUMBERS = 1 << 16;

  /** Instead of a dictionary, where neurons are their own numbers. */
  private static final Object NUMBERS = new Object();

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

  /** The spikes of a batch that are asked for. */
  private int[] someTrains = {};

  private double[] someTimes = {};
  private int[] places = {};

  private final Map<UTF8String, Session> known = new HashMap<>();
  private Session session;
  private Object meaning;

  /** What is known of a session: its trains by neuron, and by number as long as these mean that. */
  private static final class Session {
    private final UTF8String name;
    private final String text;
    private final Map<Object, Integer> trains;
    private final EventWindows windows;
    private int[] byNumber = {};
    private Object meaning;

    Session(UTF8String name, Map<Object, Integer> trains, EventWindows windows) {
      this.name = name;
      this.text = LongTrains.name(name);
      this.trains = trains;
      this.windows = windows;
    }

    /** Forgets what the numbers meant unless they mean the same. */
    void follow(Object now) {
      if (now == null || now != meaning) {
        Arrays.fill(byNumber, UNKNOWN);
      }
      meaning = now;
    }
  }

  public LongBatches(
      Iterator<ColumnarBatch> batches,
      SpikeColumns columns,
      ToIntBiFunction<String, String> places) {
    super(places);
    this.batches = batches;
    this.columns = columns;
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
      if (session == null) {
        session = new Session(null, session(null), windows(null));
        session.follow(meaning);
      }
      return end;
    }
    UTF8String ofRow = sessions.getUTF8String(row);
    if (session == null || !ofRow.equals(session.name)) {
      session = known.get(ofRow);
      if (session == null) {
        session = new Session(ofRow.clone(), session(ofRow), windows(ofRow));
        known.put(session.name, session);
      }
      session.follow(meaning);
    }
    if (sessions instanceof ConstantColumnVector) {
      return end;
    }
    int next = row + 1;
    while (sessionIds.length > 0 && next < end && sessionIds[next] == sessionIds[row]) {
      next++;
    }
    return next;
  }

  /** The usual case: names by numbers, and nothing missing. */
  private void gatherByIds(int end) {
    if (someTrains.length < end - row) {
      someTrains = new int[rows];
      someTimes = new double[rows];
      places = new int[rows];
    }
    int some = 0;
    int[] ofRow = ids;
    double[] seconds = times;
    int[] byNumber = session.byNumber;
    EventWindows windows = session.windows;
    for (int r = row; r < end; ) {
      boolean covered = windows.cover(seconds[r]);
      int same = windows.endOfSame(seconds, r, end);
      for (int i = covered ? r : same; i < same; i++) {
        int id = ofRow[i];
        int train = id < byNumber.length ? byNumber[id] : UNKNOWN;
        if (train == UNKNOWN) {
          train = trainOf(id, i);
          byNumber = session.byNumber;
        }
        if (train != NONE) {
          someTrains[some] = train;
          someTimes[some++] = seconds[i];
        }
      }
      r = same;
    }
    row = end;
    if (!count(session.text, someTrains, someTimes, some, places)) {
      for (int i = 0; i < some; i++) {
        add(someTrains[i], someTimes[i]);
      }
    }
  }

  private int trainOf(int id, int ofRow) {
    int before = session.byNumber.length;
    if (id >= before) {
      session.byNumber = Arrays.copyOf(session.byNumber, Math.max(id + 1, 2 * before));
      Arrays.fill(session.byNumber, before, session.byNumber.length, UNKNOWN);
    }
    int train = train(session.trains, session.name, name(ofRow));
    session.byNumber[id] = train;
    return train;
  }

  private void gatherByNames(int end) {
    for (; row < end; row++) {
      if ((missing.length == 0 || !missing[row]) && session.windows.cover(times[row])) {
        add(train(session.trains, session.name, name(row)), times[row]);
      }
    }
  }

  private Object name(int ofRow) {
    return columns.hasIntegerNeurons()
        ? (Object) columns.number(names, ofRow)
        : names.getUTF8String(ofRow);
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
      ColumnVector seconds = columns.hasTime() ? next.column(columns.time()) : null;
      missing = missing(rows, sessions, names, seconds);
      if (seconds == null) {
        times = times.length < rows ? new double[rows] : times; // any will do
      } else {
        times = missing.length == 0 ? seconds.getDoubles(0, rows) : present(seconds);
      }
      sessionIds = dictionaryIds(sessions);
      ids = dictionaryIds(names);
      meaning =
          ids.length > 0
              ? SparkVersions.dictionary((WritableColumnVector) names).orElse(null)
              : null;
      if (ids.length == 0 && columns.hasIntegerNeurons() && missing.length == 0) {
        ids = smallNumbers();
        meaning = NUMBERS;
      }
      if (session != null) {
        session.follow(meaning);
      }
    } while (rows == 0);
    return true;
  }

  /** The times of the rows that have all. */
  private double[] present(ColumnVector seconds) {
    double[] present = new double[rows];
    for (int i = 0; i < rows; i++) {
      if (!missing[i]) {
        present[i] = seconds.getDouble(i);
      }
    }
    return present;
  }

  /** Neurons that are small numbers are their own numbers; none where one is not small. */
  private int[] smallNumbers() {
    int[] small = new int[rows];
    for (int i = 0; i < rows; i++) {
      long number = columns.number(names, i);
      if (number < 0 || number >= MOST_NUMBERS) {
        return new int[] {};
      }
      small[i] = (int) number;
    }
    return small;
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
