package org.neuroglia.spark.nwb;

import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTable;

/**
 * The rows of some files, one file after the other; a file is open until its last row was taken.
 */
final class NwbReader implements PartitionReader<InternalRow> {
  private final NwbReaderFactory asked;
  private final Iterator<NwbScan.Rows> parts;
  private final Configuration configuration;
  private final ReadCount count = new ReadCount();
  private NwbFile file;
  private Iterator<InternalRow> rows = List.<InternalRow>of().iterator();
  private InternalRow row;

  NwbReader(NwbReaderFactory asked, List<NwbScan.Rows> parts, Configuration configuration) {
    this.asked = asked;
    this.parts = parts.iterator();
    this.configuration = configuration;
  }

  @Override
  public boolean next() {
    while (!rows.hasNext()) {
      close();
      if (!parts.hasNext()) {
        return false;
      }
      open(parts.next());
    }
    row = rows.next();
    return true;
  }

  private void open(NwbScan.Rows part) {
    file = HadoopFiles.open(part.file(), configuration, count);
    if (NwbInputs.isSessions(asked.options())) {
      rows =
          List.of(SessionsTable.row(file, part.file().file(), part.session(), asked.wanted()))
              .iterator();
      return;
    }
    String[] columns = asked.options().columns().toArray(String[]::new);
    NwbTable table = file.knownTable(part.tablePath(), part.rows(), columns);
    rows = new TableRows(table, part, asked);
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return count.values();
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
