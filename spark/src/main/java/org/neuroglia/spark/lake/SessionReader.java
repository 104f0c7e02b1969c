package org.neuroglia.spark.lake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbTableName;
import org.neuroglia.nwb.NwbTableName.Kind;
import org.neuroglia.spark.nwb.NwbRecording;
import org.neuroglia.spark.nwb.RecordedTable;
import org.neuroglia.spark.nwb.RecordedTraces;
import org.neuroglia.spark.plan.Values;

/** Hands on the rows of all tables of one file, and tells what there was. */
final class SessionReader {
  /** Where rows go. */
  interface Tables {
    Consumer<InternalRow> rows(String table, StructType schema);
  }

  private final BatchReader.Order order;
  private final Batch.Work work;
  private final NwbRecording recording;
  private final Tables tables;

  private final List<Batch.Columns> columns = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Map<String, Long> events = new LinkedHashMap<>();
  private final List<Object> traces = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();
  private long units;
  private long spikes;

  SessionReader(BatchReader.Order order, Batch.Work work, NwbRecording recording, Tables tables) {
    this.order = order;
    this.work = work;
    this.recording = recording;
    this.tables = tables;
  }

  /** Columns of the tables, as this file has them. */
  List<Batch.Columns> columns() {
    return columns;
  }

  Batch.Session read() {
    Map<String, Integer> named = new HashMap<>();
    recording.tables().forEach(table -> named.merge(table.name(), 1, Integer::sum));
    for (NwbTableName table : recording.tables()) {
      boolean shared = named.get(table.name()) > 1;
      read(table, shared ? table.path() : table.name());
    }
    order.series().forEach(this::readTraces);
    if (!work.isWhole()) {
      return null;
    }
    notes.addAll(recording.notes());
    return new Batch.Session(
        recording.session(),
        work.source(),
        Values.compact(row(), SessionsSchema.SESSIONS),
        List.copyOf(notes));
  }

  private boolean wanted(String key) {
    return work.isWhole() || work.tables().contains(key);
  }

  private void read(NwbTableName table, String name) {
    boolean isUnits = table.name().equals(TableKeys.UNITS) && table.kind() == Kind.UNITS;
    String key = isUnits ? TableKeys.UNITS : TableKeys.events(name);
    if (!wanted(key)) {
      return;
    }
    if (!isUnits && (table.kind() == Kind.UNITS || table.kind() == Kind.TABLE)) {
      note(table, "is not of events");
      return;
    }
    RecordedTable recorded;
    try {
      if (recording.hasRate(table)) {
        note(table, "is sampled at a rate; ask for it as a series");
        return;
      }
      recorded = recording.table(table, columns(table, name));
    } catch (InvalidInputException e) {
      if (isUnits) {
        throw e; // a session without its units would not be what the file has
      }
      notes.add(e.getMessage());
      return;
    }
    recorded.notes().forEach(note -> notes.add(name + ": " + note));
    StructType schema = MergedColumns.stored(recorded.schema());
    StructType written = written(key, schema);
    if (isUnits) {
      readUnits(recorded, written);
    } else {
      recorded.forEachRow(written, tables.rows(key, written));
      events.put(name, (long) recorded.rowCount());
    }
    names.add(name);
    rows.add((long) recorded.rowCount());
  }

  private void note(NwbTableName table, String why) {
    notes.add("Table " + table.path() + " is left out: it " + why + ".");
  }

  /** Names for a table that has none. */
  private List<String> columns(NwbTableName table, String name) {
    int unnamed = recording.unnamedColumns(table);
    if (unnamed == 0) {
      return List.of();
    }
    List<String> given = order.columns().getOrDefault(name, List.of());
    if (!given.isEmpty()) {
      return given;
    }
    List<String> any = order.columns().getOrDefault("", List.of());
    if (any.size() == unnamed) {
      return any;
    }
    List<String> numbered = new ArrayList<>(List.of("time"));
    for (int i = 2; i <= unnamed; i++) {
      numbered.add("column_" + i);
    }
    return numbered;
  }

  private StructType written(String key, StructType schema) {
    Optional<StructType> known = Optional.ofNullable(order.known().get(key));
    columns.add(new Batch.Columns(key, schema, work.source().file()));
    return MergedColumns.written(known, schema);
  }

  private void readUnits(RecordedTable recorded, StructType written) {
    int times = Arrays.asList(written.fieldNames()).indexOf("times");
    Consumer<InternalRow> trains = tables.rows(TableKeys.UNITS, written);
    recorded.forEachRow(
        written,
        row -> {
          if (times >= 0) {
            spikes += row.getArray(times).numElements();
          }
          trains.accept(row);
        });
    units = recorded.rowCount();
  }

  private void readTraces(String series) {
    String key = TableKeys.traces(series);
    if (!wanted(key)) {
      return;
    }
    Optional<RecordedTraces> found = recording.traces(series);
    if (found.isEmpty()) {
      return;
    }
    RecordedTraces recorded = found.get();
    StructType written = written(key, recorded.schema());
    recorded.forEachRow(written, tables.rows(key, written));
    traces.add(
        Values.row(
            new Object[] {
              UTF8String.fromString(series),
              UTF8String.fromString(recorded.path()),
              recorded.neurons(),
              recorded.samples(),
              UTF8String.fromString(recorded.unit()),
              recorded.areWhole()
            }));
  }

  private InternalRow row() {
    InternalRow about = recording.about();
    Object[] values = new Object[SessionsSchema.SESSIONS.size()];
    for (int i = 0; i < values.length; i++) {
      StructField field = SessionsSchema.SESSIONS.fields()[i];
      values[i] =
          i < NwbRecording.ABOUT.size() ? about.get(i, field.dataType()) : counted(field.name());
    }
    return Values.row(values);
  }

  private Object counted(String column) {
    return switch (column) {
      case "units" -> units;
      case "tables" -> SessionsSchema.texts(names);
      case "table_rows" -> Values.array(rows.stream().mapToLong(Long::longValue).toArray());
      case "file_size" -> work.source().size();
      case "modified" -> work.source().modified() * 1000;
      case "spikes" -> spikes;
      case "events" -> SessionsSchema.map(events);
      case "traces" -> Values.list(traces.toArray());
      case "series" -> SessionsSchema.texts(order.series());
      case "notes" -> SessionsSchema.texts(notes);
      case "ingested" -> System.currentTimeMillis() * 1000;
      case SessionsSchema.VERSIONS -> SessionsSchema.map(Map.of());
      default -> throw new IllegalArgumentException(column);
    };
  }
}
