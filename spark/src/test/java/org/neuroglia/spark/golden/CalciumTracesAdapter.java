package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.neuroglia.datasets.CalciumTraces;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;

/** neuroglia's {@code make_calcium_traces}, and the generators under it. */
final class CalciumTracesAdapter implements GoldenAdapter {
  @Override
  public GoldenValue run(GoldenCase golden) {
    return golden.has("neuron_ids") ? traces(golden) : generated(golden);
  }

  private static CalciumTraces make(GoldenCase golden) {
    List<String> neurons = new ArrayList<>();
    golden.params().get("neuron_ids").forEach(neuron -> neurons.add(neuron.asText()));
    return CalciumTraces.make(
        neurons,
        golden.params().get("duration").asDouble(),
        golden.params().get("sampling_rate").asDouble(),
        golden.params().get("oscillation").asBoolean());
  }

  private static GoldenValue traces(GoldenCase golden) {
    CalciumTraces made = make(golden);
    Map<String, GoldenValue> items = new LinkedHashMap<>();
    items.put("traces", table(made, made::trace));
    items.put("spikes", table(made, n -> Arrays.stream(made.spikes(n)).asDoubleStream().toArray()));
    return new GoldenValue.Dict(items);
  }

  private static GoldenValue table(CalciumTraces made, IntFunction<double[]> column) {
    int neurons = made.neurons().size();
    double[][] columns = IntStream.range(0, neurons).mapToObj(column).toArray(double[][]::new);
    List<Object> data = new ArrayList<>();
    for (int t = 0; t < made.times().length; t++) {
      for (double[] values : columns) {
        data.add(values[t]);
      }
    }
    return new GoldenValue.Traces(
        GoldenValue.boxed(made.times()),
        List.copyOf(made.neurons()),
        List.of(made.times().length, neurons),
        data);
  }

  private static GoldenValue generated(GoldenCase golden) {
    int count = golden.params().get("N").asInt();
    CalciumTraces made =
        CalciumTraces.builder()
            .neurons(IntStream.range(0, count).mapToObj(Integer::toString).toList())
            .samples(golden.params().get("T").asInt())
            .samplingRate(golden.params().get("framerate").asDouble())
            .firingRate(golden.params().get("firerate").asDouble())
            .coefficients(golden.doubles("g"))
            .noise(golden.params().get("sn").asDouble())
            .baseline(golden.params().get("b").asDouble())
            .oscillation(golden.params().get("function").asText().equals("gen_sinusoidal_data"))
            .seed(golden.params().get("seed").asLong())
            .build();
    IntFunction<double[]> spikes = n -> Arrays.stream(made.spikes(n)).asDoubleStream().toArray();
    return new GoldenValue.Dict(
        Map.of(
            "y", rows(count, made::trace),
            "c", rows(count, made::calcium),
            "s", rows(count, spikes)));
  }

  private static GoldenValue rows(int count, IntFunction<double[]> row) {
    return GoldenValue.array(IntStream.range(0, count).mapToObj(row).toArray(double[][]::new));
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    switch (golden.name()) {
      case "bad_length":
        assertEquals(313, make(golden).times().length);
        return "as many samples as fit into the duration";
      case "bad_one_neuron":
        assertEquals(150, make(golden).trace(0).length);
        return "one neuron is enough";
      default:
        return GoldenAdapter.super.better(golden);
    }
  }
}
