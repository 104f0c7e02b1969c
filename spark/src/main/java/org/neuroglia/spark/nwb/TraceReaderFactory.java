package org.neuroglia.spark.nwb;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbValues;
import org.neuroglia.nwb.TraceSeries;
import org.neuroglia.spark.plan.Values;

/** Reads parts of traces where they are computed. */
final class TraceReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final NwbOptions.Traces asked;
  private final StructType schema;
  private final StructType wanted;
  private final RowFilter filter;
  private final Broadcast<SerializableConfiguration> configuration;

  /**
   * @param schema of the table, of whose columns some are wanted
   * @param configuration of Hadoop: a broadcast, for the factory itself is sent with every job and
   *     stage
   */
  TraceReaderFactory(
      NwbOptions.Traces asked,
      StructType schema,
      StructType wanted,
      RowFilter filter,
      Broadcast<SerializableConfiguration> configuration) {
    this.asked = asked;
    this.schema = schema;
    this.wanted = wanted;
    this.filter = filter;
    this.configuration = configuration;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    TraceScan.Part part = (TraceScan.Part) partition;
    ReadCount count = new ReadCount();
    try (NwbFile file =
        HadoopFiles.open(part.input().file(), configuration.value().value(), count)) {
      TraceSeries series = file.trace(part.input().path());
      NwbValues labels = series.labels();
      List<RowRun> runs =
          RowRun.of(
              part.firstNeuron(),
              part.lastNeuron(),
              neuron -> filter.mayHold(column -> value(column, part, labels, neuron)));
      int size = part.lastNeuron() - part.firstNeuron();
      double[] times = has("times") && !runs.isEmpty() ? times(series, part) : new double[0];
      double[][] values = new double[size][];
      if (has("values")) {
        for (RowRun run : series.neuronsTogether() > 1 ? RowRun.spanning(runs) : runs) {
          double[][] read = series.values(run.from(), run.to(), part.from(), part.to());
          System.arraycopy(read, 0, values, run.from() - part.firstNeuron(), read.length);
        }
      }
      int[] neurons = runs.stream().flatMapToInt(RowRun::rows).toArray();
      return new Rows(part, neurons, labels, times, values, count);
    }
  }

  /** What the filter may ask of a row. */
  private Object value(String column, TraceScan.Part part, NwbValues labels, int neuron) {
    return switch (column) {
      case "session" -> UTF8String.fromString(part.input().session());
      case "neuron" -> {
        DataType type = schema.apply("neuron").dataType();
        yield NwbRows.value(labels, neuron, type);
      }
      default -> Condition.UNKNOWN;
    };
  }

  private double[] times(TraceSeries series, TraceScan.Part part) {
    return asked.hasRange()
        ? series.times(part.from(), part.to(), asked.start(), asked.stop())
        : series.times(part.from(), part.to());
  }

  private boolean has(String column) {
    return Arrays.asList(wanted.fieldNames()).contains(column);
  }

  /** Rows of a part, neuron by neuron, each with its chunks in the order of time. */
  private final class Rows implements PartitionReader<InternalRow> {
    private final TraceScan.Part part;
    private final int[] neurons;
    private final UTF8String session;
    private final NwbValues labels;
    private final double[] times;
    private final double[][] values;
    private final ReadCount count;
    private final long samples;
    private final long step;
    private int next;
    private long at;
    private boolean started;

    Rows(
        TraceScan.Part part,
        int[] neurons,
        NwbValues labels,
        double[] times,
        double[][] values,
        ReadCount count) {
      this.part = part;
      this.neurons = neurons;
      this.session = UTF8String.fromString(part.input().session());
      this.labels = labels;
      this.times = times;
      this.values = values;
      this.count = count;
      this.samples = part.to() - part.from();
      long all = Math.max(1, samples);
      this.step = asked.samplesPerChunk() == 0 ? all : Math.min(all, asked.samplesPerChunk());
    }

    @Override
    public boolean next() {
      if (started) {
        at += step;
        if (at >= samples) {
          at = 0;
          next++;
        }
      }
      started = true;
      return next < neurons.length;
    }

    @Override
    public InternalRow get() {
      int neuron = neurons[next];
      StructField[] fields = wanted.fields();
      Object[] row = new Object[fields.length];
      for (int i = 0; i < row.length; i++) {
        row[i] =
            switch (fields[i].name()) {
              case "session" -> session;
              case "neuron" -> NwbRows.value(labels, neuron, fields[i].dataType());
              case "times" -> chunk(times);
              case "values" -> chunk(values[neuron - part.firstNeuron()]);
              default -> throw new IllegalArgumentException(fields[i].name());
            };
      }
      return Values.row(row);
    }

    private ArrayData chunk(double[] all) {
      return Values.array(Arrays.copyOfRange(all, (int) at, (int) Math.min(samples, at + step)));
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
      return count.values();
    }

    @Override
    public void close() {
      // The file was closed once its values were read.
    }
  }
}
