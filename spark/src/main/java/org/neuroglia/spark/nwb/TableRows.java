package org.neuroglia.spark.nwb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.nwb.DoubleLists;
import org.neuroglia.nwb.NwbColumn;
import org.neuroglia.nwb.NwbTable;
import org.neuroglia.nwb.NwbType;
import org.neuroglia.nwb.NwbValues;
import org.neuroglia.spark.plan.Values;

/**
 * Rows of a table that a filter does not rule out. The columns that the filter looks at, which have
 * one value in a row, are read first; of the others only runs of rows that are left. Lists of
 * doubles, such as spike times, are read row by row, of other columns whole runs.
 */
final class TableRows implements Iterator<InternalRow> {
  private final NwbScan.Rows part;
  private final List<RowRun> runs;
  private final List<IntFunction<Object>> columns = new ArrayList<>();
  private int run;
  private int next;

  TableRows(NwbTable table, NwbScan.Rows part, NwbReaderFactory asked) {
    this.part = part;
    Map<String, IntFunction<Object>> tested = new HashMap<>();
    for (StructField field : asked.tested().fields()) {
      tested.put(field.name(), tested(table, field));
    }
    this.runs =
        RowRun.of(
            part.from(),
            part.to(),
            row -> asked.filter().mayHold(column -> tested.get(column).apply(row)));
    if (!runs.isEmpty()) {
      for (StructField field : asked.wanted().fields()) {
        IntFunction<Object> known = tested.get(field.name());
        columns.add(known == null ? wanted(table, field) : known);
      }
      next = runs.get(0).from();
    }
  }

  /** Values of all rows of the part, before it is known which are wanted. */
  private IntFunction<Object> tested(NwbTable table, StructField field) {
    Optional<NwbColumn> column = column(table, field.name());
    return column.isEmpty() ? constant(field) : values(column.get(), field, part.from(), part.to());
  }

  private IntFunction<Object> wanted(NwbTable table, StructField field) {
    Optional<NwbColumn> found = column(table, field.name());
    if (found.isEmpty()) {
      return constant(field);
    }
    NwbColumn column = found.get();
    if (column.type() == NwbType.DOUBLE && column.depth() == 1) {
      RowOfDoubles lists = new RowOfDoubles(lists(column));
      return row -> lists.next();
    }
    if (column.depth() == 0 || runs.size() > RowRun.FEW) {
      RowRun all = RowRun.spanning(runs).get(0);
      return values(column, field, all.from(), all.to());
    }
    return new IntFunction<>() {
      private RowRun at = new RowRun(0, 0);
      private IntFunction<Object> values;

      @Override
      public Object apply(int row) {
        if (row >= at.to()) {
          at = runs.get(run);
          values = values(column, field, at.from(), at.to());
        }
        return values.apply(row);
      }
    };
  }

  /** The session, or null for a column that the file lacks. */
  private IntFunction<Object> constant(StructField field) {
    UTF8String value =
        field.name().equals("session") ? UTF8String.fromString(part.session()) : null;
    return row -> value;
  }

  private static IntFunction<Object> values(NwbColumn column, StructField field, int from, int to) {
    NwbValues values = column.read(from, to);
    return row -> NwbRows.value(values, row - from, field.dataType());
  }

  /** The lists of all runs, one after the other. */
  private DoubleLists lists(NwbColumn column) {
    Iterator<RowRun> remaining = runs.iterator();
    return new DoubleLists() {
      private DoubleLists lists;
      private int left;

      private DoubleLists current() {
        if (left == 0) {
          RowRun here = remaining.next();
          lists = column.lists(here.from(), here.to());
          left = here.to() - here.from();
        }
        return lists;
      }

      @Override
      public int nextLength() {
        return current().nextLength();
      }

      @Override
      public int next(double[] target, int at) {
        int count = current().next(target, at);
        left--;
        return count;
      }
    };
  }

  /** The column of this file, whose name may differ in case; nothing where it has none. */
  private static Optional<NwbColumn> column(NwbTable table, String name) {
    if (name.equals("session")) {
      return Optional.empty(); // that is ours
    }
    return table.columns().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  @Override
  public boolean hasNext() {
    return run < runs.size();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).apply(next);
    }
    next++;
    if (next == runs.get(run).to()) {
      run++;
      next = run < runs.size() ? runs.get(run).from() : next;
    }
    return Values.row(values);
  }
}
