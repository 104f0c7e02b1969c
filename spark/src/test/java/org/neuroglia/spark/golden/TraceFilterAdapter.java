package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.Transformer;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;

/** The stages that give traces another value at each of their times. */
final class TraceFilterAdapter implements GoldenAdapter {
  private final Function<GoldenCase, Transformer> stage;

  TraceFilterAdapter(Function<GoldenCase, Transformer> stage) {
    this.stage = stage;
  }

  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    GoldenValue.Traces traces = filtered(golden);
    return golden.name().equals("normalize_trace_function")
        ? new GoldenValue.Array(List.of(traces.data().size()), traces.data())
        : traces;
  }

  private GoldenValue.Traces filtered(GoldenCase golden) throws Exception {
    return TraceTables.traces(
        stage.apply(golden).transform(TraceTables.rows(golden)), TraceTables.labels(golden));
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    String which = golden.folder() + "/" + golden.name();
    if (which.equals("SavGolFilterDetrender/even_window")) {
      assertThrows(InvalidInputException.class, () -> filtered(golden));
      return "an even window is refused, as by the scipy of the time";
    }
    GoldenValue.Traces traces = filtered(golden);
    switch (which) {
      case "Normalize/one_sample":
        assertTrue(traces.data().stream().allMatch(v -> (Double) v == 0));
        return "a lone sample is its own baseline";
      case "Normalize/window_longer_than_trace":
        assertTrue(traces.data().stream().allMatch(v -> Double.isFinite((Double) v)));
        return "a window longer than the trace is the whole trace";
      case "Normalize/zero_baseline":
        assertTrue(traces.data().stream().noneMatch(v -> ((Double) v).isNaN()));
        return "a value that equals its baseline gives 0, even if both are 0";
      case "MedianFilterDetrender/nan":
        GoldenValue.Traces input =
            TraceTables.traces(TraceTables.rows(golden), TraceTables.labels(golden));
        for (int i = 0; i < input.data().size(); i++) {
          assertEquals(
              ((Double) input.data().get(i)).isNaN(), ((Double) traces.data().get(i)).isNaN());
        }
        return "only a missing sample is missing, as in scipy 1.17";
      case "EdgeDetector/bool_falling":
      case "EdgeDetector/bool_rising":
      case "EdgeDetector/uint8_falling":
      case "EdgeDetector/uint8_rising":
        assertEdges(golden, traces);
        return "booleans and unsigned integers have edges as other numbers do";
      case "EdgeDetector/no_rows":
        assertEquals(List.of(0, 3), traces.shape());
        return "no samples have no edges";
      default:
        return GoldenAdapter.super.better(golden);
    }
  }

  /** An edge is where the next sample is larger, or for falling edges smaller. */
  private static void assertEdges(GoldenCase golden, GoldenValue.Traces edges) throws Exception {
    boolean falling = golden.params().get("falling").asBoolean();
    GoldenValue.Traces input =
        TraceTables.traces(TraceTables.rows(golden), TraceTables.labels(golden));
    int neurons = input.shape().get(1);
    boolean any = false;
    for (int i = 0; i < input.data().size(); i++) {
      double before = i < neurons ? Double.NaN : (Double) input.data().get(i - neurons);
      double value = (Double) input.data().get(i);
      boolean edge = falling ? value < before : value > before;
      any |= edge;
      assertEquals(edge ? 1.0 : 0.0, edges.data().get(i));
    }
    assertTrue(any);
  }
}
