package org.neuroglia.spark.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows to one Parquet file in the folder of a table, as Spark writes Parquet, and keeps
 * statistics of them. Until it is committed the file is nothing.
 */
final class TableWriter {
  /** Memory for rows before they are written, and what a reader must take at once. */
  private static final int ROW_GROUP = 32 << 20;

  /** Lists of a file: then another file is begun. */
  private static final long MOST_VALUES = 1L << 27;

  /** What cannot be written is no fault of the NWB file that is being read. */
  static final class WriteFailure extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    WriteFailure(Path path, IOException cause) {
      super(path + " cannot be written: " + cause.getMessage(), cause);
    }
  }

  private final String table;
  private final StructType schema;
  private final Path path;
  private final Configuration hadoop;
  private final ColumnStatistics statistics;
  private final Set<String> recordings = new LinkedHashSet<>();
  private final int[] lists;
  private final OutputWriter writer;
  private long values;

  /**
   * @param folder of the table
   * @param name of the file, without its extension
   */
  TableWriter(String table, StructType schema, Path folder, String name, Configuration hadoop) {
    this.table = table;
    this.schema = schema;
    this.hadoop = hadoop;
    this.statistics = new ColumnStatistics(schema);
    this.lists = lists(schema);
    this.path = new Path(folder, name + ".parquet");
    try {
      Job job = Job.getInstance(hadoop);
      OutputWriterFactory factory = factory(job, schema);
      TaskAttemptContext context =
          new TaskAttemptContextImpl(
              job.getConfiguration(), new TaskAttemptID("lake", 0, TaskType.MAP, 0, 0));
      this.writer = factory.newInstance(path.toString(), schema, context);
    } catch (IOException e) {
      throw new WriteFailure(path, e);
    }
  }

  private static OutputWriterFactory factory(Job job, StructType schema) {
    SQLConf settings = new SQLConf(); // not the session's: a lake is the same whoever writes it
    settings.setConfString("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    settings.setConfString("spark.sql.parquet.compression.codec", "zstd");
    ParquetOptions options =
        new ParquetOptions(scala.collection.immutable.Map$.MODULE$.empty(), settings);
    OutputWriterFactory factory = ParquetUtils.prepareWrite(settings, job, schema, options);
    Configuration configuration = job.getConfiguration();
    configuration.setInt("parquet.block.size", ROW_GROUP);
    // A row may be a train of a megabyte: see how much there is before a hundred have come.
    configuration.setInt("parquet.page.size.row.check.min", 8);
    // Small pages let a reader of one area skip the trains of others.
    boolean trains = List.of(schema.fieldNames()).contains("times");
    configuration.setInt("parquet.page.row.count.limit", trains ? 64 : 20000);
    for (StructField field : schema.fields()) {
      if (field.dataType() instanceof ArrayType array
          && array.elementType().equals(DataTypes.DoubleType)) {
        // Times hardly ever repeat: looking for those that do would cost more than it saves.
        configuration.setBoolean(
            "parquet.enable.dictionary#" + field.name() + ".list.element", false);
      }
    }
    return factory;
  }

  private static int[] lists(StructType schema) {
    List<Integer> lists = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      if (schema.fields()[i].dataType() instanceof ArrayType) {
        lists.add(i);
      }
    }
    return lists.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Writes a row, which may change afterwards. */
  void write(InternalRow row) {
    for (int list : lists) {
      if (!row.isNullAt(list)) {
        values += row.getArray(list).numElements();
      }
    }
    statistics.add(row);
    writer.write(row);
  }

  /** Notes where the next rows come from. */
  void from(String recording) {
    recordings.add(recording);
  }

  /** Whether there is enough in this file. */
  boolean isFull() {
    return values > MOST_VALUES;
  }

  DataFile finish() {
    writer.close();
    try {
      FileStatus file = path.getFileSystem(hadoop).getFileStatus(path);
      return new DataFile(
          table,
          path.getName(),
          file.getLen(),
          file.getModificationTime(),
          statistics.rows(),
          statistics.json(),
          schema,
          List.copyOf(recordings));
    } catch (IOException e) {
      throw new WriteFailure(path, e);
    }
  }

  /** Removes what was written. */
  void abandon() {
    try {
      writer.close();
    } catch (RuntimeException e) {
      // It may have failed already.
    }
    delete(path, hadoop);
  }

  /** Removes a file that nothing refers to, if it can. */
  static void delete(Path path, Configuration hadoop) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      files.delete(path, false);
    } catch (IOException e) {
      // What is left is not seen by anyone.
    }
  }
}
