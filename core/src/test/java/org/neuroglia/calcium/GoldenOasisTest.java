package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.golden.GoldenCase;

/** The functions behind neuroglia's deconvolution give what neuroglia's give. */
class GoldenOasisTest {
  private static final Map<String, NoiseEstimate.Averaging> AVERAGINGS =
      Map.of(
          "mean", NoiseEstimate.Averaging.MEAN,
          "median", NoiseEstimate.Averaging.MEDIAN,
          "logmexp", NoiseEstimate.Averaging.LOG_MEAN_EXP);

  static Stream<GoldenCase> cases() {
    return GoldenCase.all("oasis_functions");
  }

  @Test
  void noneIsMissing() {
    assertEquals(32, cases().count());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void functionGivesWhatNeurogliasGives(GoldenCase golden) {
    double[] y = GoldenCase.numbers(golden.json("y").get("data"));
    switch (golden.param("function").asText()) {
      case "estimate_noise" -> {
        NoiseEstimate estimate =
            new NoiseEstimate(0.25, 0.5, AVERAGINGS.get(golden.param("method").asText()));
        golden.assertClose(golden.expected().get("value").asDouble(), estimate.of(y), "noise");
      }
      case "estimate_time_constant" -> checkTimeConstants(golden, y);
      case "oasisAR1" ->
          check(
              golden,
              OasisAR1.deconvolve(
                  y, number(golden, "g"), number(golden, "lam"), number(golden, "s_min")));
      case "onnls" ->
          check(
              golden,
              OnlineNonNegativeLeastSquares.of(coefficients(golden))
                  .deconvolve(y, number(golden, "lam")));
      case "constrained_oasisAR1" ->
          check(
              golden,
              new ConstrainedOasisAR1(penalty(golden), baseline(golden))
                  .fit(y, number(golden, "g"), number(golden, "sn")));
      case "constrained_onnlsAR2" ->
          check(
              golden,
              new ConstrainedOnnlsAR2(penalty(golden), baseline(golden))
                  .fit(y, coefficients(golden), number(golden, "sn")));
      default -> throw new AssertionError(golden.param("function"));
    }
  }

  private static void checkTimeConstants(GoldenCase golden, double[] y) {
    TimeConstants estimated =
        TimeConstants.estimate(
            y,
            golden.param("p").asInt(),
            NoiseEstimate.DEFAULT.of(y),
            golden.param("lags").asInt(),
            number(golden, "fudge_factor"));
    golden.assertClose(
        GoldenCase.numbers(golden.expected().at("/items/g/data")), estimated.coefficients(), "g");
  }

  private static double number(GoldenCase golden, String param) {
    return golden.param(param).asDouble();
  }

  private static TimeConstants coefficients(GoldenCase golden) {
    return TimeConstants.of(golden.doubles("g"));
  }

  private static Penalty penalty(GoldenCase golden) {
    return Penalty.parse("l" + golden.param("penalty").asText().toLowerCase(Locale.ROOT));
  }

  private static BaselineRule baseline(GoldenCase golden) {
    return !golden.param("optimize_b").asBoolean()
        ? BaselineRule.ZERO
        : golden.param("b_nonneg").asBoolean() ? BaselineRule.NON_NEGATIVE : BaselineRule.FREE;
  }

  private static void check(GoldenCase golden, Deconvolution actual) {
    JsonNode items = golden.expected().get("items");
    golden.assertClose(GoldenCase.numbers(items.at("/s/data")), actual.events(), "s");
    golden.assertClose(GoldenCase.numbers(items.at("/c/data")), actual.denoised(), "c");
  }

  private static void check(GoldenCase golden, CalciumFit actual) {
    JsonNode items = golden.expected().get("items");
    golden.assertClose(items.at("/b/value").asDouble(), actual.baseline(), "b");
    golden.assertClose(items.at("/lam/value").asDouble(), actual.lambda(), "lam");
    golden.assertClose(
        GoldenCase.numbers(items.at("/g/data")), actual.timeConstants().coefficients(), "g");
    check(golden, new Deconvolution(actual.denoised(), actual.events()));
  }
}
