package org.neuroglia.spark.nwb;

import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.nwb.NwbValues;
import org.neuroglia.nwb.TraceSeries;
import org.neuroglia.spark.plan.Values;

/**
 * A time series of an {@link NwbRecording}: {@code session}, {@code neuron}, {@code times}, {@code
 * values}, with a row per neuron, or several in the order of time where the series is long.
 */
public final class RecordedTraces {
  /** Samples of a row: 8 MiB of values and 8 of times. */
  private static final long MOST_SAMPLES = 1 << 20;

  /** Values that are held at a time, but for those that lie together in the file. */
  private static final long MOST_VALUES = 1 << 22;

  private static final long FEWEST_SAMPLES = 1 << 12;

  private final TraceSeries series;
  private final UTF8String session;
  private final long samplesPerRow;

  RecordedTraces(TraceSeries series, String session) {
    this.series = series;
    this.session = UTF8String.fromString(session);
    long together = Math.max(1, series.neuronsTogether());
    long fit = Math.max(FEWEST_SAMPLES, MOST_VALUES / together);
    this.samplesPerRow = Math.max(1, Math.min(series.samples(), Math.min(MOST_SAMPLES, fit)));
  }

  /** Where the series is in the file. */
  public String path() {
    return series.path();
  }

  public int neurons() {
    return series.neurons();
  }

  public long samples() {
    return series.samples();
  }

  /** The unit of the values as the file calls it; may be empty. */
  public String unit() {
    return series.unit();
  }

  /** Whether each neuron has one row. */
  public boolean areWhole() {
    return series.samples() <= samplesPerRow;
  }

  public StructType schema() {
    return new StructType()
        .add(SessionsTable.text("session", false))
        .add(
            new StructField(
                "neuron", NwbRows.dataType(series.labels().type(), 0), false, Metadata.empty()))
        .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
        .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false), false);
  }

  /**
   * Reads all rows. What lies together in the file is read together, once: so all neurons of a
   * stretch of time come before the next stretch where the file is written by time.
   *
   * @param wanted {@link #schema}, where {@code neuron} may be a string
   * @param rows takes each row, which is good until the next one
   */
  public void forEachRow(StructType wanted, Consumer<InternalRow> rows) {
    NwbValues labels = series.labels();
    Object[] values = new Object[wanted.size()];
    InternalRow row = Values.row(values);
    long samples = series.samples();
    int step = neurons((int) Math.min(samplesPerRow, samples));
    for (long from = 0; from == 0 || from < samples; from += samplesPerRow) {
      long to = Math.min(samples, from + samplesPerRow);
      ArrayData times = Values.array(series.times(from, to));
      for (int first = 0; first < series.neurons(); first += step) {
        int last = Math.min(series.neurons(), first + step);
        double[][] read = series.values(first, last, from, to);
        for (int neuron = first; neuron < last; neuron++) {
          for (int i = 0; i < values.length; i++) {
            StructField field = wanted.fields()[i];
            values[i] =
                switch (field.name()) {
                  case "session" -> session;
                  case "neuron" -> NwbRows.value(labels, neuron, field.dataType());
                  case "times" -> times;
                  case "values" -> Values.array(read[neuron - first]);
                  default ->
                      throw new IllegalArgumentException(Arrays.toString(wanted.fieldNames()));
                };
          }
          rows.accept(row);
        }
      }
    }
  }

  /** Neurons that are read at a time: whole groups of those that lie together. */
  private int neurons(int samples) {
    int together = Math.max(1, series.neuronsTogether());
    long fit = MOST_VALUES / Math.max(1, samples) / together;
    return (int) Math.min(Math.max(1, series.neurons()), Math.max(1, fit) * together);
  }
}
