package org.neuroglia.spark.nwb;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
    try (NwbFile file = HadoopFiles.open(rows.input().file(), hadoop)) {
      if (NwbInputs.isSessions(options)) {
        NwbInputs.Input input = rows.input();
        return reader(
            List.of(SessionsTable.row(file, input.file(), input.session(), wanted)).iterator());
      }
      return reader(read(NwbScan.table(file, rows.input(), options), rows));
    }
  }

  /** Values of the wanted columns, all read; rows are made one by one. */
  private Iterator<InternalRow> read(NwbTable table, NwbScan.Rows rows) {
    UTF8String session = UTF8String.fromString(rows.input().session());
    StructField[] fields = wanted.fields();
    List<Optional<NwbValues>> columns = new ArrayList<>();
    for (StructField field : fields) {
      columns.add(column(table, field.name()).map(column -> column.read(rows.from(), rows.to())));
    }
    return new Iterator<>() {
      private int next = 0;

      @Override
      public boolean hasNext() {
        return next < rows.to() - rows.from();
      }

      @Override
      public InternalRow next() {
        Object[] values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
          values[i] =
              fields[i].name().equals("session")
                  ? session
                  : columns.get(i).isEmpty()
                      ? null
                      : NwbRows.value(columns.get(i).get(), next, fields[i].dataType());
        }
        next++;
        return new GenericInternalRow(values);
      }
    };
  }

  /** The column of this file, whose name may differ in case; nothing where it has none. */
  static Optional<NwbColumn> column(NwbTable table, String name) {
    return table.columns().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  private static PartitionReader<InternalRow> reader(Iterator<InternalRow> rows) {
    return new PartitionReader<>() {
      private InternalRow row;

      @Override
      public boolean next() {
        boolean more = rows.hasNext();
        row = more ? rows.next() : null;
        return more;
      }

      @Override
      public InternalRow get() {
        return row;
      }

      @Override
      public void close() {
        // The file was closed once its values were read.
      }
    };
  }
}
