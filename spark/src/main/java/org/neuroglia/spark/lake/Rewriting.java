package org.neuroglia.spark.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.plan.Attributes;

/** Parquet files of a table written anew: without some sessions, or with other types. */
final class Rewriting {
  private Rewriting() {}

  /**
   * @param paths of the files
   * @param from columns of the table
   * @param to columns that it gets; those of {@code from} are among them
   * @param without sessions that are left out
   */
  static List<DataFile> of(
      SparkSession spark,
      BatchReader.Order order,
      String table,
      List<String> paths,
      StructType from,
      StructType to,
      Set<String> without,
      Configuration hadoop) {
    if (paths.isEmpty()) {
      return List.of();
    }
    Dataset<Row> rows = spark.read().schema(from).parquet(paths.toArray(String[]::new));
    if (!without.isEmpty()) {
      rows = rows.where(not(col("session").isin(without.toArray())));
    }
    Map<String, StructField> names = new HashMap<>();
    Arrays.stream(from.fields()).forEach(field -> names.put(field.name(), field));
    Column[] columns =
        Arrays.stream(to.fields())
            .map(field -> column(names.get(field.name()), field))
            .toArray(Column[]::new);
    Dataset<Row> wanted = rows.select(columns);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> broadcast =
        context.broadcast(new SerializableConfiguration(hadoop));
    String folder = new Path(order.lake(), TableKeys.folder(table)).toString();
    String run = order.run();
    try {
      return Attributes.internalRows(wanted)
          .mapPartitions(part -> write(part, table, to, folder, run, broadcast.value().value()))
          .collect();
    } finally {
      broadcast.destroy();
    }
  }

  private static Column column(StructField known, StructField wanted) {
    Column column = known == null ? lit(null) : col(Schemas.quoted(known.name()));
    boolean same = known != null && MergedColumns.same(known.dataType(), wanted.dataType());
    return (same ? column : column.cast(wanted.dataType())).as(wanted.name());
  }

  private static Iterator<DataFile> write(
      Iterator<InternalRow> rows,
      String table,
      StructType schema,
      String folder,
      String run,
      Configuration hadoop) {
    if (!rows.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    String name = String.format(Locale.ROOT, "part-%s-r%05d", run, TaskContext.getPartitionId());
    TableWriter writer = new TableWriter(table, schema, new Path(folder), name, hadoop);
    try {
      rows.forEachRemaining(writer::write);
      return List.of(writer.finish()).iterator();
    } catch (RuntimeException | Error e) {
      writer.abandon();
      throw e;
    }
  }
}
