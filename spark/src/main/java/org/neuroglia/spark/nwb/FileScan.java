package org.neuroglia.spark.nwb;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A scan of some columns of files of which a filter rules out some by what is known of them before
 * they are opened.
 *
 * @param <T> what is known of a file
 */
abstract class FileScan<T> implements SupportsReportStatistics, Batch {
  private static final long SMALLEST = 4L << 20;

  private final int all;
  private final List<T> read;
  private final StructType wanted;
  private final RowFilter filter;
  private final Configuration configuration;

  /**
   * @param inputs all files
   * @param known what every row of a file has in a column, or {@link Condition#UNKNOWN}
   */
  FileScan(
      List<T> inputs,
      BiFunction<T, String, Object> known,
      StructType wanted,
      RowFilter filter,
      Configuration configuration) {
    this.all = inputs.size();
    this.wanted = wanted;
    this.filter = filter;
    this.configuration = configuration;
    this.read =
        inputs.stream()
            .filter(input -> filter.mayHold(column -> known.apply(input, column)))
            .toList();
  }

  /** Bytes of the wanted columns of a file, about. */
  abstract long bytes(T input);

  /** Rows of a file. */
  abstract long rows(T input);

  /** The files that the filter does not rule out. */
  final List<T> read() {
    return read;
  }

  final StructType wanted() {
    return wanted;
  }

  final RowFilter filter() {
    return filter;
  }

  final Broadcast<SerializableConfiguration> broadcast() {
    return HadoopFiles.broadcast(configuration);
  }

  /** Bytes of a partition, so that all cores have work. */
  static long target(long total, long largest) {
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    return Math.max(SMALLEST, Math.min(largest, total / Math.max(1, cores) + 1));
  }

  /**
   * What plans show.
   *
   * @param names of some files, or empty
   */
  final String described(String what, String names) {
    return "nwb "
        + what
        + " ["
        + String.join(", ", wanted.fieldNames())
        + "] of "
        + (read.size() < all ? read.size() + " of " : "")
        + all
        + (all == 1 ? " file" : " files")
        + names
        + filter.shown();
  }

  @Override
  public final StructType readSchema() {
    return wanted;
  }

  @Override
  public final Batch toBatch() {
    return this;
  }

  /** Rows; said here, for else Spark asks a factory while it only plans. */
  @Override
  public final ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.UNSUPPORTED;
  }

  @Override
  public final CustomMetric[] supportedCustomMetrics() {
    return ReadCount.metrics();
  }

  /** Before the filter has looked at rows. */
  @Override
  public final Statistics estimateStatistics() {
    long size = read.stream().mapToLong(this::bytes).sum();
    long rows = read.stream().mapToLong(this::rows).sum();
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(size);
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.of(rows);
      }
    };
  }
}
