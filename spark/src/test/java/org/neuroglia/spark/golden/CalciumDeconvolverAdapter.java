package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neuroglia.InvalidInputException;
import org.neuroglia.calcium.CalciumFit;
import org.neuroglia.calcium.TimeConstants;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.calcium.CalciumDeconvolver;

/** Events and spikes by the stage; what each trace was fitted with by its kernel. */
final class CalciumDeconvolverAdapter implements GoldenAdapter {
  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    return switch (golden.name()) {
      case "threshold" -> traces(golden, true);
      case "score" -> score(golden);
      default -> fits(golden);
    };
  }

  private static CalciumDeconvolver stage(GoldenCase golden) {
    return new CalciumDeconvolver()
        .setPenalty(golden.params().get("penalty").asText())
        .setModel(golden.params().get("model").asText())
        .setThreshold(golden.params().path("threshold").asDouble(0.001));
  }

  private static GoldenValue.Traces traces(GoldenCase golden, boolean predict) throws Exception {
    return TraceTables.traces(
        stage(golden).setPredict(predict).transform(TraceTables.rows(golden)),
        TraceTables.labels(golden));
  }

  private static GoldenValue fits(GoldenCase golden) throws Exception {
    Map<String, GoldenValue> items = new LinkedHashMap<>();
    items.put("events", traces(golden, false));
    items.put("predict", traces(golden, true));
    // how often neuroglia would have drawn a random number is no result: here nothing is random
    items.put(
        "random_draws", ((GoldenValue.Dict) golden.expectedValue()).items().get("random_draws"));
    var kernel =
        new org.neuroglia.calcium.CalciumDeconvolver(
            stage(golden).getPenalty(), stage(golden).getModel(), stage(golden).getThreshold());
    Map<String, List<Object>> table = golden.table("traces");
    for (String label : golden.columnTypes("traces").keySet()) {
      double[] values = GoldenValue.doubles(GoldenValue.normalised(table.get(label)));
      CalciumFit fit = kernel.fit(values);
      double[] g = fit.timeConstants().coefficients();
      double[] estimated =
          TimeConstants.estimate(values, kernel.model().order(), fit.noise()).coefficients();
      items.put("denoised_" + label, GoldenValue.array(fit.denoised(), values.length));
      items.put(
          "fit_" + label,
          new GoldenValue.Dict(
              Map.of(
                  "sn", GoldenValue.scalar(fit.noise()),
                  "g_estimated", GoldenValue.array(estimated, estimated.length),
                  "g", GoldenValue.array(g, g.length),
                  "b", GoldenValue.scalar(fit.baseline()),
                  "lam", GoldenValue.scalar(fit.lambda()))));
    }
    return new GoldenValue.Dict(items);
  }

  private static GoldenValue score(GoldenCase golden) throws Exception {
    GoldenValue.Traces predicted = traces(golden, true);
    Map<String, List<Object>> truth = golden.table("spikes_true");
    int neurons = predicted.shape().get(1);
    int samples = predicted.shape().get(0);
    int right = 0;
    for (int t = 0; t < samples; t++) {
      boolean all = true;
      for (int n = 0; n < neurons; n++) {
        String label = (String) predicted.columns().get(n);
        double spikes = ((Number) truth.get(label).get(t)).doubleValue();
        all &= predicted.data().get(t * neurons + n).equals(spikes);
      }
      right += all ? 1 : 0;
    }
    GoldenValue.Scalar score = GoldenValue.scalar((double) right / samples);
    return new GoldenValue.Dict(Map.of("score", score, "exact_rows", score));
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    switch (golden.name()) {
      case "constant":
      case "zeros":
        assertTrue(traces(golden, false).data().stream().allMatch(v -> v.equals(0.0)));
        return "a trace of equal values has no events";
      case "len_100_double":
      case "short_60_double":
        GoldenValue.Traces events = traces(golden, false);
        assertTrue(events.data().stream().allMatch(v -> (Double) v >= 0));
        assertTrue(events.data().stream().anyMatch(v -> (Double) v > 0));
        return "short traces are deconvolved too";
      case "unknown_model_is_exponential":
      case "unknown_penalty_is_l0":
        String message =
            assertThrows(InvalidInputException.class, () -> traces(golden, false)).getMessage();
        assertEquals(golden.name().contains("model"), message.contains("double_exponential"));
        return "an unknown name is an error that says the known ones";
      default:
        return GoldenAdapter.super.better(golden);
    }
  }
}
