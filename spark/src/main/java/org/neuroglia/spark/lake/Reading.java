package org.neuroglia.spark.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.nwb.HadoopFiles;

/**
 * All files of an ingest, read and written, before anything is committed. One Spark job; a second
 * one where types turn out to differ, for the tables that differ.
 */
final class Reading {
  private final JavaSparkContext context;
  private final Configuration hadoop;
  private final Broadcast<SerializableConfiguration> broadcast;
  private final BatchReader.Order order;
  private final Map<String, MergedColumns> columns = new TreeMap<>();
  private final List<DataFile> files = new ArrayList<>();
  private final List<Batch.Session> sessions = new ArrayList<>();
  private final List<Batch.Failure> failures = new ArrayList<>();

  private Reading(SparkSession spark, BatchReader.Order order, Configuration hadoop) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop = hadoop;
    this.broadcast = context.broadcast(new SerializableConfiguration(hadoop));
    this.order = order;
  }

  static Reading of(
      SparkSession spark,
      List<HadoopFiles.Listed> sources,
      BatchReader.Order order,
      Configuration hadoop) {
    Reading reading = new Reading(spark, order, hadoop);
    try {
      reading.readAll(sources);
      reading.readAgain(sources);
      return reading;
    } finally {
      reading.broadcast.destroy();
    }
  }

  private List<Batch.Result> run(BatchReader.Order asked, List<Batch.Work> work) {
    if (work.isEmpty()) {
      return List.of();
    }
    List<Batch> batches = Batch.pack(work, context.defaultParallelism());
    Broadcast<SerializableConfiguration> configuration = broadcast;
    return context
        .parallelize(batches, batches.size())
        .map(batch -> BatchReader.read(asked, batch, configuration.value().value()))
        .collect();
  }

  private void readAll(List<HadoopFiles.Listed> sources) {
    List<Batch.Work> work = sources.stream().map(s -> new Batch.Work(s, Set.of())).toList();
    for (Batch.Result result : run(order, work)) {
      files.addAll(result.files());
      sessions.addAll(result.sessions());
      failures.addAll(result.failures());
      result.columns().forEach(this::merge);
    }
    sessions.sort(java.util.Comparator.comparing(session -> session.source().file()));
    failures.sort(java.util.Comparator.comparing(failure -> failure.source().file()));
  }

  private void merge(Batch.Columns seen) {
    columns
        .computeIfAbsent(
            seen.table(),
            table -> new MergedColumns(table, Optional.ofNullable(order.known().get(table))))
        .add(seen.schema(), HadoopFiles.shown(seen.file()));
  }

  /** Reads again, as the merged types, what was written before they were known. */
  private void readAgain(List<HadoopFiles.Listed> sources) {
    Map<String, StructType> schemas = schemas();
    Map<String, Set<String>> tables = new LinkedHashMap<>();
    for (DataFile file : List.copyOf(files)) {
      if (!MergedColumns.fits(file.schema(), schemas.get(file.table()))) {
        files.remove(file);
        Path folder = new Path(order.lake(), TableKeys.folder(file.table()));
        TableWriter.delete(new Path(folder, file.name()), hadoop);
        for (String recording : file.recordings()) {
          tables.computeIfAbsent(recording, r -> new TreeSet<>()).add(file.table());
        }
      }
    }
    if (tables.isEmpty()) {
      return;
    }
    Map<String, HadoopFiles.Listed> byName = new HashMap<>();
    sources.forEach(source -> byName.put(source.file(), source));
    List<Batch.Work> work = new ArrayList<>();
    tables.forEach((file, keys) -> work.add(new Batch.Work(byName.get(file), Set.copyOf(keys))));
    BatchReader.Order again =
        new BatchReader.Order(
            order.lake(),
            order.run() + "-2",
            order.sessionField(),
            order.series(),
            order.columns(),
            schemas,
            true);
    run(again, work).forEach(result -> files.addAll(result.files()));
  }

  /** Columns of the tables that the files have, together with those of the lake. */
  Map<String, StructType> schemas() {
    Map<String, StructType> schemas = new TreeMap<>();
    columns.forEach((table, merged) -> schemas.put(table, merged.schema()));
    return schemas;
  }

  List<DataFile> files(String table) {
    return files.stream().filter(file -> file.table().equals(table)).toList();
  }

  List<Batch.Session> sessions() {
    return sessions;
  }

  List<Batch.Failure> failures() {
    return failures;
  }

  List<String> conflicts() {
    return columns.values().stream().flatMap(merged -> merged.conflicts().stream()).toList();
  }

  /**
   * Refuses two files of one session.
   *
   * @throws InvalidInputException naming both
   */
  void requireOneFilePerSession() {
    Map<String, String> names = new HashMap<>();
    for (Batch.Session session : sessions) {
      String file = session.source().file();
      String other = names.putIfAbsent(session.name(), file);
      if (other != null) {
        throw sameSession(session.name(), other, file);
      }
    }
  }

  static InvalidInputException sameSession(String session, String file, String other) {
    return new InvalidInputException(
        HadoopFiles.shown(file)
            + " and "
            + HadoopFiles.shown(other)
            + " have the same session "
            + session
            + "; name sessions by identifier or path (--session, Ingest.setSession).");
  }
}
