package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbType;
import org.neuroglia.nwb.TraceSeries;
import org.neuroglia.spark.trace.TraceMetadata;

/** The traces of a query, as the headers of the files tell. */
final class TraceInputs {
  /** Samples of a row: times and values of one are 1 GiB, half of what Spark takes. */
  static final int MOST_SAMPLES = 1 << 26;

  // Under the key of TensorMetadata.

  /**
   * A file.
   *
   * @param path where the series is; empty where the file lacks it
   * @param from first sample in the range of time
   * @param to behind the last sample
   * @param together neurons that lie together in the file
   */
  record Input(
      HadoopFiles.Listed file,
      String session,
      String path,
      NwbType neuron,
      int neurons,
      long from,
      long to,
      int together,
      String unit)
      implements Serializable {
    long samples() {
      return to - from;
    }

    /** The file as people write it. */
    String shown() {
      return HadoopFiles.shown(file.file());
    }
  }

  private final NwbOptions options;
  private final List<Input> inputs;
  private final StructType schema;

  private TraceInputs(NwbOptions options, List<Input> inputs, StructType schema) {
    this.options = options;
    this.inputs = inputs;
    this.schema = schema;
  }

  NwbOptions options() {
    return options;
  }

  NwbOptions.Traces asked() {
    return options.traces();
  }

  /** Those that have the series. */
  List<Input> inputs() {
    return inputs;
  }

  StructType schema() {
    return schema;
  }

  /** Opens every file, several at a time. */
  static TraceInputs inspect(NwbOptions options, Configuration configuration) {
    List<HadoopFiles.Listed> files = HadoopFiles.list(options.paths(), configuration);
    SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
    List<Input> all = FileHeaders.read(files, file -> inspect(file, options, hadoop.value()));
    all.forEach(NwbInputs.checkingSessions(Input::session, Input::shown));
    List<Input> inputs = all.stream().filter(input -> !input.path().isEmpty()).toList();
    if (inputs.isEmpty()) {
      throw new InvalidInputException("None of the files has " + options.what() + ".");
    }
    return new TraceInputs(options, inputs, schema(options, inputs));
  }

  private static Input inspect(
      HadoopFiles.Listed listed, NwbOptions options, Configuration hadoop) {
    NwbOptions.Traces asked = options.traces();
    try (NwbFile file = HadoopFiles.open(listed, hadoop, new ReadCount())) {
      String session = NwbInputs.session(file, listed.file(), options);
      if (options.skipMissing() && !file.hasTrace(asked.series())) {
        return new Input(listed, session, "", NwbType.STRING, 0, 0, 0, 1, "");
      }
      TraceSeries series = file.trace(asked.series());
      // No search where all is asked for: times may be unsorted then.
      long from = asked.hasRange() ? series.firstFrom(asked.start()) : 0;
      long to = asked.hasRange() ? series.firstFrom(asked.stop()) : series.samples();
      if (asked.samplesPerChunk() == 0 && to - from > MOST_SAMPLES) {
        throw new InvalidInputException(
            file.name()
                + ": "
                + series.path()
                + " has "
                + (to - from)
                + " samples for each neuron, and a row takes "
                + MOST_SAMPLES
                + "; set the option samplesPerChunk, or start and stop.");
      }
      return new Input(
          listed,
          session,
          series.path(),
          series.labels().type(),
          series.neurons(),
          from,
          Math.max(from, to),
          series.neuronsTogether(),
          series.unit());
    }
  }

  private static StructType schema(NwbOptions options, List<Input> inputs) {
    return new StructType()
        .add(SessionsTable.text("session", false))
        .add(new StructField("neuron", neuronType(options, inputs), false, Metadata.empty()))
        .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
        .add(
            new StructField(
                "values",
                DataTypes.createArrayType(DataTypes.DoubleType, false),
                false,
                metadata(options, inputs)));
  }

  private static DataType neuronType(NwbOptions options, List<Input> inputs) {
    if (options.neuronsAsStrings()) {
      return DataTypes.StringType;
    }
    Input first = inputs.get(0);
    Optional<Input> other =
        inputs.stream().filter(input -> input.neuron() != first.neuron()).findFirst();
    if (other.isPresent()) {
      throw new InvalidInputException(
          "Column neuron is "
              + NwbRows.dataType(first.neuron(), 0).simpleString()
              + " in "
              + first.shown()
              + " and "
              + NwbRows.dataType(other.get().neuron(), 0).simpleString()
              + " in "
              + other.get().shown()
              + "; set the option neuronType to string to read both as strings.");
    }
    return NwbRows.dataType(first.neuron(), 0);
  }

  private static Metadata metadata(NwbOptions options, List<Input> inputs) {
    List<String> units = inputs.stream().map(Input::unit).distinct().toList();
    Metadata unit = units.size() == 1 ? TraceMetadata.unit(units.get(0)) : Metadata.empty();
    return options.traces().areWhole() ? TraceMetadata.with(unit, true) : unit;
  }
}
