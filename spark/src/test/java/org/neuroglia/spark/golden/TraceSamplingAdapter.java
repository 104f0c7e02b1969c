package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.tensor.TensorMetadata;
import org.neuroglia.spark.trace.TraceSamplingEstimator;

/** The stages that sample traces at events; neurons in the order of the case's columns. */
final class TraceSamplingAdapter implements GoldenAdapter {
  private final Function<GoldenCase, TraceSamplingEstimator<?, ?>> stage;

  TraceSamplingAdapter(Function<GoldenCase, TraceSamplingEstimator<?, ?>> stage) {
    this.stage = stage;
  }

  @Override
  public GoldenValue.Labelled run(GoldenCase golden) throws Exception {
    Dataset<Row> events = EventsAdapter.events(golden);
    TraceSamplingEstimator<?, ?> estimator = stage.apply(golden);
    estimator.setTraces(TraceTables.rows(golden));
    Dataset<Row> sampled = estimator.fit(events).transform(events);
    String output = estimator.getOutputCol();
    TensorMetadata axes = TensorMetadata.of(sampled.schema().apply(output).metadata());
    List<Row> rows = sampled.orderBy("__position").drop("__position").collectAsList();
    List<Object> labels = TraceTables.labels(golden);
    GoldenValue.Labelled sorted =
        output.equals("tensor")
            ? PeriEventSpikeSamplerAdapter.labelled(rows, axes, labels.get(0) instanceof Long)
            : responses(rows, axes);
    return TraceTables.reordered(sorted, labels);
  }

  private static GoldenValue.Labelled responses(List<Row> rows, TensorMetadata axes) {
    List<Object> data = new ArrayList<>();
    rows.forEach(row -> data.addAll(GoldenValue.boxed(row.<Vector>getAs("features").toArray())));
    Map<String, GoldenValue.Coord> coords = new LinkedHashMap<>();
    coords.put(
        "neuron",
        new GoldenValue.Coord(List.of("neuron"), GoldenValue.normalised(List.of(axes.neurons()))));
    for (String column : rows.get(0).schema().fieldNames()) {
      if (!column.equals("features")) {
        coords.put(
            column,
            new GoldenValue.Coord(
                List.of("event"),
                GoldenValue.normalised(rows.stream().map(row -> row.getAs(column)).toList())));
      }
    }
    return new GoldenValue.Labelled(
        List.of("event", "neuron"), List.of(rows.size(), axes.neurons().length), data, coords);
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    if (!golden.name().equals("nan_in_trace")) {
      return GoldenAdapter.super.better(golden);
    }
    GoldenValue.Labelled ours = run(golden);
    GoldenValue.Labelled theirs = (GoldenValue.Labelled) golden.expectedValue();
    int more = 0;
    for (int i = 0; i < ours.data().size(); i++) {
      double expected = (Double) theirs.data().get(i);
      double value = (Double) ours.data().get(i);
      if (Double.isNaN(expected)) {
        more += Double.isNaN(value) ? 0 : 1;
      } else {
        assertEquals(expected, value, 1e-9);
      }
    }
    assertTrue(more > 0);
    return "the spline goes through the other samples; NaN only next to the missing one";
  }
}
