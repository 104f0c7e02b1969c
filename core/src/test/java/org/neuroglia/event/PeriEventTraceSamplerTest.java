package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;

class PeriEventTraceSamplerTest {
  private static final double NAN = Double.NaN;

  static Stream<GoldenCase> cases() {
    return GoldenCase.matches("PeriEventTraceSampler");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsNeuroglia(GoldenCase golden) {
    var sampler = new PeriEventTraceSampler(golden.sampleTimes());
    double[] events = golden.numbers("events").get("time");
    Map<String, double[]> traces = golden.numbers("traces");
    double[] times = traces.remove("time");
    double[] out = new double[events.length * sampler.samples()];
    int k = 0;
    for (double[] values : traces.values()) {
      if (golden.expectsError()) {
        assertThrows(InvalidInputException.class, () -> sampler.sample(times, values, events, out));
      } else {
        sampler.sample(times, values, events, out);
        golden.assertClose(golden.ofNeuron(k++), out);
      }
    }
  }

  private static double[] sample(double[] times, double[] values, double... at) {
    double[] out = new double[at.length];
    new PeriEventTraceSampler(at).sample(times, values, new double[] {0}, out);
    return out;
  }

  // samples  0   1   2   NaN   16   25   36   49       of t squared
  // here     ----------(      )------------------
  @Test
  void missingSampleLeavesAGapAndNothingElse() {
    double[] times = {0, 1, 2, 3, 4, 5, 6, 7};
    double[] values = {0, 1, 4, NAN, 16, 25, 36, 49};
    assertArrayEquals(
        new double[] {1, 0.25, 4, NAN, NAN, NAN, 16, 20.25, 64},
        sample(times, values, -1, 0.5, 2, 2.5, 3, 3.5, 4, 4.5, 8),
        1e-12);
  }

  @Test
  void nothingIsMadeUpWhereTheTraceBeginsOrEndsWithMissingSamples() {
    double[] times = {0, 1, 2, 3, 4, 5};
    double[] values = {NAN, 1, 4, 9, 16, Double.POSITIVE_INFINITY};
    assertArrayEquals(
        new double[] {NAN, NAN, NAN, 1, 6.25, 16, NAN, NAN, NAN},
        sample(times, values, -1, 0, 0.5, 1, 2.5, 4, 4.5, 5, 6),
        1e-12);
  }

  @Test
  void fewerThanFourSamplesThatAreThereGiveNoCurve() {
    double[] out = sample(new double[] {0, 1, 2, 3}, new double[] {1, 2, 3, NAN}, 0, 1.5);
    assertArrayEquals(new double[] {NAN, NAN}, out);
  }

  @Test
  void eventWithoutATimeHasNoValues() {
    double[] out = new double[2];
    double[] times = {0, 1, 2, 3};
    new PeriEventTraceSampler(new double[] {0}).sample(times, times, new double[] {NAN, 1}, out);
    assertArrayEquals(new double[] {NAN, 1}, out);
    double[] gap = {0, 1, 2, 3, 4, 5};
    double[] values = {0, 1, NAN, 3, 4, 5};
    new PeriEventTraceSampler(new double[] {0}).sample(gap, values, new double[] {NAN, 1}, out);
    assertArrayEquals(new double[] {NAN, 1}, out, 1e-12);
  }

  @Test
  void timesThatDoNotIncreaseAreRefusedEvenAtAMissingSample() {
    double[] times = {0, 1, 1, 2, 3, 4};
    double[] values = {0, 1, NAN, 3, 4, 5};
    String message =
        assertThrows(InvalidInputException.class, () -> sample(times, values, 0)).getMessage();
    assertTrue(message.contains("1.0 s at sample 2 after 1.0 s"), message);
    assertThrows(InvalidInputException.class, () -> sample(new double[3], new double[3], 0));
    assertThrows(InvalidInputException.class, () -> sample(new double[] {0, 1, 2, NAN}, values, 0));
    assertThrows(
        InvalidInputException.class, () -> new PeriEventTraceSampler(new double[] {0, NAN}));
    assertEquals(1, new PeriEventTraceSampler(new double[] {0}).samples());
  }
}
