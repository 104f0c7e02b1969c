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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.parquet.ParquetRows;

/**
 * Writes rows to one Parquet file in the folder of a table, as Spark writes Parquet, and keeps
 * statistics of them. Until it is committed the file is nothing.
 */
final class TableWriter {
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
  private final ParquetRows rows;
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
      this.rows = new ParquetRows(schema, path, hadoop);
    } catch (IOException e) {
      throw new WriteFailure(path, e);
    }
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
    try {
      rows.write(row);
    } catch (IOException e) {
      throw new WriteFailure(path, e);
    } catch (RuntimeException e) {
      throw new WriteFailure(path, new IOException(e));
    }
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
    try {
      rows.close();
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
      rows.close();
    } catch (IOException | RuntimeException e) {
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
