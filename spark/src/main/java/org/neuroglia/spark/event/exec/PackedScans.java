package org.neuroglia.spark.event.exec;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.neuroglia.spark.parquet.PackedParquet;
import org.neuroglia.spark.plan.ClassicSession;
import org.neuroglia.spark.plan.Rewrites;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads files of packed trains in batches of a few rows. Spark reads 4,096 rows at a time, for rows
 * of a few bytes: as many trains of some ten thousand spikes are a gigabyte, through which every
 * step goes from end to end before the next begins. A few trains stay in the processor's cache.
 *
 * <p>The size of a batch is a setting of the session that a relation of files carries, so that one
 * of ours takes its place there, which differs in nothing else. Parquet is read by {@link
 * PackedParquet} where that can, in batches of a few trains as well. Where the user has chosen a
 * size nothing is changed.
 */
final class PackedScans extends Rule<LogicalPlan> {
  private static final String ROWS = "32";

  /** Of the formats that are read in batches. */
  private static final List<String> SIZES =
      List.of("spark.sql.parquet.columnarReaderBatchSize", "spark.sql.orc.columnarReaderBatchSize");

  /** Makes a relation unequal to what it was, and itself known. */
  private static final String MARK = "neuroglia.rowsPerBatch";

  /**
   * Sessions that read, by the ones for which they do; a plan holds its own as long as it needs.
   */
  private static final Map<SparkSession, WeakReference<SparkSession>> READING = new WeakHashMap<>();

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return Rewrites.down(plan, SampleSpikes.class, PackedScans::ofTrains);
  }

  private static LogicalPlan ofTrains(SampleSpikes sample) {
    return sample.spikeColumns().packed()
        ? sample.withSpikes(
            Rewrites.down(sample.spikes(), LogicalRelation.class, PackedScans::inSmallBatches))
        : sample;
  }

  private static LogicalPlan inSmallBatches(LogicalRelation scan) {
    if (!(scan.relation() instanceof HadoopFsRelation files)
        || !isInBatches(files.fileFormat())
        || !hasArray(scan)
        || files.options().contains(MARK)
        || hasChosen(files.sparkSession())) {
      return scan;
    }
    HadoopFsRelation same =
        files.copy(
            files.location(),
            files.partitionSchema(),
            files.dataSchema(),
            files.bucketSpec(),
            files.fileFormat().getClass() == ParquetFileFormat.class
                ? new PackedParquet()
                : files.fileFormat(),
            marked(files.options()),
            reading(files.sparkSession()));
    return scan.copy(same, scan.output(), scan.catalogTable(), scan.isStreaming(), scan.stream());
  }

  private static boolean isInBatches(FileFormat format) {
    return format instanceof ParquetFileFormat || format instanceof OrcFileFormat;
  }

  /** Whether trains may be its own: they may be made above a table of one spike per row, too. */
  private static boolean hasArray(LogicalRelation scan) {
    return CollectionConverters.asJava(scan.output()).stream()
        .anyMatch(column -> column.dataType() instanceof ArrayType);
  }

  @SuppressWarnings("unchecked") // Java does not see of which types an updated map is
  private static scala.collection.immutable.Map<String, String> marked(
      scala.collection.immutable.Map<String, String> options) {
    return (scala.collection.immutable.Map<String, String>) options.updated(MARK, ROWS);
  }

  private static boolean hasChosen(SparkSession session) {
    SQLConf conf = ClassicSession.conf(session);
    return SIZES.stream().anyMatch(conf::contains);
  }

  /** A session with the settings that another has now, but for the batches. */
  private static SparkSession reading(SparkSession session) {
    synchronized (READING) {
      Map<String, String> wanted =
          new HashMap<>(CollectionConverters.asJava(ClassicSession.conf(session).getAllConfs()));
      SIZES.forEach(key -> wanted.put(key, ROWS));
      WeakReference<SparkSession> made = READING.get(session);
      SparkSession reading = made == null ? null : made.get();
      if (reading == null) {
        reading = session.newSession();
        READING.put(session, new WeakReference<>(reading));
      }
      SQLConf conf = ClassicSession.conf(reading);
      Map<String, String> known = CollectionConverters.asJava(conf.getAllConfs());
      known.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(conf::unsetConf);
      wanted.entrySet().stream() // a deprecated one is warned of whenever it is set
          .filter(setting -> !setting.getValue().equals(known.get(setting.getKey())))
          .forEach(setting -> conf.setConfString(setting.getKey(), setting.getValue()));
      return reading;
    }
  }
}
