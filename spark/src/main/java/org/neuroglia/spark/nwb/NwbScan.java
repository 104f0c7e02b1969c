package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTable;

/**
 * A scan of some columns: at least one partition per file that has rows, and more where the columns
 * asked for are large, so that all cores have work. A partition reads each of its columns in one
 * go.
 */
final class NwbScan implements SupportsReportStatistics, Batch {
  /** Bytes of a partition, about; one row may have more. */
  private static final long LARGEST = 128L << 20;

  private static final long SMALLEST = 4L << 20;

  /** Rows {@code from} … {@code to − 1} of the table of a file. */
  record Rows(NwbInputs.Input input, int from, int to) implements InputPartition, Serializable {}

  private final NwbInputs inputs;
  private final StructType wanted;
  private final Configuration configuration;
  private List<long[]> bytes;

  NwbScan(NwbInputs inputs, StructType wanted, Configuration configuration) {
    this.inputs = inputs;
    this.wanted = wanted;
    this.configuration = configuration;
  }

  @Override
  public StructType readSchema() {
    return wanted;
  }

  @Override
  public String description() {
    List<String> files =
        inputs.inputs().stream()
            .map(i -> i.file().substring(i.file().lastIndexOf('/') + 1))
            .toList();
    String some = files.stream().limit(3).collect(Collectors.joining(", "));
    return "nwb "
        + inputs.options().table()
        + " ["
        + String.join(", ", wanted.fieldNames())
        + "] of "
        + files.size()
        + (files.size() == 1 ? " file: " : " files: ")
        + some
        + (files.size() > 3 ? ", …" : "");
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    long total = bytes().stream().mapToLong(NwbScan::last).sum();
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    long target = Math.max(SMALLEST, Math.min(LARGEST, total / Math.max(1, cores) + 1));
    List<Rows> partitions = new ArrayList<>();
    for (int i = 0; i < inputs.inputs().size(); i++) {
      addPartitions(partitions, inputs.inputs().get(i), bytes().get(i), target);
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** Cuts a file into parts of about {@code target} bytes, between rows. */
  private static void addPartitions(
      List<Rows> partitions, NwbInputs.Input input, long[] ends, long target) {
    long parts = Math.max(1, Math.round((double) last(ends) / target));
    int from = 0;
    for (long part = 1; from < ends.length; part++) {
      long end = last(ends) / parts * part;
      int to = from + 1;
      while (to < ends.length && (part >= parts || ends[to] <= end)) {
        to++;
      }
      partitions.add(new Rows(input, from, to));
      from = to;
    }
  }

  private static long last(long[] ends) {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** For each file and row, the bytes of the wanted columns up to and with that row. */
  private List<long[]> bytes() {
    if (bytes == null) {
      List<String> files = inputs.inputs().stream().map(NwbInputs.Input::file).toList();
      bytes = NwbInputs.onAll(files, this::bytes);
    }
    return bytes;
  }

  private long[] bytes(String file) {
    NwbInputs.Input input =
        inputs.inputs().stream().filter(i -> i.file().equals(file)).findFirst().orElseThrow();
    long[] ends = new long[input.rows()];
    long each = 8L * wanted.size() + 8;
    Arrays.setAll(ends, i -> (i + 1) * each);
    List<String> lists =
        input.fields().stream()
            .filter(field -> field.depth() > 0 && has(wanted, field.name()))
            .map(NwbInputs.Field::name)
            .toList();
    if (!lists.isEmpty()) {
      try (NwbFile open = HadoopFiles.open(file, configuration)) {
        NwbTable table = table(open, input, inputs.options());
        for (String name : lists) {
          long[] values = NwbReaderFactory.column(table, name).orElseThrow().ends();
          Arrays.setAll(ends, i -> ends[i] + 8 * values[i]);
        }
      }
    }
    return ends;
  }

  static NwbTable table(NwbFile file, NwbInputs.Input input, NwbOptions options) {
    return file.table(input.tablePath(), options.columns().toArray(String[]::new));
  }

  private static boolean has(StructType schema, String name) {
    return Arrays.stream(schema.fieldNames()).anyMatch(name::equalsIgnoreCase);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new NwbReaderFactory(
        inputs.options(), wanted, new SerializableConfiguration(configuration));
  }

  @Override
  public Statistics estimateStatistics() {
    long size = bytes().stream().mapToLong(NwbScan::last).sum();
    long rows = inputs.inputs().stream().mapToLong(NwbInputs.Input::rows).sum();
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
