package org.neuroglia.calcium;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.golden.GoldenCase;

/** What neuroglia returned for the same traces. */
class CalciumFiltersTest {
  static Stream<GoldenCase> medianFilterDetrender() {
    return GoldenCase.matches("MedianFilterDetrender");
  }

  @ParameterizedTest
  @MethodSource
  void medianFilterDetrender(GoldenCase golden) {
    golden.assertTraces(
        (times, values) ->
            new MedianFilterDetrender(
                    golden.param("window").asInt(), golden.param("peak_std_threshold").asDouble())
                .apply(times, values));
  }

  static Stream<GoldenCase> savGolFilterDetrender() {
    return GoldenCase.all("SavGolFilterDetrender")
        .filter(golden -> !golden.name().equals("even_window"));
  }

  @ParameterizedTest
  @MethodSource
  void savGolFilterDetrender(GoldenCase golden) {
    golden.assertTraces(
        (times, values) ->
            new SavGolFilterDetrender(golden.param("window").asInt(), golden.param("order").asInt())
                .apply(times, values));
  }

  static Stream<GoldenCase> normalize() {
    return GoldenCase.all("Normalize").filter(golden -> !golden.verdict().equals("fix"));
  }

  @ParameterizedTest
  @MethodSource
  void normalize(GoldenCase golden) {
    golden.assertTraces(
        new Normalize(golden.param("window").asDouble(), golden.param("percentile").asDouble())
            ::apply);
  }

  static Stream<GoldenCase> eventRescaler() {
    return GoldenCase.matches("EventRescaler");
  }

  @ParameterizedTest
  @MethodSource
  void eventRescaler(GoldenCase golden) {
    golden.assertTraces(
        new EventRescaler(
                golden.param("log_transform").asBoolean(), golden.param("scale").asDouble())
            ::apply);
  }
}
