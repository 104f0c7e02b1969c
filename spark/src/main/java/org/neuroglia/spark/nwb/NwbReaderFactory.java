package org.neuroglia.spark.nwb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.nwb.NwbColumn;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTable;
import org.neuroglia.nwb.NwbType;
import org.neuroglia.nwb.NwbValues;

/** Reads partitions where they are computed. */
final class NwbReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final NwbOptions options;
  private final StructType wanted;
  private final SerializableConfiguration configuration;

  NwbReaderFactory(NwbOptions options, StructType wanted, SerializableConfiguration configuration) {
    this.options = options;
    this.wanted = wanted;
    this.configuration = configuration;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    NwbScan.Rows rows = (NwbScan.Rows) partition;
    Configuration hadoop = configuration.value();
    NwbFile file = HadoopFiles.open(rows.input().file(), hadoop);
    try {
      if (NwbInputs.isSessions(options)) {
        NwbInputs.Input input = rows.input();
        InternalRow row = SessionsTable.row(file, input.file(), input.session(), wanted);
        return new Reader(file, 1, i -> row);
      }
      return new Reader(
          file, rows.to() - rows.from(), rows(NwbScan.table(file, rows.input(), options), rows));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Rows of the partition by their numbers, in order. Lists of doubles, such as spike times, are
   * read row by row; of other columns all values are read here.
   */
  private IntFunction<InternalRow> rows(NwbTable table, NwbScan.Rows rows) {
    List<IntFunction<Object>> columns = new ArrayList<>();
    for (StructField field : wanted.fields()) {
      columns.add(values(table, rows, field));
    }
    return row -> {
      Object[] values = new Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = columns.get(i).apply(row);
      }
      return new GenericInternalRow(values);
    };
  }

  private static IntFunction<Object> values(NwbTable table, NwbScan.Rows rows, StructField field) {
    if (field.name().equals("session")) {
      UTF8String session = UTF8String.fromString(rows.input().session());
      return row -> session;
    }
    Optional<NwbColumn> found = column(table, field.name());
    if (found.isEmpty()) {
      return row -> null;
    }
    NwbColumn column = found.get();
    if (column.type() == NwbType.DOUBLE && column.depth() == 1) {
      RowOfDoubles lists = new RowOfDoubles(column.lists(rows.from(), rows.to()));
      return row -> lists.next();
    }
    NwbValues values = column.read(rows.from(), rows.to());
    return row -> NwbRows.value(values, row, field.dataType());
  }

  /** The column of this file, whose name may differ in case; nothing where it has none. */
  static Optional<NwbColumn> column(NwbTable table, String name) {
    return table.columns().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Rows one after the other; the file is open until the last was taken, or the task ended. */
  private static final class Reader implements PartitionReader<InternalRow> {
    private final NwbFile file;
    private final int count;
    private final IntFunction<InternalRow> rows;
    private int next;
    private InternalRow row;

    Reader(NwbFile file, int count, IntFunction<InternalRow> rows) {
      this.file = file;
      this.count = count;
      this.rows = rows;
    }

    @Override
    public boolean next() {
      row = next < count ? rows.apply(next) : null;
      next++;
      return row != null;
    }

    @Override
    public InternalRow get() {
      return row;
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
