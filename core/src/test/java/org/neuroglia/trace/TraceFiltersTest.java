package org.neuroglia.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;

class TraceFiltersTest {
  private static final double NAN = Double.NaN;

  static Stream<GoldenCase> binarizer() {
    return GoldenCase.matches("Binarizer");
  }

  @ParameterizedTest
  @MethodSource("binarizer")
  void binarizerEqualsNeuroglia(GoldenCase golden) {
    golden.assertTraces(new Binarizer(golden.param("threshold").asDouble())::apply);
  }

  static Stream<GoldenCase> edgeDetector() {
    return GoldenCase.matches("EdgeDetector");
  }

  @ParameterizedTest
  @MethodSource("edgeDetector")
  void edgeDetectorEqualsNeuroglia(GoldenCase golden) {
    golden.assertTraces(new EdgeDetector(golden.param("falling").asBoolean())::apply);
  }

  static Stream<GoldenCase> whenTrueFinder() {
    return GoldenCase.matches("WhenTrueFinder");
  }

  @ParameterizedTest
  @MethodSource("whenTrueFinder")
  void whenTrueFinderEqualsNeuroglia(GoldenCase golden) {
    Map<String, double[]> traces = golden.numbers("traces");
    double[] times = traces.remove("time");
    double[] wanted = GoldenCase.numbers(golden.expected().at("/columns/time/values"));
    List<String> neurons = GoldenCase.texts(golden.expected().at("/columns/neuron/values"));
    for (String neuron : traces.keySet()) {
      assertArrayEquals(
          IntStream.range(0, wanted.length)
              .filter(i -> neurons.get(i).equals(neuron))
              .mapToDouble(i -> wanted[i])
              .toArray(),
          new WhenTrueFinder().transform(times, traces.get(neuron)));
    }
  }

  @Test
  void edgesOfBooleansAreThoseOfZeroAndOne() {
    double[] values = {0, 1, 1, 0, 1};
    assertArrayEquals(
        new double[] {0, 1, 0, 0, 1}, new EdgeDetector(false).apply(new double[5], values));
    assertArrayEquals(
        new double[] {0, 0, 0, 1, 0}, new EdgeDetector(true).apply(new double[5], values));
  }

  @Test
  void emptyTracesStayEmpty() {
    double[] none = {};
    assertEquals(0, new EdgeDetector(false).apply(none, none).length);
    assertEquals(0, new Binarizer(0).apply(none, none).length);
    assertEquals(0, new WhenTrueFinder().transform(none, none).length);
  }

  @Test
  void binarizerSaysWhereTheTraceIsNotFinite() {
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> new Binarizer(0).apply(new double[] {0.5, 1.5}, new double[] {1, NAN}))
            .getMessage();
    assertTrue(message.contains("NaN at 1.5 s"), message);
    assertThrows(InvalidInputException.class, () -> new Binarizer(NAN));
  }

  @Test
  void whenTrueFinderKeepsTheOrderOfUnsortedTimes() {
    assertArrayEquals(
        new double[] {3, 1},
        new WhenTrueFinder().transform(new double[] {3, 2, 1}, new double[] {1, NAN, 0.5}));
  }

  @Test
  void piecesEqualTheWhole() {
    Random random = new Random(1);
    double[] times = IntStream.range(0, 500).mapToDouble(i -> i / 30.0).toArray();
    double[] values = random.doubles(500, -1, 1).map(v -> Math.rint(v * 3)).toArray();
    Chunks.assertPiecesEqualTheWhole(new Binarizer(0.5), times, values);
    values[77] = NAN;
    Chunks.assertPiecesEqualTheWhole(new EdgeDetector(true), times, values);
    Chunks.assertPiecesEqualTheWhole(new EdgeDetector(false), times, values);
    assertTrue(Arrays.stream(new EdgeDetector(true).apply(times, values)).sum() > 100);
  }
}
