package org.neuroglia.spark.lake;

import java.io.IOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.nwb.HadoopFiles;
import org.neuroglia.spark.nwb.HadoopFiles.Listed;
import org.neuroglia.spark.nwb.NwbRecording;
import org.neuroglia.spark.plan.ClassicSession;
import org.neuroglia.spark.plan.Values;

/**
 * Brings NWB files into a {@link Lake}.
 *
 * <pre>{@code
 * Ingest.Report report = new Ingest(spark).setPaths("/archive").setSeries("DfOverF").into("lake");
 * }</pre>
 *
 * <p>Only files that are new, or whose size or time has changed, are read; a session whose file has
 * changed is replaced. Files that could not be read are tried again each time; those that are gone
 * are forgotten. A file that the lake has and that cannot be read any more leaves its session as it
 * was. All of it becomes visible at once, or nothing.
 *
 * <p>Files that differ: columns are merged by name, whatever its case, integers with doubles become
 * doubles, and columns of types that have nothing in common become texts, which the report says.
 */
public final class Ingest {
  private final SparkSession spark;
  private List<String> paths = List.of();
  private List<String> series = List.of();
  private String sessionField = "auto";
  private final Map<String, List<String>> columns = new LinkedHashMap<>();
  private boolean failFast;

  /**
   * What an ingest did.
   *
   * @param added sessions that the lake had not
   * @param replaced sessions whose files have changed
   * @param unchanged files that were not read, since the lake has them
   * @param bytes of the files that were read
   * @param failures the files that could not be read
   * @param conflicts a sentence for each column that became text
   * @param notes by session, sentences on what of its file was left out
   */
  public record Report(
      int added,
      int replaced,
      int unchanged,
      long bytes,
      List<Failure> failures,
      List<String> conflicts,
      Map<String, List<String>> notes) {}

  /** A file that could not be read. */
  public record Failure(String path, String reason) {}

  /**
   * @param spark a session with {@link Lake#settings}
   */
  public Ingest(SparkSession spark) {
    this.spark = spark;
  }

  /** Files, folders (all {@code *.nwb} below), globs, of any file system that Hadoop knows. */
  public Ingest setPaths(String... value) {
    paths = List.of(value);
    return this;
  }

  /** Time series to take too, as the option {@code traces} of the source names them. */
  public Ingest setSeries(String... value) {
    series = List.of(value);
    return this;
  }

  /**
   * What names a session: {@code session_id}, {@code identifier}, {@code path}, or {@code auto},
   * the default, for the first that the file has.
   */
  public Ingest setSession(String value) {
    NwbRecording.checkSessionField(value);
    sessionField = value;
    return this;
  }

  /**
   * Names for the columns of a presentation whose timestamps are an array without names; without
   * them they are called {@code time}, {@code column_2}, {@code column_3}, ….
   *
   * @param table its name; "" for any with as many columns
   */
  public Ingest setColumns(String table, String... names) {
    columns.put(table, List.of(names));
    return this;
  }

  /** Whether a file that cannot be read is an error, and nothing is taken then. */
  public Ingest setFailFast(boolean value) {
    failFast = value;
    return this;
  }

  /**
   * Brings the files into a lake, which is made where there is none.
   *
   * @throws InvalidInputException if there are no files, two files have the same session, the
   *     folder holds other things, or the Spark session lacks {@link Lake#settings}
   */
  public Report into(String path) {
    Lake.requireSettings(spark);
    Configuration hadoop = hadoop();
    List<Listed> listed = HadoopFiles.list(paths, hadoop);
    LakeFolder lake = LakeFolder.open(spark, path, hadoop);
    Set<String> asked = new TreeSet<>(series);
    asked.addAll(lake.series());
    List<Listed> sources = changed(listed, lake, asked);
    Map<String, StructType> known = sources.isEmpty() ? Map.of() : lake.schemas();
    BatchReader.Order order = order(lake.path(), asked, known);
    Reading reading = read(sources, order, lake, hadoop);
    Set<String> removed = removed(reading, lake, hadoop);
    Optional<List<InternalRow>> failed = failed(reading, lake, hadoop);
    if (!reading.sessions().isEmpty() || failed.isPresent()) {
      List<InternalRow> kept =
          lake.sessions().stream()
              .filter(row -> !removed.contains(row.<String>getAs("session")))
              .map(Ingest::internal)
              .toList();
      lake.commit(reading, order, removed, kept, failed);
    }
    return report(reading, removed.size(), listed.size() - sources.size());
  }

  /**
   * Writes a plain copy for other programs: Parquet files in folders of the same names, without the
   * versions of a lake.
   *
   * @param folder that is empty or does not exist; what is in it if this fails is of no use
   */
  public Report copyTo(String folder) {
    Configuration hadoop = hadoop();
    List<Listed> listed = HadoopFiles.list(paths, hadoop);
    String target = Lake.qualified(folder, hadoop);
    BatchReader.Order order = order(target, new TreeSet<>(series), Map.of());
    Reading reading = Reading.of(spark, listed, order, hadoop);
    reading.requireOneFilePerSession();
    requireSeries(reading);
    PlainCopy.finish(spark, reading, order, hadoop);
    return report(reading, 0, 0);
  }

  private Configuration hadoop() {
    return ClassicSession.hadoop(spark);
  }

  private BatchReader.Order order(String lake, Set<String> asked, Map<String, StructType> known) {
    String run = UUID.randomUUID().toString().substring(0, 13);
    return new BatchReader.Order(
        lake, run, sessionField, List.copyOf(asked), Map.copyOf(columns), known, failFast);
  }

  /** The files that the lake has not, or has otherwise. */
  private static List<Listed> changed(List<Listed> listed, LakeFolder lake, Set<String> asked) {
    Map<String, Row> known = new HashMap<>();
    lake.sessions().forEach(row -> known.put(row.getAs("path"), row));
    return listed.stream().filter(file -> !isSame(file, known.get(file.file()), asked)).toList();
  }

  private static boolean isSame(Listed file, Row row, Set<String> asked) {
    return row != null
        && file.size() == row.<Long>getAs("file_size")
        && file.modified() == row.<Timestamp>getAs("modified").getTime()
        && row.<String>getList(row.fieldIndex("series")).containsAll(asked);
  }

  private Reading read(
      List<Listed> sources, BatchReader.Order order, LakeFolder lake, Configuration hadoop) {
    try {
      Reading reading = Reading.of(spark, sources, order, hadoop);
      reading.requireOneFilePerSession();
      if (!sources.isEmpty()) {
        requireSeries(reading);
      }
      removed(reading, lake, hadoop);
      return reading;
    } catch (Exception e) { // Scala does not declare what it throws
      lake.clean(order.run());
      Optional<RuntimeException> wrong = wrongInput(e);
      if (wrong.isPresent()) {
        throw wrong.get();
      }
      throw e;
    }
  }

  private static Optional<RuntimeException> wrongInput(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException wrong) {
        return Optional.of(wrong);
      }
    }
    return Optional.empty();
  }

  /** A series that no file has is a name mistyped. */
  private void requireSeries(Reading reading) {
    for (String name : series) {
      boolean found = reading.schemas().containsKey(TableKeys.traces(name));
      if (!found && !reading.sessions().isEmpty()) {
        throw new InvalidInputException(
            "No file that was read has the series "
                + name
                + "; ./neuroglia inspect FILE shows the series of a file.");
      }
    }
  }

  /** Sessions whose rows go, since their files have changed or have moved. */
  private static Set<String> removed(Reading reading, LakeFolder lake, Configuration hadoop) {
    Map<String, String> read = new HashMap<>();
    reading.sessions().forEach(session -> read.put(session.name(), session.source().file()));
    Set<String> files = new HashSet<>(read.values());
    Set<String> removed = new LinkedHashSet<>();
    for (Row row : lake.sessions()) {
      String name = row.getAs("session");
      String file = row.getAs("path");
      if (files.contains(file)) {
        removed.add(name);
      } else if (read.containsKey(name)) {
        if (exists(file, hadoop)) {
          throw Reading.sameSession(name, file, read.get(name));
        }
        removed.add(name);
      }
    }
    return removed;
  }

  private static boolean exists(String file, Configuration hadoop) {
    try {
      Path path = new Path(file);
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      return true; // it may only be out of reach
    }
  }

  /** Rows of all failures, if they differ from those of the lake. */
  private static Optional<List<InternalRow>> failed(
      Reading reading, LakeFolder lake, Configuration hadoop) {
    Map<String, Batch.Failure> now = new HashMap<>();
    reading.failures().forEach(failure -> now.put(failure.source().file(), failure));
    Set<String> read = new HashSet<>();
    reading.sessions().forEach(session -> read.add(session.source().file()));
    List<InternalRow> rows = new ArrayList<>();
    boolean changed = false;
    for (Row row : lake.failures()) {
      String file = row.getAs("path");
      Batch.Failure again = now.get(file);
      if (again != null && isSame(again, row)) {
        now.remove(file);
        rows.add((InternalRow) Values.of(row));
      } else if (again != null || read.contains(file) || !exists(file, hadoop)) {
        changed = true;
      } else {
        rows.add((InternalRow) Values.of(row));
      }
    }
    reading.failures().stream()
        .filter(failure -> now.containsKey(failure.source().file()))
        .map(Ingest::row)
        .forEach(rows::add);
    return changed || !now.isEmpty() ? Optional.of(rows) : Optional.empty();
  }

  private static boolean isSame(Batch.Failure failure, Row row) {
    return failure.reason().equals(row.getAs("reason"))
        && failure.source().size() == row.<Long>getAs("file_size")
        && failure.source().modified() == row.<Timestamp>getAs("modified").getTime();
  }

  /** A row of the table of failures. */
  static InternalRow row(Batch.Failure failure) {
    return Values.row(
        new Object[] {
          UTF8String.fromString(failure.source().file()),
          UTF8String.fromString(failure.reason()),
          failure.source().size(),
          failure.source().modified() * 1000,
          System.currentTimeMillis() * 1000
        });
  }

  private static InternalRow internal(Row session) {
    Object[] values = new Object[SessionsSchema.SESSIONS.size()];
    Arrays.setAll(
        values, i -> Values.of(session.get(i), SessionsSchema.SESSIONS.fields()[i].dataType()));
    return Values.row(values);
  }

  private static Report report(Reading reading, int replaced, int unchanged) {
    Map<String, List<String>> notes = new LinkedHashMap<>();
    for (Batch.Session session : reading.sessions()) {
      if (!session.notes().isEmpty()) {
        notes.put(session.name(), session.notes());
      }
    }
    return new Report(
        reading.sessions().size() - replaced,
        replaced,
        unchanged,
        reading.sessions().stream().mapToLong(session -> session.source().size()).sum(),
        reading.failures().stream()
            .map(f -> new Failure(HadoopFiles.shown(f.source().file()), f.reason()))
            .toList(),
        reading.conflicts(),
        notes);
  }
}
