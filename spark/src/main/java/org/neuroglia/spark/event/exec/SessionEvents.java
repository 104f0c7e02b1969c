package org.neuroglia.spark.event.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The events of one session: their times ascending, each once, and the rows at each. Events without
 * a time come last.
 */
final class SessionEvents {
  /** An executor gets a broadcast once, and its tasks put it in order once. */
  private static final Map<InternalRow[], Map<String, SessionEvents>> OF_BROADCASTS =
      new WeakHashMap<>();

  private final double[] times;
  private final int[] starts;
  private final UnsafeRow[] rows;

  private record Event(double time, UnsafeRow row) {}

  /**
   * @param events rows of one session, not reused
   */
  SessionEvents(List<UnsafeRow> events, EventColumns columns) {
    Event[] sorted =
        events.stream().map(row -> new Event(columns.time(row), row)).toArray(Event[]::new);
    Arrays.sort(sorted, Comparator.comparingDouble(Event::time));
    rows = Arrays.stream(sorted).map(Event::row).toArray(UnsafeRow[]::new);
    double[] distinct = new double[rows.length];
    int[] first = new int[rows.length + 1];
    int count = 0;
    int timed = 0;
    for (; timed < rows.length && !Double.isNaN(sorted[timed].time()); timed++) {
      double time = sorted[timed].time();
      if (count == 0 || distinct[count - 1] != time) {
        distinct[count] = time;
        first[count++] = timed;
      }
    }
    first[count] = timed;
    times = Arrays.copyOf(distinct, count);
    starts = Arrays.copyOf(first, count + 1);
  }

  /** The sessions of broadcast parcels of events; the key is null where a session is. */
  static Map<String, SessionEvents> of(InternalRow[] broadcast, EventColumns columns) {
    synchronized (OF_BROADCASTS) {
      return OF_BROADCASTS.computeIfAbsent(
          broadcast,
          parcels -> {
            Map<String, List<UnsafeRow>> rows = new HashMap<>();
            for (InternalRow row : parcels) {
              Parcel parcel = Parcel.of(row);
              PackEventsExec.unpack(
                  parcel.bytes(),
                  columns.width(),
                  rows.computeIfAbsent(parcel.session(), session -> new ArrayList<>()));
            }
            Map<String, SessionEvents> sessions = new HashMap<>();
            rows.forEach((name, list) -> sessions.put(name, new SessionEvents(list, columns)));
            return sessions;
          });
    }
  }

  /** Ascending, each once. */
  double[] times() {
    return times;
  }

  /** Number of blocks of {@code perBlock} times, and one of the events without a time if any. */
  int blocks(int perBlock) {
    int timed = (times.length + perBlock - 1) / perBlock;
    return starts[times.length] < rows.length ? timed + 1 : timed;
  }

  /** The first row at a time, or for the number of times, the first row without a time. */
  int firstRow(int time) {
    return starts[time];
  }

  /** Number of rows. */
  int size() {
    return rows.length;
  }

  /** The own columns of a row. */
  UnsafeRow row(int i) {
    return rows[i];
  }
}
