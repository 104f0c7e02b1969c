package org.neuroglia.epoch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.golden.GoldenCase;

class EpochTraceReducerTest {
  static Stream<GoldenCase> cases() {
    return GoldenCase.all("EpochTraceReducer").filter(golden -> !golden.expectsError());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsNeuroglia(GoldenCase golden) {
    var reducer = new EpochTraceReducer(golden.func());
    Map<String, double[]> events = golden.numbers("events");
    Map<String, double[]> traces = golden.numbers("traces");
    double[] times = traces.remove("time");
    int k = 0;
    for (double[] values : traces.values()) {
      double[] out = new double[events.get("time").length];
      reducer.sample(times, values, events.get("time"), events.get("duration"), out);
      golden.assertClose(golden.ofNeuron(k++), out);
    }
  }

  // samples  0   1   2   3   4
  // epochs   |-------)              2 samples: the end is open
  //          )                      no duration
  //      (---)                      negative duration
  @Test
  void epochsAreHalfOpenAndThoseWithoutLengthEmpty() {
    double[] out = new double[5];
    double[] times = {0, 1, 2, 3, 4};
    new EpochTraceReducer("sum")
        .sample(
            times,
            new double[] {1, 1, 1, 1, 1},
            new double[] {0, 0, 0, Double.NaN, 3},
            new double[] {2, 0, -1, 5, Double.POSITIVE_INFINITY},
            out);
    assertArrayEquals(new double[] {2, 0, 0, 0, 2}, out);
  }
}
