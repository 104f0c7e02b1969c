package org.neuroglia.spark.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.nwb.HadoopFiles;

/** A lake that an ingest changes: what it was at the start, and the commits at the end. */
final class LakeFolder {
  private static final Set<String> OURS =
      Set.of(
          TableKeys.SESSIONS,
          TableKeys.UNITS,
          TableKeys.EVENTS,
          TableKeys.TRACES,
          TableKeys.FAILURES);

  private final SparkSession spark;
  private final Configuration hadoop;
  private final String path;
  private final FileSystem files;
  private final long version;
  private final Map<String, Long> versions = new TreeMap<>();
  private final List<Row> sessions = new ArrayList<>();
  private final List<Row> failures = new ArrayList<>();

  private LakeFolder(SparkSession spark, String path, Configuration hadoop) throws IOException {
    this.spark = spark;
    this.hadoop = hadoop;
    this.path = path;
    this.files = new Path(path).getFileSystem(hadoop);
    boolean isLake = Lake.isLake(path, hadoop);
    this.version = isLake ? table(TableKeys.SESSIONS).latest() : DeltaFolder.NONE;
    if (version != DeltaFolder.NONE) {
      Lake lake = Lake.open(spark, path);
      if (lake.version() != version) {
        throw table(TableKeys.SESSIONS).meanwhile(null);
      }
      versions.putAll(lake.versions());
      sessions.addAll(lake.sessions().collectAsList());
      failures.addAll(lake.failures().collectAsList());
    } else {
      requireOnlyOurs();
    }
  }

  static LakeFolder open(SparkSession spark, String lake, Configuration hadoop) {
    try {
      return new LakeFolder(spark, Lake.qualified(lake, hadoop), hadoop);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The lake " + lake + " cannot be reached: " + e.getMessage() + ".", e);
    }
  }

  private void requireOnlyOurs() throws IOException {
    Path folder = new Path(path);
    if (!files.exists(folder)) {
      return;
    }
    if (!files.getFileStatus(folder).isDirectory()) {
      throw new InvalidInputException(shown() + " is a file; a lake is a folder.");
    }
    for (FileStatus file : files.listStatus(folder)) {
      if (!OURS.contains(file.getPath().getName())) {
        throw new InvalidInputException(
            "The folder "
                + shown()
                + " is not a lake, and holds "
                + file.getPath().getName()
                + ": name another folder.");
      }
    }
  }

  private String shown() {
    return HadoopFiles.shown(path);
  }

  private DeltaFolder table(String key) {
    return new DeltaFolder(spark, shown(), new Path(path, TableKeys.folder(key)));
  }

  String path() {
    return path;
  }

  /** Rows of the sessions as they were. */
  List<Row> sessions() {
    return sessions;
  }

  List<Row> failures() {
    return failures;
  }

  /** Series that any session was searched for. */
  Set<String> series() {
    Set<String> series = new TreeSet<>();
    sessions.forEach(row -> series.addAll(row.<String>getList(row.fieldIndex("series"))));
    return series;
  }

  /** Columns of the tables of units, events and traces. */
  Map<String, StructType> schemas() {
    Map<String, StructType> schemas = new TreeMap<>();
    versions.forEach(
        (key, number) -> {
          if (!key.equals(TableKeys.FAILURES)) {
            schemas.put(key, table(key).schema(number));
          }
        });
    return schemas;
  }

  /**
   * Commits what was read: other tables, failures, and at last the sessions.
   *
   * @param removed sessions whose rows go
   * @param kept rows of the sessions that stay
   * @param failed rows of all failures, where they have changed
   */
  void commit(
      Reading reading,
      BatchReader.Order order,
      Set<String> removed,
      List<InternalRow> kept,
      Optional<List<InternalRow>> failed) {
    Map<String, StructType> schemas = reading.schemas();
    Set<String> keys = new TreeSet<>(schemas.keySet());
    keys.addAll(versions.keySet());
    keys.remove(TableKeys.FAILURES);
    for (String key : keys) {
      versions.put(
          key,
          commit(key, order, removed, Optional.ofNullable(schemas.get(key)), reading.files(key)));
    }
    failed.ifPresent(
        rows ->
            versions.put(
                TableKeys.FAILURES,
                replace(
                    TableKeys.FAILURES, order, SessionsSchema.FAILURES, rows, Optional.empty())));
    List<InternalRow> all = new ArrayList<>();
    kept.forEach(row -> all.add(SessionsSchema.with(row, versions)));
    reading.sessions().forEach(s -> all.add(SessionsSchema.with(s.row(), versions)));
    replace(TableKeys.SESSIONS, order, SessionsSchema.SESSIONS, all, Optional.of(version));
  }

  /** Commits a table, unless it stays as it is; returns the version that the sessions name. */
  private long commit(
      String key,
      BatchReader.Order order,
      Set<String> removed,
      Optional<StructType> merged,
      List<DataFile> added) {
    long named = versions.getOrDefault(key, DeltaFolder.NONE);
    DeltaFolder table = table(key);
    StructType before = named == DeltaFolder.NONE ? null : table.schema(named);
    StructType after = merged.orElse(before);
    boolean sameSchema = before != null && before.json().equals(after.json());
    boolean sameTypes = before == null || MergedColumns.fits(before, after);
    if (added.isEmpty() && sameSchema && removed.isEmpty() && table.latest() == named) {
      return named;
    }
    List<DeltaFile> present = table.files(named);
    List<DeltaFile> stale =
        present.stream().filter(file -> !sameTypes || DeltaFolder.mayHold(file, removed)).toList();
    if (added.isEmpty() && sameSchema && stale.isEmpty() && table.latest() == named) {
      return named;
    }
    List<String> paths = stale.stream().map(table::path).toList();
    List<DataFile> written = new ArrayList<>(added);
    written.addAll(Rewriting.of(spark, order, key, paths, before, after, removed, hadoop));
    Set<DeltaFile> gone = new HashSet<>(stale);
    return table.commit(
        after,
        present.stream().filter(file -> !gone.contains(file)).toList(),
        written,
        Optional.empty());
  }

  /** Commits rows in place of all that the table had. */
  private long replace(
      String key,
      BatchReader.Order order,
      StructType schema,
      List<InternalRow> rows,
      Optional<Long> expected) {
    Path folder = new Path(path, TableKeys.folder(key));
    List<DataFile> written = new ArrayList<>();
    if (!rows.isEmpty()) {
      TableWriter writer = new TableWriter(key, schema, folder, "part-" + order.run(), hadoop);
      rows.forEach(writer::write);
      written.add(writer.finish());
    }
    return table(key).commit(schema, List.of(), written, expected);
  }

  /** Removes what an ingest that failed has written, as far as that can be done. */
  void clean(String run) {
    try {
      Path lake = new Path(path);
      Map<Path, FileStatus[]> tables = new HashMap<>();
      for (String kind : List.of(TableKeys.UNITS, TableKeys.SESSIONS, TableKeys.FAILURES)) {
        list(new Path(lake, kind)).ifPresent(all -> tables.put(new Path(lake, kind), all));
      }
      for (String kind : List.of(TableKeys.EVENTS, TableKeys.TRACES)) {
        for (FileStatus table : list(new Path(lake, kind)).orElse(new FileStatus[0])) {
          list(table.getPath()).ifPresent(all -> tables.put(table.getPath(), all));
        }
      }
      for (Map.Entry<Path, FileStatus[]> table : tables.entrySet()) {
        for (FileStatus file : table.getValue()) {
          if (file.getPath().getName().startsWith("part-" + run)) {
            files.delete(file.getPath(), false);
          }
        }
        removeIfEmpty(table.getKey());
      }
      for (String kind : List.of(TableKeys.EVENTS, TableKeys.TRACES)) {
        removeIfEmpty(new Path(lake, kind));
      }
      removeIfEmpty(lake);
    } catch (IOException e) {
      // The ingest has failed already: that is what the user must hear of.
    }
  }

  private Optional<FileStatus[]> list(Path folder) throws IOException {
    return files.exists(folder) ? Optional.of(files.listStatus(folder)) : Optional.empty();
  }

  private void removeIfEmpty(Path folder) throws IOException {
    if (files.exists(folder) && files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }
}
