package org.neuroglia.spark.parquet;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.spark.plan.ClassicSession;
import org.neuroglia.spark.plan.SparkVersions;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/**
 * Spark's format of Parquet files, which reads lists of doubles run by run rather than element by
 * element: in about half the time. Rows, values and errors are those of Spark's reader, to which it
 * leaves what it does not know: rows that are filtered, of which Spark may leave out whole row
 * groups; encrypted files; types other than those of trains, see {@link PackedColumns}.
 *
 * <p>Source: "Nested Encoding" and "Encodings" of the Apache Parquet format.
 */
public final class PackedParquet extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  private static final String LOCAL = "file";
  private static final String VECTORED = "parquet.hadoop.vectored.io.enabled";
  private static final String ENCRYPTED = "parquet.crypto.factory.class";

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReaderWithPartitionValues(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration hadoopConf) {
    Function1<PartitionedFile, Iterator<InternalRow>> other =
        super.buildReaderWithPartitionValues(
            session, dataSchema, partitionSchema, requiredSchema, filters, options, hadoopConf);
    SQLConf conf = ClassicSession.conf(session);
    boolean batches = options.get(FileFormat.OPTION_RETURNING_BATCH()).contains("true");
    if (!batches
        || filters.nonEmpty()
        || conf.offHeapColumnVectorEnabled()
        || hadoopConf.get(ENCRYPTED) != null
        || SparkVersions.readsArchives(conf)
        || !PackedColumns.mayBe(requiredSchema)) {
      return other;
    }
    return new Reading(
        requiredSchema,
        partitionSchema,
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(new SerializableConfiguration(hadoopConf)),
        other);
  }

  /** Reads a file, or a part of it. */
  private static final class Reading
      extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StructType schema;
    private final StructType constants;
    private final Broadcast<SerializableConfiguration> hadoopConf;
    private final Function1<PartitionedFile, Iterator<InternalRow>> other;

    Reading(
        StructType schema,
        StructType constants,
        Broadcast<SerializableConfiguration> hadoopConf,
        Function1<PartitionedFile, Iterator<InternalRow>> other) {
      this.schema = schema;
      this.constants = constants;
      this.hadoopConf = hadoopConf;
      this.other = other;
    }

    @Override
    public Iterator<InternalRow> apply(PartitionedFile file) {
      try {
        Optional<PackedBatches> batches = batches(file);
        return batches.isPresent() ? rows(batches.get()) : other.apply(file);
      } catch (IOException e) {
        Platform.throwException(e); // Spark asks of which kind it is
        throw new IllegalStateException(e);
      }
    }

    private Optional<PackedBatches> batches(PartitionedFile file) throws IOException {
      Configuration conf = hadoopConf.value().value();
      ParquetReadOptions.Builder options =
          HadoopReadOptions.builder(conf, file.toPath())
              .withRange(file.start(), file.start() + file.length());
      if (conf.get(VECTORED) == null && LOCAL.equals(file.pathUri().getScheme())) {
        options.withUseHadoopVectoredIo(false); // threads cost more there than they save
      }
      ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(file.toPath(), conf), options.build());
      boolean reads = false;
      try {
        Optional<List<ColumnDescriptor>> columns = PackedColumns.in(reader.getFooter(), schema);
        Optional<PackedBatches> batches =
            columns.map(
                known ->
                    new PackedBatches(reader, known, schema, constants, file.partitionValues()));
        reads = batches.isPresent();
        return batches;
      } finally {
        if (!reads) {
          reader.close();
        }
      }
    }

    /** Batches in place of rows, as Spark's own readers return them. */
    @SuppressWarnings("unchecked")
    private static Iterator<InternalRow> rows(PackedBatches batches) {
      TaskContext task = TaskContext.get();
      if (task != null) {
        task.addTaskCompletionListener(
            context -> {
              try {
                batches.close();
              } catch (IOException e) {
                Platform.throwException(e);
              }
            });
      }
      return (Iterator<InternalRow>) (Iterator<?>) batches;
    }
  }
}
