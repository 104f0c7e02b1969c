package org.neuroglia.spark.lake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.nwb.HadoopFiles;

/**
 * The NWB files of a task.
 *
 * @param number of the batch, from 0
 */
record Batch(int number, List<Work> work) implements Serializable {
  private static final long SMALLEST = 16L << 20;
  private static final long LARGEST = 192L << 20;
  private static final int MOST_FILES = 256;
  private static final int BATCHES_PER_CORE = 4;

  /**
   * A file to read.
   *
   * @param tables keys of those to read again; empty for all, with what the file tells of itself
   */
  record Work(HadoopFiles.Listed source, Set<String> tables) implements Serializable {
    boolean isWhole() {
      return tables.isEmpty();
    }
  }

  /**
   * What became of a batch.
   *
   * @param files what was written, of tables
   * @param sessions of the files that were read
   */
  record Result(
      List<DataFile> files, List<Session> sessions, List<Failure> failures, List<Columns> columns)
      implements Serializable {}

  /** A session that was read, with its row for the table of sessions. */
  record Session(String name, HadoopFiles.Listed source, UnsafeRow row, List<String> notes)
      implements Serializable {}

  /** A file that was not read. */
  record Failure(HadoopFiles.Listed source, String reason) implements Serializable {}

  /** Columns of a table as some files have them, {@code file} first. */
  record Columns(String table, StructType schema, String file) implements Serializable {}

  /**
   * Files packed in their order, so that sessions that are neighbours are neighbours in the lake;
   * the largest batches first.
   */
  static List<Batch> pack(List<Work> work, int cores) {
    long total = work.stream().mapToLong(w -> w.source().size()).sum();
    long target =
        Math.max(SMALLEST, Math.min(LARGEST, total / Math.max(1, cores * BATCHES_PER_CORE)));
    List<Batch> batches = new ArrayList<>();
    List<Work> next = new ArrayList<>();
    long size = 0;
    for (Work one : work) {
      if (!next.isEmpty() && (size + one.source().size() > target || next.size() == MOST_FILES)) {
        batches.add(new Batch(batches.size(), List.copyOf(next)));
        next.clear();
        size = 0;
      }
      next.add(one);
      size += one.source().size();
    }
    if (!next.isEmpty()) {
      batches.add(new Batch(batches.size(), List.copyOf(next)));
    }
    batches.sort(Comparator.comparingLong(Batch::size).reversed());
    return batches;
  }

  private long size() {
    return work.stream().mapToLong(w -> w.source().size()).sum();
  }
}
