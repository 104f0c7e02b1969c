package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.spike.TrainTransformer;

/** The stages that make traces of spikes: Binner and Smoother. */
final class TrainAdapter implements GoldenAdapter {
  private final Function<GoldenCase, TrainTransformer<?>> stage;

  TrainAdapter(Function<GoldenCase, TrainTransformer<?>> stage) {
    this.stage = stage;
  }

  @Override
  public GoldenValue.Traces run(GoldenCase golden) throws Exception {
    Dataset<Row> spikes = InputTable.of(golden, "spikes");
    boolean integers = golden.columnTypes("spikes").get("neuron").equals("int");
    if (golden.columnTypes("spikes").get("neuron").equals("float")) { // no spikes, no labels
      spikes = spikes.withColumn("neuron", spikes.col("neuron").cast("string"));
    }
    TrainTransformer<?> made = stage.apply(golden);
    Dataset<Row> traces = made.transform(spikes);
    List<Object> labels =
        traces.select("neuron").collectAsList().stream().map(row -> row.get(0)).toList();
    TreeSet<Object> sorted =
        new TreeSet<>(
            integers
                ? (a, b) -> Long.compare((Long) a, (Long) b)
                : (a, b) -> ClassLabels.BY_CODE_POINT.compare((String) a, (String) b));
    sorted.addAll(labels);
    assertEquals(labels.size(), sorted.size(), "a row per neuron");
    GoldenValue.Traces result = TraceTables.traces(traces, List.copyOf(sorted));
    if (!labels.isEmpty()) {
      return result;
    }
    // traces of no neurons are no rows; their times are what the stage says
    int times = made.getSampleTimes().length;
    List<Object> index = GoldenValue.boxed(made.getSampleTimes());
    return new GoldenValue.Traces(index, List.of(), List.of(times, 0), List.of());
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    switch (golden.folder() + "/" + golden.name()) {
      case "Binner/no_spikes":
        assertEquals(List.of(), run(golden).columns());
        return "no spikes name no neurons: no rows, and no error";
      case "Smoother/tau_negative":
      case "Smoother/tau_zero":
        assertTrue(
            assertThrows(InvalidInputException.class, () -> run(golden))
                .getMessage()
                .startsWith("tau is "));
        return "tau must be above 0";
      case "Smoother/nan_time":
        GoldenValue.Traces smoothed = run(golden);
        assertTrue(smoothed.data().stream().noneMatch(v -> ((Double) v).isNaN()));
        assertTrue(smoothed.data().stream().anyMatch(v -> (Double) v > 0));
        return "a spike without a time adds nothing";
      default:
        return GoldenAdapter.super.better(golden);
    }
  }
}
