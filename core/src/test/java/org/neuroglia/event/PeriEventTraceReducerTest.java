package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;

class PeriEventTraceReducerTest {
  static Stream<GoldenCase> cases() {
    return GoldenCase.all("PeriEventTraceReducer");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsNeuroglia(GoldenCase golden) {
    var reducer = new PeriEventTraceReducer(golden.sampleTimes(), golden.func());
    double[] events = golden.numbers("events").get("time");
    Map<String, double[]> traces = golden.numbers("traces");
    double[] times = traces.remove("time");
    int k = 0;
    for (double[] values : traces.values()) {
      double[] out = new double[events.length * reducer.bins()];
      reducer.sample(times, values, events, out);
      golden.assertClose(golden.ofNeuron(k++), out);
    }
  }

  // edges    0       1       2
  //          |  bin0 |  bin1 |
  // samples  1       10      100     the last edge is open
  @Test
  void sampleOnTheLastEdgeIsInNoBin() {
    double[] out = new double[2];
    new PeriEventTraceReducer(new double[] {0, 1, 2}, "sum")
        .sample(new double[] {0, 1, 2}, new double[] {1, 10, 100}, new double[] {0}, out);
    assertArrayEquals(new double[] {1, 10}, out);
  }

  @Test
  void eventWithoutATimeHasNoSamples() {
    double[] out = new double[2];
    new PeriEventTraceReducer(new double[] {0, 1}, "max")
        .sample(new double[] {0}, new double[] {7}, new double[] {Double.NaN, 0}, out);
    assertArrayEquals(new double[] {Double.NaN, 7}, out);
  }

  @Test
  void anyOrderEqualsAMask() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      int n = random.nextInt(60);
      double[] times = random.doubles(n, 0, 10).map(t -> Math.rint(t * 10) / 10).toArray();
      if (round % 2 == 0) {
        Arrays.sort(times);
      } else if (n > 0) {
        times[random.nextInt(n)] = Double.NaN;
      }
      double[] values = random.doubles(n).toArray();
      double[] events = random.doubles(5, 0, 10).map(t -> Math.rint(t * 10) / 10).toArray();
      double[] edges = random.doubles(4, -1, 1).map(t -> Math.rint(t * 10) / 10).sorted().toArray();
      double[] out = new double[15];
      new PeriEventTraceReducer(edges, "sum").sample(times, values, events, out);
      for (int cell = 0; cell < 15; cell++) {
        double from = edges[cell % 3] + events[cell / 3];
        double to = edges[cell % 3 + 1] + events[cell / 3];
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += times[i] >= from && times[i] < to ? values[i] : 0;
        }
        assertEquals(sum, out[cell]);
      }
    }
  }

  @Test
  void oneEdgeMakesNoBinsAndDecreasingOnesAreRefused() {
    var reducer = new PeriEventTraceReducer(new double[] {0}, "sum");
    reducer.sample(new double[] {0}, new double[] {0}, new double[] {0}, new double[0]);
    assertEquals(0, reducer.bins());
    assertThrows(
        InvalidInputException.class, () -> new PeriEventTraceReducer(new double[] {1, 0}, "sum"));
    double[] two = IntStream.range(0, 2).asDoubleStream().toArray();
    assertThrows(
        InvalidInputException.class,
        () -> reducer.sample(two, new double[] {0}, new double[] {0}, new double[0]));
  }
}
