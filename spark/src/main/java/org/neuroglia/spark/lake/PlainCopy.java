package org.neuroglia.spark.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** What was read, as folders of Parquet files that any program takes: each file has all columns. */
final class PlainCopy {
  private PlainCopy() {}

  static void finish(
      SparkSession spark, Reading reading, BatchReader.Order order, Configuration hadoop) {
    for (Map.Entry<String, StructType> table : reading.schemas().entrySet()) {
      complete(spark, reading, order, table.getKey(), table.getValue(), hadoop);
    }
    List<InternalRow> sessions = new ArrayList<>();
    reading.sessions().forEach(session -> sessions.add(session.row()));
    write(TableKeys.SESSIONS, SessionsSchema.SESSIONS, sessions, order, hadoop);
    List<InternalRow> failures = reading.failures().stream().map(Ingest::row).toList();
    write(TableKeys.FAILURES, SessionsSchema.FAILURES, failures, order, hadoop);
  }

  /** Gives the columns of the table to files that lack some. */
  private static void complete(
      SparkSession spark,
      Reading reading,
      BatchReader.Order order,
      String table,
      StructType schema,
      Configuration hadoop) {
    Path folder = new Path(order.lake(), TableKeys.folder(table));
    List<String> lacking =
        reading.files(table).stream()
            .filter(file -> !MergedColumns.fits(schema, file.schema()))
            .map(file -> new Path(folder, file.name()).toString())
            .toList();
    Rewriting.of(spark, order, table, lacking, schema, schema, Set.of(), hadoop);
    lacking.forEach(file -> TableWriter.delete(new Path(file), hadoop));
  }

  private static void write(
      String table,
      StructType schema,
      List<InternalRow> rows,
      BatchReader.Order order,
      Configuration hadoop) {
    Path folder = new Path(order.lake(), TableKeys.folder(table));
    TableWriter writer = new TableWriter(table, schema, folder, "part-" + order.run(), hadoop);
    rows.forEach(writer::write);
    writer.finish();
  }
}
