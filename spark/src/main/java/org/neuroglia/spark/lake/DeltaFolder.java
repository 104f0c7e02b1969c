package org.neuroglia.spark.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.InvalidInputException;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A folder that is a table of Delta Lake, or will be: its versions, the files of each, and commits
 * of files that are written already. Spark's writer for Delta would write one table at a time; see
 * {@link org.neuroglia.spark.lake}.
 */
final class DeltaFolder {
  /** No version of the table, or no table. */
  static final long NONE = -1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The versions that rows of sessions name can be read for good, until files are vacuumed. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "delta.logRetentionDuration", "interval 36500 days",
          "delta.deletedFileRetentionDuration", "interval 36500 days");

  private final String lake;
  private final DeltaLog log;

  /**
   * @param lake for messages
   */
  DeltaFolder(SparkSession spark, String lake, Path folder) {
    this.lake = lake;
    this.log = DeltaLog.forTable(spark, folder);
  }

  /** The latest version; {@link #NONE} where there is no table. */
  long latest() {
    return snapshot().version();
  }

  private Snapshot snapshot() {
    return log.update(false, Option.empty(), Option.empty());
  }

  private Snapshot snapshot(long version) {
    Snapshot latest = snapshot();
    return version == latest.version()
        ? latest
        : log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
  }

  StructType schema(long version) {
    return snapshot(version).schema();
  }

  /** The files of a version; none of {@link #NONE}. */
  List<DeltaFile> files(long version) {
    return actions(version).stream().map(DeltaFile::new).toList();
  }

  private List<AddFile> actions(long version) {
    return version == NONE ? List.of() : snapshot(version).allFiles().collectAsList();
  }

  /** Where a file is. */
  String path(DeltaFile file) {
    return file.action().absolutePath(log).toString();
  }

  /** Whether a file may have rows of one of these sessions, as far as its statistics tell. */
  static boolean mayHold(DeltaFile file, Set<String> sessions) {
    if (sessions.isEmpty()) {
      return false;
    }
    try {
      JsonNode statistics = JSON.readTree(String.valueOf(file.action().stats()));
      JsonNode least = statistics.path("minValues").path("session");
      JsonNode greatest = statistics.path("maxValues").path("session");
      if (!least.isTextual() || !greatest.isTextual()) {
        return true;
      }
      UTF8String from = UTF8String.fromString(least.asText());
      UTF8String to = UTF8String.fromString(greatest.asText());
      return sessions.stream()
          .map(UTF8String::fromString)
          .anyMatch(name -> name.compareTo(from) >= 0 && name.compareTo(to) <= 0);
    } catch (JsonProcessingException e) {
      return true;
    }
  }

  /**
   * Commits the version that has {@code kept} and {@code added}, and nothing else.
   *
   * @param kept files of an earlier version, not necessarily the latest
   * @param expected the version that must be the latest, if one must
   * @return the number of the version
   * @throws InvalidInputException if another program has committed meanwhile
   */
  long commit(
      StructType schema, List<DeltaFile> kept, List<DataFile> added, Optional<Long> expected) {
    Snapshot snapshot = snapshot();
    if (expected.isPresent() && expected.get() != snapshot.version()) {
      throw meanwhile(null);
    }
    List<AddFile> present = actions(snapshot.version());
    Set<String> keep = new HashSet<>();
    kept.forEach(file -> keep.add(file.action().path()));
    Set<String> have = new HashSet<>();
    List<Action> actions = new ArrayList<>();
    for (AddFile file : present) {
      have.add(file.path());
      if (!keep.contains(file.path())) {
        actions.add(file.remove());
      }
    }
    kept.stream()
        .map(DeltaFile::action)
        .filter(file -> !have.contains(file.path()))
        .forEach(actions::add);
    added.forEach(file -> actions.add(addFile(file)));
    try {
      OptimisticTransaction transaction =
          log.startTransaction(Option.empty(), Option.apply(snapshot));
      transaction.readWholeTable();
      if (snapshot.version() == NONE) {
        transaction.updateMetadata(metadata(schema), false);
      } else if (!schema.json().equals(snapshot.metadata().schemaString())) {
        transaction.updateMetadata(withSchema(snapshot.metadata(), schema), false);
      }
      long version =
          transaction.commit(
              CollectionConverters.asScala(actions).toSeq(), operation(snapshot.version()));
      if (version != snapshot.version() + 1) {
        throw meanwhile(null);
      }
      return version;
    } catch (ConcurrentModificationException e) {
      throw meanwhile(e);
    }
  }

  /** A sentence for a commit that came second. */
  InvalidInputException meanwhile(Exception cause) {
    return new InvalidInputException(
        "Another program has written to the lake "
            + lake
            + " meanwhile: its sessions are there, those of this ingest are not; run it again.",
        cause);
  }

  private static DeltaOperations.Operation operation(long version) {
    return new DeltaOperations.Write(
        version == NONE ? SaveMode.ErrorIfExists : SaveMode.Append,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private static AddFile addFile(DataFile file) {
    return new AddFile(
        file.name(),
        Map$.MODULE$.empty(),
        file.size(),
        file.modified(),
        true,
        file.statistics(),
        null,
        null,
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private static Metadata metadata(StructType schema) {
    return new Metadata(
        UUID.randomUUID().toString(),
        null,
        null,
        new Format("parquet", Map$.MODULE$.empty()),
        schema.json(),
        CollectionConverters.asScala(List.<String>of()).toSeq(),
        scala.collection.immutable.Map.from(
            CollectionConverters.asScala(new LinkedHashMap<>(PROPERTIES))),
        Option.apply(System.currentTimeMillis()));
  }

  private static Metadata withSchema(Metadata known, StructType schema) {
    return new Metadata(
        known.id(),
        known.name(),
        known.description(),
        known.format(),
        schema.json(),
        known.partitionColumns(),
        known.configuration(),
        known.createdTime());
  }
}
