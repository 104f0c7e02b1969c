package org.neuroglia.nwb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;

/**
 * A TimeSeries of either version as a table: a row for each time, such as the presentations of a
 * stimulus.
 *
 * <p>{@code time} is {@code timestamps}, or {@code starting_time} and the rate. {@code data} is one
 * column, of lists where it has several dimensions, or a column for each name in {@code features}
 * (NWB 1), in the unit of the file ({@link UnitConversion}). Every other dataset with a row per
 * time is a column too.
 */
final class TimeSeriesTable {
  private static final Set<String> DESCRIBE =
      Set.of(
          "features",
          "feature_units",
          "control_description",
          "channel_conversion",
          "starting_time",
          "num_samples");

  private final HdfGroup group;
  private final NwbTableName name;
  private final List<NwbColumn> columns = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  TimeSeriesTable(HdfGroup group, NwbTableName name) {
    this.group = group;
    this.name = name;
  }

  /**
   * @param given names for the columns of a two-dimensional {@code timestamps}; else empty
   */
  NwbTable read(List<String> given) {
    Optional<HdfDataset> timestamps = group.dataset("timestamps");
    boolean unnamed = timestamps.isPresent() && timestamps.get().width() != 1;
    if (!unnamed && !given.isEmpty()) {
      throw new InvalidInputException(
          group.file().name()
              + ": table "
              + name.name()
              + " has names for its columns already; the option columns is for tables without.");
    }
    int rows = rowCount();
    columns.add(NwbColumn.rowNumbers("event", rows));
    ColumnNames names;
    if (unnamed) {
      names = addNamed(timestamps.get(), given, rows);
    } else if (timestamps.isPresent()) {
      names = new ColumnNames("event", "time");
      columns.add(
          new NwbColumn(
              "time", NwbType.DOUBLE, rows, (from, to) -> doubles(timestamps.get(), from, to)));
    } else {
      names = new ColumnNames("event", "time");
      columns.add(regularTimes(rows));
    }
    for (String child : group.links().keySet()) {
      if (!child.equals("timestamps") && !DESCRIBE.contains(child)) {
        add(child, rows, names);
      }
    }
    return new NwbTable(group.file().name(), name, rows, columns, notes);
  }

  private static NwbValues doubles(HdfDataset dataset, int from, int to) {
    return new NwbValues(NwbType.DOUBLE, dataset.doubles(from, to));
  }

  int rowCount() {
    return group.dataset("timestamps").map(HdfDataset::rowCount).orElseGet(this::sampleCount);
  }

  /** Width of a {@code timestamps} of two dimensions, whose columns have no names; else 0. */
  int unnamedColumns() {
    long width = group.dataset("timestamps").map(HdfDataset::width).orElse(1L);
    return width == 1 ? 0 : Math.toIntExact(width);
  }

  private int sampleCount() {
    Optional<HdfDataset> data = group.dataset("data");
    if (data.isPresent()) {
      return data.get().rowCount();
    }
    return group.dataset("num_samples").map(n -> (int) n.longs(0, 1)[0]).orElse(0);
  }

  /** Sample i is at starting_time + i / rate. */
  private NwbColumn regularTimes(int rows) {
    HdfDataset starting =
        group
            .dataset("starting_time")
            .orElseThrow(() -> wrong("has neither timestamps nor a starting_time"));
    double perSecond =
        starting.number("rate").orElseThrow(() -> wrong("has a starting_time without a rate"));
    return new NwbColumn(
        "time",
        NwbType.DOUBLE,
        rows,
        (from, to) -> {
          double start = starting.doubles(0, 1)[0];
          double[] times = new double[to - from];
          Arrays.setAll(times, i -> start + (from + i) / perSecond);
          return new NwbValues(NwbType.DOUBLE, times);
        });
  }

  private ColumnNames addNamed(HdfDataset table, List<String> given, int rows) {
    int width = (int) table.width();
    if (given.isEmpty()) {
      throw wrong(
          "has timestamps of "
              + rows
              + " x "
              + width
              + " values without names; name its columns with the option columns, for example"
              + " columns=time,end_time,image_id");
    }
    boolean fits = given.size() == width && new HashSet<>(given).size() == width;
    if (!fits || !(given.contains("time") || given.contains("start_time"))) {
      throw wrong(
          "has timestamps of "
              + rows
              + " x "
              + width
              + " values; the option columns must give "
              + width
              + " different names, one of them time or start_time, but is "
              + String.join(",", given));
    }
    int start = given.contains("time") ? given.indexOf("time") : given.indexOf("start_time");
    int end = given.contains("end_time") ? given.indexOf("end_time") : given.indexOf("stop_time");
    boolean known = end >= 0 || given.contains("duration");
    ColumnNames names =
        known ? new ColumnNames("event", "time", "duration") : new ColumnNames("event", "time");
    columns.add(part("time", table, start, rows));
    if (known && !given.contains("duration")) {
      NwbColumn from = part("from", table, start, rows);
      NwbColumn to = part("to", table, end, rows);
      columns.add(
          new NwbColumn(
              "duration",
              NwbType.DOUBLE,
              rows,
              (low, high) -> to.read(low, high).minus(from.read(low, high))));
    }
    for (int i = 0; i < width; i++) {
      String column = given.get(i);
      if (!column.equals("time")) {
        columns.add(part(column.equals("duration") ? column : names.free(column), table, i, rows));
      }
    }
    return names;
  }

  /** Column {@code i} of a two-dimensional dataset. */
  private static NwbColumn part(String column, HdfDataset table, int i, int rows) {
    return new NwbColumn(
        column,
        NwbType.DOUBLE,
        rows,
        (from, to) -> {
          double[] all = table.doubles(from, to);
          int width = (int) table.width();
          double[] part = new double[to - from];
          Arrays.setAll(part, row -> all[row * width + i]);
          return new NwbValues(NwbType.DOUBLE, part);
        });
  }

  private void add(String child, int rows, ColumnNames names) {
    try {
      Optional<HdfDataset> dataset = group.dataset(child);
      if (dataset.isEmpty() || (dataset.get().rank() == 0 && !child.equals("data"))) {
        return; // a group, or a value that describes the series as a whole
      }
      HdfDataset values = dataset.get();
      if (values.rank() == 0 || values.rows() != rows) {
        notes.add(
            child
                + " is left out: it has "
                + values.rows()
                + " rows where there are "
                + rows
                + " times.");
      } else if (child.equals("data")) {
        addData(values, rows, names);
      } else {
        columns.add(NwbColumn.of(names.free(child), values, rows));
      }
    } catch (InvalidInputException e) {
      notes.add(child + " is left out: " + e.getMessage());
    }
  }

  private void addData(HdfDataset data, int rows, ColumnNames names) {
    NwbColumn stored = converted(NwbColumn.of("data", data, rows), data);
    Optional<HdfDataset> features = group.dataset("features");
    boolean named = features.isPresent() && features.get().type() == NwbType.STRING;
    if (data.rank() != 2 || !named || features.get().rows() != data.width()) {
      columns.add(stored.named(names.free("data")));
      return;
    }
    String[] feature = (String[]) features.get().read();
    int width = feature.length;
    for (int i = 0; i < width; i++) {
      int part = i;
      columns.add(
          new NwbColumn(
              names.free(feature[i]),
              stored.type(),
              rows,
              (from, to) -> part(stored.read(from, to), part, width)));
    }
  }

  private static NwbValues part(NwbValues lists, int i, int width) {
    int rows = lists.rows();
    Object part =
        switch (lists.type()) {
          case DOUBLE -> {
            double[] values = new double[rows];
            Arrays.setAll(values, row -> lists.doubles()[row * width + i]);
            yield values;
          }
          case LONG -> {
            long[] values = new long[rows];
            Arrays.setAll(values, row -> lists.longs()[row * width + i]);
            yield values;
          }
          case STRING -> {
            String[] values = new String[rows];
            Arrays.setAll(values, row -> lists.strings()[row * width + i]);
            yield values;
          }
          case BOOLEAN -> {
            boolean[] values = new boolean[rows];
            for (int row = 0; row < rows; row++) {
              values[row] = lists.booleans()[row * width + i];
            }
            yield values;
          }
        };
    return new NwbValues(lists.type(), part);
  }

  /** In the unit of the file, in doubles; as stored where that is the same. */
  private NwbColumn converted(NwbColumn stored, HdfDataset data) {
    UnitConversion conversion = UnitConversion.of(group, data, data.columns());
    if (!stored.type().isNumber() || conversion.isIdentity()) {
      return stored;
    }
    int channels = (int) data.columns();
    int each = (int) (data.width() / Math.max(1, channels));
    return new NwbColumn(
            stored.name(),
            NwbType.DOUBLE,
            stored.depth(),
            data.rowCount(),
            (from, to) -> {
              NwbValues values = stored.read(from, to).asDoubles();
              double[] scaled = values.doubles().clone();
              for (int i = 0; i < scaled.length; i++) {
                scaled[i] = conversion.apply(scaled[i], i / each % channels);
              }
              return values.with(scaled);
            },
            stored::ends)
        .counting(stored.valueCount().orElse(-1));
  }

  private InvalidInputException wrong(String problem) {
    return new InvalidInputException(
        group.file().name() + ": table " + name.name() + " (" + name.path() + ") " + problem + ".");
  }
}
