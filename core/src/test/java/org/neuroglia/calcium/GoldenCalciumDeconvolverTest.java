package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;

/** neuroglia's transform, predict and fit_params. */
class GoldenCalciumDeconvolverTest {
  private static final String FOLDER = "CalciumDeconvolver";

  static Stream<GoldenCase> tracesThatMustMatch() {
    return GoldenCase.all(FOLDER)
        .filter(GoldenCase::mustMatch)
        .filter(golden -> golden.expected().at("/items/events").isObject());
  }

  private static CalciumDeconvolver deconvolver(GoldenCase golden) {
    return new CalciumDeconvolver(
        golden.param("penalty").asText(),
        golden.param("model").asText(),
        golden.param("threshold").asDouble(0.001));
  }

  @Test
  void noneIsMissing() {
    assertEquals(26, GoldenCase.all(FOLDER).count());
    assertEquals(17, tracesThatMustMatch().count());
  }

  @ParameterizedTest
  @MethodSource("tracesThatMustMatch")
  void fitIsNeuroglias(GoldenCase golden) {
    CalciumDeconvolver deconvolver = deconvolver(golden);
    JsonNode items = golden.expected().get("items");
    golden
        .traces("traces")
        .forEach(
            (neuron, trace) -> {
              CalciumFit fit = deconvolver.fit(trace);
              JsonNode wanted = items.get("fit_" + neuron).get("items");
              golden.assertClose(wanted.at("/sn/value").asDouble(), fit.noise(), "sn");
              golden.assertClose(
                  GoldenCase.numbers(wanted.at("/g/data")),
                  fit.timeConstants().coefficients(),
                  "g");
              golden.assertClose(wanted.at("/b/value").asDouble(), fit.baseline(), "b");
              golden.assertClose(wanted.at("/lam/value").asDouble(), fit.lambda(), "lam");
              golden.assertClose(
                  GoldenCase.numbers(items.get("denoised_" + neuron).get("data")),
                  fit.denoised(),
                  "denoised");
              golden.assertClose(
                  GoldenCase.column(items.get("events"), neuron),
                  deconvolver.apply(new double[trace.length], trace),
                  "events");
              int[] predicted =
                  Arrays.stream(GoldenCase.column(items.get("predict"), neuron))
                      .mapToInt(value -> (int) value)
                      .toArray();
              assertArrayEquals(predicted, deconvolver.predict(trace));
            });
  }

  @Test
  void aHigherThresholdLeavesTheLargeEvents() {
    GoldenCase golden = GoldenCase.of(FOLDER, "threshold");
    golden
        .traces("traces")
        .forEach(
            (neuron, trace) ->
                assertArrayEquals(
                    GoldenCase.column(golden.expected(), neuron),
                    deconvolver(golden).predictor().apply(new double[trace.length], trace)));
  }

  @Test
  void scoreCountsTheSamplesAtWhichEveryNeuronIsRight() {
    GoldenCase golden = GoldenCase.of(FOLDER, "score");
    double[][] traces = golden.traces("traces").values().toArray(double[][]::new);
    int[][] spikes =
        golden.traces("spikes_true").values().stream()
            .map(train -> Arrays.stream(train).mapToInt(value -> (int) value).toArray())
            .toArray(int[][]::new);
    golden.assertClose(
        golden.expected().at("/items/score/value").asDouble(),
        deconvolver(golden).score(traces, spikes),
        "score");
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "zeros"})
  void equalValuesHaveNoEventsWhereNeurogliaHasNaN(String name) {
    GoldenCase golden = GoldenCase.of(FOLDER, name);
    double[] neuroglias = GoldenCase.column(golden.expected().at("/items/events"), "a");
    assertTrue(Double.isNaN(neuroglias[1]));
    double[] trace = golden.traces("traces").get("a");
    CalciumFit fit = deconvolver(golden).fit(trace);
    assertArrayEquals(new double[trace.length], fit.events());
    assertArrayEquals(new double[trace.length], fit.denoised());
    assertEquals(trace[0], fit.baseline());
  }

  @Test
  void aTraceShorterThanAWindowsShiftIsExplainedWhereNeurogliaFails() {
    GoldenCase golden = GoldenCase.of(FOLDER, "short_60_double");
    assertEquals("ValueError", golden.expected().get("error").asText());
    for (Map.Entry<String, double[]> column : golden.traces("traces").entrySet()) {
      double[] trace = column.getValue();
      CalciumFit fit = deconvolver(golden).fit(trace);
      double residual = 0;
      double deviations = 0;
      double mean = Arrays.stream(trace).average().orElseThrow();
      for (int t = 0; t < trace.length; t++) {
        residual += Math.pow(trace[t] - fit.baseline() - fit.denoised()[t], 2);
        deviations += Math.pow(trace[t] - mean, 2);
      }
      assertTrue(Arrays.stream(fit.events()).anyMatch(s -> s > 0.001), column.getKey());
      assertTrue(residual < 0.9 * deviations, column.getKey());
    }
  }

  @Test
  void oneHundredSamplesGiveWhatNeurogliaGives() {
    GoldenCase golden = GoldenCase.of(FOLDER, "len_100_double");
    golden
        .traces("traces")
        .forEach(
            (neuron, trace) ->
                golden.assertClose(
                    GoldenCase.column(golden.expected().at("/items/events"), neuron),
                    deconvolver(golden).fit(trace).events(),
                    neuron));
  }

  @Test
  void nanIsNamed() {
    GoldenCase golden = GoldenCase.of(FOLDER, "nan");
    double[] trace = golden.traces("traces").get("a");
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> deconvolver(golden).predict(trace));
    assertTrue(e.getMessage().startsWith("A trace with the value NaN (at sample "), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown_model_is_exponential", "unknown_penalty_is_l0"})
  void unknownNamesAreRefused(String name) {
    GoldenCase golden = GoldenCase.of(FOLDER, name);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> deconvolver(golden));
    assertTrue(e.getMessage().contains("'zz'"), e.getMessage());
  }
}
