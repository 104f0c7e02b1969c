package org.neuroglia.spark.nwb;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbValues;
import org.neuroglia.nwb.TraceSeries;

/** Reads parts of traces where they are computed. */
final class TraceReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final NwbOptions.Traces asked;
  private final StructType wanted;
  private final SerializableConfiguration configuration;

  TraceReaderFactory(
      NwbOptions.Traces asked, StructType wanted, SerializableConfiguration configuration) {
    this.asked = asked;
    this.wanted = wanted;
    this.configuration = configuration;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    TraceScan.Part part = (TraceScan.Part) partition;
    try (NwbFile file = HadoopFiles.open(part.input().file(), configuration.value())) {
      TraceSeries series = file.trace(part.input().path());
      double[] times = has("times") ? times(series, part) : new double[0];
      double[][] values =
          has("values")
              ? series.values(part.firstNeuron(), part.lastNeuron(), part.from(), part.to())
              : new double[0][];
      return new Rows(part, series.labels(), times, values);
    }
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
    private final UTF8String session;
    private final NwbValues labels;
    private final double[] times;
    private final double[][] values;
    private final long samples;
    private final long step;
    private int neuron;
    private long at;
    private boolean started;

    Rows(TraceScan.Part part, NwbValues labels, double[] times, double[][] values) {
      this.part = part;
      this.session = UTF8String.fromString(part.input().session());
      this.labels = labels;
      this.times = times;
      this.values = values;
      this.samples = part.to() - part.from();
      long all = Math.max(1, samples);
      this.step = asked.samplesPerChunk() == 0 ? all : Math.min(all, asked.samplesPerChunk());
      this.neuron = part.firstNeuron();
    }

    @Override
    public boolean next() {
      if (started) {
        at += step;
        if (at >= samples) {
          at = 0;
          neuron++;
        }
      }
      started = true;
      return neuron < part.lastNeuron();
    }

    @Override
    public InternalRow get() {
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
      return new GenericInternalRow(row);
    }

    private UnsafeArrayData chunk(double[] all) {
      return UnsafeArrayData.fromPrimitiveArray(
          Arrays.copyOfRange(all, (int) at, (int) Math.min(samples, at + step)));
    }

    @Override
    public void close() {
      // The file was closed once its values were read.
    }
  }
}
