package org.neuroglia.spark.nwb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.nwb.NwbColumn;
import org.neuroglia.nwb.NwbTable;
import org.neuroglia.nwb.NwbType;
import org.neuroglia.nwb.NwbValues;
import org.neuroglia.spark.plan.Casts;
import org.neuroglia.spark.plan.Values;

/** A table of an {@link NwbRecording}: {@code session}, then the columns of the file. */
public final class RecordedTable {
  /** Values of lists that are held at a time, of all columns together; one row may have more. */
  private static final long MOST_VALUES = 1 << 22;

  private static final int MOST_ROWS = 1 << 16;

  private final NwbTable table;
  private final UTF8String session;

  RecordedTable(NwbTable table, String session) {
    this.table = table;
    this.session = UTF8String.fromString(session);
  }

  public int rowCount() {
    return table.rowCount();
  }

  /** Sentences on columns that are left out. */
  public List<String> notes() {
    return table.notes();
  }

  /** The columns with the types of the file. */
  public StructType schema() {
    StructType schema = new StructType().add(SessionsTable.text("session", false));
    for (NwbColumn column : table.columns()) {
      boolean nullable = column.type() == NwbType.STRING && !column.name().equals("neuron");
      schema =
          schema.add(
              new StructField(
                  column.name(),
                  NwbRows.dataType(column.type(), column.depth()),
                  nullable,
                  Metadata.empty()));
    }
    return schema;
  }

  /**
   * Reads all rows in the order of the file, some at a time, so that a table may be larger than the
   * memory.
   *
   * @param wanted the columns of {@link #schema} in their order; names may be others, and types any
   *     that Spark casts the file's to
   * @param rows takes each row, which is good until the next one
   */
  public void forEachRow(StructType wanted, Consumer<InternalRow> rows) {
    StructField[] fields = wanted.fields();
    Object[] values = new Object[fields.length];
    InternalRow row = Values.row(values);
    int[] bounds = blocks();
    for (int block = 0; block + 1 < bounds.length; block++) {
      int from = bounds[block];
      int to = bounds[block + 1];
      List<IntFunction<Object>> columns = new ArrayList<>();
      columns.add(i -> session);
      for (int i = 1; i < fields.length; i++) {
        columns.add(values(table.columns().get(i - 1), fields[i].dataType(), from, to));
      }
      for (int i = 0; i < to - from; i++) {
        for (int column = 0; column < values.length; column++) {
          values[column] = columns.get(column).apply(i);
        }
        rows.accept(row);
      }
    }
  }

  /** Bounds of rows that are read together. */
  private int[] blocks() {
    int rows = table.rowCount();
    long[] ends = new long[rows];
    for (NwbColumn column : table.columns()) {
      if (column.depth() > 0) {
        long[] more = column.ends();
        Arrays.setAll(ends, i -> ends[i] + more[i]);
      }
    }
    List<Integer> bounds = new ArrayList<>(List.of(0));
    int from = 0;
    while (from < rows) {
      long before = from == 0 ? 0 : ends[from - 1];
      int to = from + 1;
      while (to < rows && to - from < MOST_ROWS && ends[to] - before <= MOST_VALUES) {
        to++;
      }
      bounds.add(to);
      from = to;
    }
    return bounds.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Values of rows {@code from} … {@code to − 1}, counted from 0, asked for one after the other.
   */
  private static IntFunction<Object> values(NwbColumn column, DataType wanted, int from, int to) {
    DataType natural = NwbRows.dataType(column.type(), column.depth());
    boolean same = DataType.equalsIgnoreNullability(natural, wanted);
    if (column.type() == NwbType.DOUBLE && column.depth() == 1 && same) {
      RowOfDoubles lists = new RowOfDoubles(column.lists(from, to));
      return row -> lists.next();
    }
    NwbValues values = column.read(from, to);
    if (same || (isLong(natural) && isDouble(wanted))) {
      return row -> NwbRows.value(values, row, wanted);
    }
    // Spark's own cast, so that a value is what a query over the lake would make of it.
    UnaryOperator<Object> cast = Casts.ofValues(natural, wanted);
    return row -> cast.apply(NwbRows.value(values, row, natural));
  }

  private static boolean isLong(DataType type) {
    return innermost(type).equals(DataTypes.LongType);
  }

  private static boolean isDouble(DataType type) {
    return innermost(type).equals(DataTypes.DoubleType);
  }

  private static DataType innermost(DataType type) {
    return type instanceof ArrayType array ? innermost(array.elementType()) : type;
  }
}
