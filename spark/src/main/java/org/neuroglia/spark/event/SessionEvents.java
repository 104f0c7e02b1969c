package org.neuroglia.spark.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.plan.Attributes;
import scala.collection.immutable.Seq;

/**
 * The events of one session: their times ascending, each once, and the rows at each. Events without
 * a time come last.
 */
final class SessionEvents {
  /** Where rows of events have what; {@code own} is a struct of the events' own columns. */
  record Columns(int session, int slice, int time, int own, int width) implements Serializable {
    private static final long serialVersionUID = 1L;

    String session(InternalRow row) {
      return row.isNullAt(session) ? null : row.getUTF8String(session).toString();
    }
  }

  /** An executor gets a broadcast once, and its tasks put it in order once. */
  private static final Map<InternalRow[], Map<String, SessionEvents>> OF_BROADCASTS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final double[] times;
  private final int[] starts;
  private final UnsafeRow[] rows;

  /**
   * @param events rows of one session, not reused
   */
  SessionEvents(List<? extends InternalRow> events, Columns columns) {
    List<InternalRow> sorted =
        events.stream()
            .sorted(
                Comparator.comparingDouble(
                    (InternalRow row) ->
                        row.isNullAt(columns.time()) ? Double.NaN : row.getDouble(columns.time())))
            .collect(Collectors.toList());
    rows = new UnsafeRow[sorted.size()];
    double[] distinct = new double[rows.length];
    int[] first = new int[rows.length + 1];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      InternalRow row = sorted.get(i);
      rows[i] = (UnsafeRow) row.getStruct(columns.own(), columns.width());
      if (!row.isNullAt(columns.time())) {
        double time = row.getDouble(columns.time());
        if (count == 0 || distinct[count - 1] != time) {
          distinct[count] = time;
          first[count++] = i;
        }
      }
    }
    int timed = rows.length;
    while (timed > 0 && sorted.get(timed - 1).isNullAt(columns.time())) {
      timed--;
    }
    first[count] = timed;
    times = Arrays.copyOf(distinct, count);
    starts = Arrays.copyOf(first, count + 1);
  }

  /** Where a plan of events has what: session, slice, time and the own columns. */
  static Columns columns(SparkPlan events, Seq<Attribute> attributes) {
    return new Columns(
        Attributes.position(events, attributes.apply(0)),
        Attributes.position(events, attributes.apply(1)),
        Attributes.position(events, attributes.apply(2)),
        Attributes.position(events, attributes.apply(3)),
        ((StructType) attributes.apply(3).dataType()).size());
  }

  /** The sessions of a broadcast table of events; the key is null where a session is. */
  static Map<String, SessionEvents> of(InternalRow[] broadcast, Columns columns) {
    synchronized (OF_BROADCASTS) {
      return OF_BROADCASTS.computeIfAbsent(
          broadcast,
          all -> {
            Map<String, List<InternalRow>> rows = new HashMap<>();
            for (InternalRow row : all) {
              rows.computeIfAbsent(columns.session(row), s -> new ArrayList<>()).add(row);
            }
            Map<String, SessionEvents> sessions = new HashMap<>();
            rows.forEach(
                (session, list) -> sessions.put(session, new SessionEvents(list, columns)));
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
