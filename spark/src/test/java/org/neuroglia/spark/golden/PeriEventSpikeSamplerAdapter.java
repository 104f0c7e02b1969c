package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;
import org.neuroglia.spark.tensor.TensorMetadata;

/** The sampler from long spikes; the tensor and its coordinates as xarray would show them. */
final class PeriEventSpikeSamplerAdapter implements GoldenAdapter {
  private static final SparkSession SPARK = LocalSpark.session();

  @Override
  public GoldenValue.Labelled run(GoldenCase golden) throws Exception {
    Dataset<Row> spikes = InputTable.of(golden, "spikes");
    Dataset<Row> events = EventsAdapter.events(golden);
    PeriEventSpikeSamplerModel model =
        new PeriEventSpikeSampler()
            .setSampleTimes(golden.doubles("sample_times"))
            .setFillna(golden.params().get("fillna").asBoolean())
            .setSampler(golden.params().get("sampler").asText())
            .setKernel(golden.params().at("/sampler_kwargs/kernel").asText("gaussian"))
            .setTau(golden.params().at("/sampler_kwargs/tau").asDouble(0.005))
            .setSpikes(spikes)
            .fit(events);
    Dataset<Row> tensor = model.transform(events);
    List<Row> rows = tensor.orderBy("__position").drop("__position").collectAsList();
    TensorMetadata axes = TensorMetadata.of(tensor.schema().apply(model.getOutputCol()).metadata());
    boolean integers = golden.columnTypes("spikes").get("neuron").equals("int");
    return labelled(rows, axes, integers);
  }

  static GoldenValue.Labelled labelled(List<Row> rows, TensorMetadata axes, boolean integers) {
    int bins = axes.sampleTimes().length;
    int neurons = axes.neurons().length;
    List<Object> data = new ArrayList<>();
    for (Row row : rows) {
      Matrix matrix = row.getAs("tensor");
      for (int bin = 0; bin < bins; bin++) {
        for (int neuron = 0; neuron < neurons; neuron++) {
          data.add(matrix.apply(bin, neuron));
        }
      }
    }
    Map<String, GoldenValue.Coord> coords = new LinkedHashMap<>();
    coords.put(
        "sample_times",
        new GoldenValue.Coord(List.of("sample_times"), GoldenValue.boxed(axes.sampleTimes())));
    coords.put(
        "neuron",
        new GoldenValue.Coord(
            List.of("neuron"),
            Arrays.stream(axes.neurons())
                .map(label -> integers ? (Object) Double.valueOf(label) : label)
                .toList()));
    if (!rows.isEmpty()) {
      for (String column : rows.get(0).schema().fieldNames()) {
        if (!column.equals("tensor")) {
          coords.put(
              column,
              new GoldenValue.Coord(
                  List.of("event"),
                  GoldenValue.normalised(rows.stream().map(row -> row.getAs(column)).toList())));
        }
      }
    }
    return new GoldenValue.Labelled(
        List.of("event", "sample_times", "neuron"),
        List.of(rows.size(), bins, neurons),
        data,
        coords);
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    switch (golden.name()) {
      case "all_events_empty_binner":
        GoldenValue.Labelled empty = run(golden);
        assertEquals(List.of(2, 2, 1), empty.shape());
        assertTrue(empty.data().stream().allMatch(v -> v.equals(0.0)));
        return "events without spikes keep both axes, with zeros";
      case "all_events_empty_smoother":
        GoldenValue.Labelled silence = run(golden);
        assertEquals(3, silence.shape().get(1));
        assertTrue(
            silence.shape().get(2) > 0 && silence.data().stream().allMatch(v -> v.equals(0.0)));
        return "events without spikes keep both axes, with zeros";
      case "smoother_exponential_long_tau":
      case "smoother_long_tau_truncated":
        GoldenValue.Labelled ours = run(golden);
        GoldenValue.Labelled theirs = (GoldenValue.Labelled) golden.expectedValue();
        boolean more = false;
        for (int i = 0; i < ours.data().size(); i++) {
          double difference = (Double) ours.data().get(i) - (Double) theirs.data().get(i);
          assertTrue(difference >= -1e-12);
          more |= difference > 1e-6;
        }
        assertTrue(more);
        return "spikes within 10 tau of the window count, not within 50 ms";
      case "decreasing_sample_times":
        assertThrows(InvalidInputException.class, () -> run(golden));
        return "decreasing sampleTimes are always refused";
      case "event_without_spikes_fillna_false":
        GoldenValue.Labelled missing = run(golden);
        assertEquals(List.of(3, 1, 2), missing.shape());
        assertEquals(List.of(1.0, 1.0, Double.NaN, Double.NaN, 1.0, Double.NaN), missing.data());
        return "without fillna, NaN is where a neuron has no spike in the window itself";
      case "no_events":
        assertEquals(0, run(golden).shape().get(0));
        return "no events give an empty tensor";
      case "pad_limits_strict":
        GoldenValue.Labelled padded = run(golden);
        assertEquals(List.of(1, 1, 5), padded.shape());
        return "the neuron axis is every neuron of the spikes, wherever its spikes are";
      case "silent_neuron_dropped":
        GoldenValue.Labelled silent = run(golden);
        assertEquals(List.of(2, 1, 3), silent.shape());
        assertEquals(List.of("a", "b", "c"), silent.coords().get("neuron").values());
        return "silent neurons stay on the neuron axis";
      case "neuroglia_test_no_response":
        assertEquals(List.of(3, 99, 2), run(golden).shape());
        return "a neuron without a spike near any event stays, with zeros";
      case "one_sample_time_binner":
        GoldenValue.Labelled one = run(golden);
        assertEquals(List.of(1, 0, 1), one.shape());
        return "one edge makes no bins; the neuron axis stays";
      default:
        return GoldenAdapter.super.better(golden);
    }
  }
}
