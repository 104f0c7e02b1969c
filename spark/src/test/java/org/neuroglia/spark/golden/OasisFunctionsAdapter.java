package org.neuroglia.spark.golden;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.neuroglia.calcium.BaselineRule;
import org.neuroglia.calcium.CalciumFit;
import org.neuroglia.calcium.ConstrainedOasisAR1;
import org.neuroglia.calcium.ConstrainedOnnlsAR2;
import org.neuroglia.calcium.Deconvolution;
import org.neuroglia.calcium.NoiseEstimate;
import org.neuroglia.calcium.OasisAR1;
import org.neuroglia.calcium.OnlineNonNegativeLeastSquares;
import org.neuroglia.calcium.Penalty;
import org.neuroglia.calcium.TimeConstants;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;

/** The functions under the deconvolver: kernels without a stage of their own. */
final class OasisFunctionsAdapter implements GoldenAdapter {
  private static final Map<String, NoiseEstimate.Averaging> AVERAGINGS =
      Map.of(
          "mean", NoiseEstimate.Averaging.MEAN,
          "median", NoiseEstimate.Averaging.MEDIAN,
          "logmexp", NoiseEstimate.Averaging.LOG_MEAN_EXP);

  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    GoldenValue.Array input = (GoldenValue.Array) golden.value("y");
    double[] y = GoldenValue.doubles(input.data());
    return switch (golden.params().get("function").asText()) {
      case "estimate_noise" ->
          GoldenValue.scalar(
              new NoiseEstimate(0.25, 0.5, AVERAGINGS.get(golden.params().get("method").asText()))
                  .of(y));
      case "estimate_time_constant" -> timeConstants(golden, y);
      case "oasisAR1" ->
          dict(
              OasisAR1.deconvolve(
                  y, number(golden, "g"), number(golden, "lam"), number(golden, "s_min")));
      case "onnls" ->
          dict(
              OnlineNonNegativeLeastSquares.of(TimeConstants.of(golden.doubles("g")))
                  .deconvolve(y, number(golden, "lam")));
      case "constrained_oasisAR1" ->
          dict(
              new ConstrainedOasisAR1(penalty(golden), baseline(golden))
                  .fit(y, number(golden, "g"), number(golden, "sn")));
      case "constrained_onnlsAR2" ->
          dict(
              new ConstrainedOnnlsAR2(penalty(golden), baseline(golden))
                  .fit(y, TimeConstants.of(golden.doubles("g")), number(golden, "sn")));
      default -> throw new AssertionError(golden.params().get("function"));
    };
  }

  private static GoldenValue timeConstants(GoldenCase golden, double[] y) {
    double[] g =
        TimeConstants.estimate(
                y,
                golden.params().get("p").asInt(),
                NoiseEstimate.DEFAULT.of(y),
                golden.params().get("lags").asInt(),
                number(golden, "fudge_factor"))
            .coefficients();
    return new GoldenValue.Dict(
        Map.of("g", GoldenValue.array(g, g.length), "random_draws", GoldenValue.scalar(0)));
  }

  private static double number(GoldenCase golden, String param) {
    return golden.params().get(param).asDouble();
  }

  private static Penalty penalty(GoldenCase golden) {
    return Penalty.parse("l" + golden.params().get("penalty").asText().toLowerCase(Locale.ROOT));
  }

  private static BaselineRule baseline(GoldenCase golden) {
    if (!golden.params().get("optimize_b").asBoolean()) {
      return BaselineRule.ZERO;
    }
    return golden.params().get("b_nonneg").asBoolean()
        ? BaselineRule.NON_NEGATIVE
        : BaselineRule.FREE;
  }

  private static GoldenValue.Dict dict(Deconvolution fit) {
    return new GoldenValue.Dict(
        Map.of(
            "c", GoldenValue.array(fit.denoised(), fit.denoised().length),
            "s", GoldenValue.array(fit.events(), fit.events().length)));
  }

  private static GoldenValue.Dict dict(CalciumFit fit) {
    Map<String, GoldenValue> items =
        new LinkedHashMap<>(dict(new Deconvolution(fit.denoised(), fit.events())).items());
    double[] g = fit.timeConstants().coefficients();
    items.put("b", GoldenValue.scalar(fit.baseline()));
    items.put("lam", GoldenValue.scalar(fit.lambda()));
    items.put("g", GoldenValue.array(g, g.length));
    return new GoldenValue.Dict(items);
  }
}
