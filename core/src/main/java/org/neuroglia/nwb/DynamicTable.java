package org.neuroglia.nwb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;

/**
 * A DynamicTable of NWB 2: a group with a dataset for each column, in the order of the attribute
 * {@code colnames}; {@code X_index} holds where the lists of a ragged column {@code X} end.
 *
 * @see <a href="https://hdmf-common-schema.readthedocs.io">hdmf-common schema, DynamicTable</a>
 */
final class DynamicTable {
  /** Spikes of this many values are read at a time for a summary. */
  private static final long SPIKES_AT_A_TIME = 1 << 24;

  private static final String NOT_ENDS = "is not ascending, or exceeds the values of its column";

  private final HdfGroup group;
  private final NwbTableName name;
  private final int rows;
  private final List<String> notes = new ArrayList<>();

  DynamicTable(HdfGroup group, NwbTableName name) {
    this.group = group;
    this.name = name;
    this.rows = countRows();
  }

  NwbTable read() {
    return switch (name.kind()) {
      case UNITS -> units();
      case INTERVALS -> intervals();
      case EVENTS -> events();
      default -> plain();
    };
  }

  private int countRows() {
    Optional<HdfDataset> id = group.dataset("id");
    if (id.isPresent()) {
      return id.get().rowCount();
    }
    notes.add("It has no ids.");
    for (String column : columnNames()) {
      Optional<HdfDataset> values = group.dataset(isRagged(column) ? column + "_index" : column);
      if (values.isPresent()) {
        return values.get().rowCount();
      }
    }
    return 0;
  }

  /** Those of {@code colnames}, then any other column that the group holds. */
  private List<String> columnNames() {
    Set<String> names = new LinkedHashSet<>();
    Object listed = group.attribute("colnames").orElse(new String[0]);
    if (listed instanceof String one) {
      names.add(one);
    } else if (listed instanceof Object[] several) {
      Arrays.stream(several).map(Object::toString).forEach(names::add);
    }
    Set<String> others = new LinkedHashSet<>(group.links().keySet());
    others.removeAll(names);
    others.remove("id");
    for (String other : others) {
      boolean index = other.endsWith("_index") && isRagged(other.substring(0, other.length() - 6));
      if (!index) {
        names.add(other);
      }
    }
    return List.copyOf(names);
  }

  /** Whether a column has an index; one that is a column of its own by its name is none. */
  private boolean isRagged(String column) {
    if (!group.has(column) || !group.has(column + "_index")) {
      return false;
    }
    String type = group.dataset(column + "_index").map(d -> d.text("neurodata_type")).orElse("-");
    return type.isEmpty() || type.equals("VectorIndex");
  }

  private NwbTable units() {
    ColumnNames names = new ColumnNames("neuron", "times");
    List<NwbColumn> columns = new ArrayList<>();
    Optional<HdfDataset> id = group.dataset("id");
    if (id.isPresent() && isUnique(id.get().read(0, rows))) {
      columns.add(plainColumn("neuron", id.get()));
    } else {
      columns.add(NwbColumn.rowNumbers("neuron", rows));
      if (id.isPresent()) {
        notes.add("The ids of its units repeat: neuron is the row, and id is kept.");
        columns.add(plainColumn(names.free("id"), id.get()));
      }
    }
    Supplier<SpikeSummary> summary = null;
    if (group.has("spike_times")) {
      if (isRagged("spike_times")) {
        NwbColumn stored = column("spike_times", "times");
        if (stored.depth() != 1 || !stored.type().isNumber()) {
          throw wrong("spike_times", "must hold one list of numbers per unit");
        }
        columns.add(
            new NwbColumn(
                    "times",
                    NwbType.DOUBLE,
                    1,
                    rows,
                    (from, to) -> Trains.ascending(stored.read(from, to).asDoubles()),
                    stored::ends,
                    (from, to) ->
                        Trains.ascending(
                            stored.type() == NwbType.DOUBLE
                                ? stored.lists(from, to)
                                : NwbColumn.lists(stored.read(from, to).asDoubles())))
                .counting(stored.valueCount().orElse(-1)));
        summary = () -> summary(stored);
      } else {
        notes.add("spike_times is left out: it has no spike_times_index.");
      }
    } else {
      notes.add("It has no spike_times.");
    }
    addFileColumns(columns, names, Set.of("spike_times"));
    return new NwbTable(group.file().name(), name, rows, columns, notes, summary);
  }

  private SpikeSummary summary(NwbColumn stored) {
    SpikeSummary sum = SpikeSummary.NONE;
    long[] ends = stored.ends();
    for (int from = 0; from < rows; ) {
      long start = from == 0 ? 0 : ends[from - 1];
      int to = from + 1;
      while (to < rows && ends[to] - start <= SPIKES_AT_A_TIME) {
        to++;
      }
      sum = sum.plus(Trains.summary(stored.read(from, to).asDoubles()));
      from = to;
    }
    return sum;
  }

  private NwbTable intervals() {
    boolean hasStop = group.has("stop_time");
    ColumnNames names =
        hasStop ? new ColumnNames("event", "time", "duration") : new ColumnNames("event", "time");
    List<NwbColumn> columns = new ArrayList<>();
    columns.add(NwbColumn.rowNumbers("event", rows));
    NwbColumn start = times("start_time");
    columns.add(start.named("time"));
    if (hasStop) {
      NwbColumn stop = times("stop_time");
      columns.add(
          new NwbColumn(
              "duration",
              NwbType.DOUBLE,
              rows,
              (from, to) -> stop.read(from, to).minus(start.read(from, to))));
    }
    addIds(columns, names);
    addFileColumns(columns, names, Set.of());
    return new NwbTable(group.file().name(), name, rows, columns, notes);
  }

  private NwbTable events() {
    ColumnNames names = new ColumnNames("event", "time");
    List<NwbColumn> columns = new ArrayList<>();
    columns.add(NwbColumn.rowNumbers("event", rows));
    columns.add(times("timestamp").named("time"));
    addIds(columns, names);
    addFileColumns(columns, names, Set.of());
    return new NwbTable(group.file().name(), name, rows, columns, notes);
  }

  private NwbTable plain() {
    ColumnNames names = new ColumnNames("row");
    List<NwbColumn> columns = new ArrayList<>();
    columns.add(NwbColumn.rowNumbers("row", rows));
    addIds(columns, names);
    addFileColumns(columns, names, Set.of());
    return new NwbTable(group.file().name(), name, rows, columns, notes);
  }

  private void addIds(List<NwbColumn> columns, ColumnNames names) {
    group.dataset("id").ifPresent(id -> columns.add(plainColumn(names.free("id"), id)));
  }

  private void addFileColumns(List<NwbColumn> columns, ColumnNames names, Set<String> taken) {
    for (String column : columnNames()) {
      if (taken.contains(column)) {
        continue;
      }
      try {
        columns.add(column(column, column).named(names.free(column)));
      } catch (InvalidInputException e) {
        notes.add(column + " is left out: " + e.getMessage());
      }
    }
  }

  /** A column of seconds: one number per row. */
  private NwbColumn times(String column) {
    NwbColumn stored = column(column, column);
    if (stored.depth() != 0 || !stored.type().isNumber()) {
      throw wrong(column, "must hold one number per row");
    }
    return new NwbColumn(
        column, NwbType.DOUBLE, rows, (from, to) -> stored.read(from, to).asDoubles());
  }

  private NwbColumn plainColumn(String column, HdfDataset values) {
    return NwbColumn.of(column, values, rows);
  }

  private NwbColumn column(String stored, String shownAs) {
    HdfDataset values =
        group
            .dataset(stored)
            .orElseThrow(() -> wrong(stored, "is a column of the table but no dataset"));
    List<HdfDataset> indexes = new ArrayList<>(); // outermost first
    for (String at = stored; isRagged(at); at = at + "_index") {
      indexes.add(0, group.dataset(at + "_index").orElseThrow());
    }
    long found = (indexes.isEmpty() ? values : indexes.get(0)).rows();
    if (found != rows) {
      throw wrong(stored, "has " + found + " rows where the table has " + rows);
    }
    if (indexes.isEmpty()) {
      return plainColumn(shownAs, values);
    }
    NwbColumn.ListReader lists =
        indexes.size() == 1 && values.hasStreamOfDoubles()
            ? (from, to) -> lists(values, indexes.get(0), from, to)
            : (from, to) -> NwbColumn.lists(ragged(values, indexes, from, to));
    return new NwbColumn(
            shownAs,
            values.type(),
            indexes.size() + Math.max(0, values.rank() - 1),
            rows,
            (from, to) -> ragged(values, indexes, from, to),
            () -> ends(values, indexes),
            lists)
        .counting(Math.multiplyExact(values.rows(), values.width()));
  }

  /** As {@link #ragged}, list by list. */
  private DoubleLists lists(HdfDataset values, HdfDataset index, int from, int to) {
    int skip = from > 0 ? 1 : 0;
    long[] ends = index.longs(from - skip, to);
    checkEnds(index, ends, values.rows());
    return new DoubleLists() {
      private int row = skip;

      private long start() {
        return row == 0 ? 0 : ends[row - 1];
      }

      @Override
      public int nextLength() {
        long length = ends[row] - start();
        if (length > Integer.MAX_VALUE - 8) {
          throw wrong(nameOf(values), "has more than 2^31 - 9 values in one row");
        }
        return (int) length;
      }

      @Override
      public int next(double[] target, int at) {
        int length = nextLength();
        values.doubles(start(), ends[row], target, at);
        row++;
        return length;
      }
    };
  }

  private NwbValues ragged(HdfDataset values, List<HdfDataset> indexes, int from, int to) {
    int[][] bounds = new int[indexes.size()][];
    long start = from;
    long end = to;
    for (int level = 0; level < bounds.length; level++) {
      HdfDataset index = indexes.get(level);
      long[] ends = index.longs(Math.max(0, start - 1), end);
      int skip = start > 0 ? 1 : 0;
      long first = skip == 1 && ends.length > 0 ? ends[0] : 0;
      bounds[level] = new int[(int) (end - start) + 1];
      long limit = (level + 1 < bounds.length ? indexes.get(level + 1) : values).rows();
      long last = first;
      for (int i = 0; i < end - start; i++) {
        long next = ends[i + skip];
        if (next < last || next > limit) {
          throw wrong(nameOf(index), NOT_ENDS);
        }
        last = next;
        if (last - first > Integer.MAX_VALUE) {
          throw wrong(nameOf(values), "has more than 2^31 - 1 values in the rows asked for");
        }
        bounds[level][i + 1] = (int) (last - first);
      }
      start = first;
      end = last;
    }
    int[][] offsets = Arrays.copyOf(bounds, bounds.length + Math.max(0, values.rank() - 1));
    int[][] inner = NwbColumn.listBounds(values, end - start);
    System.arraycopy(inner, 0, offsets, bounds.length, inner.length);
    return new NwbValues(values.type(), values.read(start, end), offsets);
  }

  private long[] ends(HdfDataset values, List<HdfDataset> indexes) {
    long[] ends = indexes.get(0).longs(0, indexes.get(0).rows());
    for (HdfDataset inner : indexes.subList(1, indexes.size())) {
      long[] innerEnds = inner.longs(0, inner.rows());
      checkEnds(indexes.get(0), ends, innerEnds.length);
      Arrays.setAll(ends, i -> ends[i] == 0 ? 0 : innerEnds[(int) ends[i] - 1]);
    }
    checkEnds(indexes.get(0), ends, values.rows());
    long width = values.width();
    Arrays.setAll(ends, i -> ends[i] * width);
    return ends;
  }

  private void checkEnds(HdfDataset index, long[] ends, long limit) {
    long last = 0;
    for (long end : ends) {
      if (end < last || end > limit) {
        throw wrong(nameOf(index), NOT_ENDS);
      }
      last = end;
    }
  }

  private static String nameOf(HdfDataset dataset) {
    return dataset.path().substring(dataset.path().lastIndexOf('/') + 1);
  }

  private static boolean isUnique(Object ids) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < java.lang.reflect.Array.getLength(ids); i++) {
      if (!seen.add(java.lang.reflect.Array.get(ids, i))) {
        return false;
      }
    }
    return true;
  }

  private InvalidInputException wrong(String column, String problem) {
    return new InvalidInputException(
        group.file().name() + ": " + group.path() + "/" + column + " " + problem + ".");
  }
}
