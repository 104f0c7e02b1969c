package org.neuroglia.spark.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.datasets.CalciumTraces;

/**
 * neuroglia's {@code make_calcium_traces}, {@link CalciumTraces}: one part, for a neuron's trace
 * depends on those before.
 */
final class CalciumTraceRows extends SyntheticRecording {
  private static final long serialVersionUID = 1L;

  private static final String NOISY = "traces";
  private static final String CALCIUM = "calcium";
  private static final String SPIKES = "spikes";

  @Override
  Map<String, StructType> tables() {
    StructType schema =
        new StructType()
            .add("neuron", DataTypes.StringType)
            .add("times", TRACES.apply("times").dataType())
            .add("values", TRACES.apply("values").dataType());
    return Map.of(NOISY, schema, CALCIUM, schema, SPIKES, schema);
  }

  @Override
  List<String> options() {
    return List.of("neuron_ids", "duration", "sampling_rate", "oscillation");
  }

  private static CalciumTraces.Builder builder(Options options) {
    CalciumTraces.Builder builder = CalciumTraces.builder();
    options.texts("neuron_ids", builder::neurons);
    options.number("sampling_rate", builder::samplingRate);
    double[] duration = {10};
    options.number("duration", value -> duration[0] = value);
    builder.duration(duration[0]);
    options.flag("oscillation", builder::oscillation);
    return builder;
  }

  @Override
  long parts(String table, Options options) {
    builder(options); // refuses what cannot be made
    return 1;
  }

  @Override
  Parts open(String table, Options options) {
    CalciumTraces traces = builder(options).build();
    IntFunction<double[]> values =
        switch (table) {
          case CALCIUM -> traces::calcium;
          case SPIKES -> neuron -> Arrays.stream(traces.spikes(neuron)).asDoubleStream().toArray();
          default -> traces::trace;
        };
    return all ->
        IntStream.range(0, traces.neurons().size())
            .mapToObj(
                neuron ->
                    RowFactory.create(
                        traces.neurons().get(neuron), traces.times(), values.apply(neuron)));
  }
}
