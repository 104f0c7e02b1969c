package org.neuroglia.spark.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.mapreduce.Job;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetUtils;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.plan.Values;

/**
 * A Parquet file of rows, as Spark writes them: other columns through Spark's own {@code
 * ParquetWriteSupport}, lists of doubles by {@link DoubleListPages}.
 */
public final class ParquetRows {
  /** Memory for rows before they are written, and what a reader must take at once. */
  private static final int ROW_GROUP = 32 << 20;

  private static final int CHECK_EVERY = 100;

  /** A list column at its place in the row. */
  private record Lists(int ordinal, DoubleListPages pages) {}

  private final StructType schema;
  private final MessageType message;
  private final MessageType otherMessage;
  private final Map<String, String> about;
  private final ParquetProperties properties;
  private final ParquetFileWriter file;
  private final CodecFactory codecs;
  private final BytesInputCompressor compressor;
  private final ParquetWriteSupport others = new ParquetWriteSupport();
  private final List<Lists> lists = new ArrayList<>();
  private final int[] otherOrdinals;
  private final Object[] otherValues;
  private final InternalRow otherRow;

  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private RecordConsumer records;
  private long rows;
  private long listBytes;

  public ParquetRows(StructType schema, Path path, Configuration hadoop) throws IOException {
    this.schema = schema;
    Configuration configuration = configuration(schema, hadoop);
    WriteSupport.WriteContext whole = init(new ParquetWriteSupport(), schema, configuration);
    this.message = whole.getSchema();
    this.about = new LinkedHashMap<>(whole.getExtraMetaData());
    StructType otherSchema = new StructType();
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      StructField field = schema.fields()[i];
      if (isListOfDoubles(field)) {
        lists.add(new Lists(i, new DoubleListPages(column(field), field.nullable())));
      } else {
        ordinals.add(i);
        otherSchema = otherSchema.add(field);
      }
    }
    this.otherOrdinals = ordinals.stream().mapToInt(Integer::intValue).toArray();
    this.otherValues = new Object[otherOrdinals.length];
    this.otherRow = Values.row(otherValues);
    this.otherMessage = init(others, otherSchema, configuration).getSchema();
    this.properties = ParquetProperties.builder().withSizeStatisticsEnabled(false).build();
    this.codecs = new CodecFactory(configuration, ParquetProperties.DEFAULT_PAGE_SIZE);
    this.compressor = codecs.getCompressor(codec());
    this.file =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(path, configuration),
            message,
            ParquetFileWriter.Mode.CREATE,
            ROW_GROUP,
            0,
            (FileEncryptionProperties) null,
            properties);
    file.start();
    begin();
  }

  /**
   * Times and samples hardly get smaller: by 6% with Snappy or a fast Zstandard, which take as long
   * as all the rest (or by up to 40% in three times as long).
   */
  private CompressionCodecName codec() {
    return lists.isEmpty() ? CompressionCodecName.ZSTD : CompressionCodecName.UNCOMPRESSED;
  }

  private static Configuration configuration(StructType schema, Configuration hadoop)
      throws IOException {
    SQLConf settings = new SQLConf(); // not the session's: a lake is the same whoever writes it
    settings.setConfString("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    Job job = Job.getInstance(hadoop);
    ParquetUtils.prepareWrite(
        settings,
        job,
        schema,
        new ParquetOptions(scala.collection.immutable.Map$.MODULE$.empty(), settings));
    Configuration configuration = job.getConfiguration();
    // Pages have checksums: those of Hadoop, in a file beside each local one, would be checked too.
    if (configuration.get("fs.file.impl") == null) {
      configuration.set("fs.file.impl", RawLocalFileSystem.class.getName());
      configuration.setBoolean("fs.file.impl.disable.cache", true);
    }
    return configuration;
  }

  private static WriteSupport.WriteContext init(
      ParquetWriteSupport support, StructType schema, Configuration configuration) {
    ParquetWriteSupport.setSchema(schema, configuration);
    return support.init(configuration);
  }

  private static boolean isListOfDoubles(StructField field) {
    return field.dataType() instanceof ArrayType array
        && array.elementType().equals(DataTypes.DoubleType);
  }

  private ColumnDescriptor column(StructField field) {
    return message.getColumns().stream()
        .filter(column -> column.getPath()[0].equals(field.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Begins a group of rows. */
  private void begin() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            message,
            properties.getAllocator(),
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH);
    columns = properties.newColumnWriteStore(otherMessage, pages);
    records = new ColumnIOFactory().getColumnIO(otherMessage).getRecordWriter(columns);
    others.prepareForWrite(records);
    rows = 0;
    listBytes = 0;
  }

  /** Adds a row, which may change after the call. */
  public void write(InternalRow row) throws IOException {
    for (int i = 0; i < otherValues.length; i++) {
      int ordinal = otherOrdinals[i];
      otherValues[i] =
          row.isNullAt(ordinal) ? null : row.get(ordinal, schema.fields()[ordinal].dataType());
    }
    others.write(otherRow);
    for (Lists list : lists) {
      var values = row.isNullAt(list.ordinal()) ? null : row.getArray(list.ordinal());
      list.pages().add(values, pages.getPageWriter(list.pages().column()));
      listBytes += values == null ? 0 : 8L * values.numElements();
    }
    rows++;
    if (listBytes > ROW_GROUP
        || (rows % CHECK_EVERY == 0 && listBytes + columns.getBufferedSize() > ROW_GROUP)) {
      flush();
      begin();
    }
  }

  private void flush() throws IOException {
    if (rows == 0) {
      return;
    }
    records.flush();
    file.startBlock(rows);
    columns.flush();
    for (Lists list : lists) {
      list.pages().flush(pages.getPageWriter(list.pages().column()));
    }
    pages.flushToFileWriter(file);
    file.endBlock();
    columns.close();
    pages.close();
  }

  /** Writes what is left and the footer. */
  public void close() throws IOException {
    try {
      flush();
      file.end(about);
    } finally {
      codecs.release();
      file.close();
    }
  }
}
