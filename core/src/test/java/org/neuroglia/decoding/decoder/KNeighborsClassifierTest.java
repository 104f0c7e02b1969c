package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ScikitLearnCase;
import org.neuroglia.decoding.decoder.KNeighborsClassifier.Weights;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

class KNeighborsClassifierTest {
  static Stream<ScikitLearnCase> cases() {
    return ScikitLearnCase.matches("KNeighborsClassifier");
  }

  private static KNeighborsClassifier settings(ScikitLearnCase golden) {
    return new KNeighborsClassifier(
        golden.param("n_neighbors").asInt(5),
        Weights.parse(golden.param("weights").asText("uniform")),
        golden.param("p").asDouble(2));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsScikitLearn(ScikitLearnCase golden) {
    ClassLabels classes = golden.classes();
    Responses train = golden.features("train");
    int[] y = golden.y();
    if (golden.expectsError()) {
      assertThrows(
          InvalidInputException.class, () -> settings(golden).fit(train, y, classes.size()));
      return;
    }
    NearestNeighborsModel model = settings(golden).fit(train, y, classes.size());
    Responses test = golden.features("test");
    assertEquals(
        golden.expectedTexts("predict"),
        Arrays.stream(model.predict(test)).mapToObj(classes.names()::get).toList());
    golden.assertClose("predict_proba", model.probability(test));
    NearestNeighborsModel.Neighbors neighbors = model.neighbors(test);
    golden.assertClose("distances", neighbors.distances());
    golden.assertClose("indices", Arrays.stream(neighbors.indices()).asDoubleStream().toArray());
  }

  private static Responses counts(int events, long seed) {
    Random random = new Random(seed);
    return new Responses(random.ints(events * 3L, 0, 4).asDoubleStream().toArray(), events, 3);
  }

  private static double distance(Responses a, int i, Responses b, int j, double p) {
    double[] differences =
        IntStream.range(0, 3).mapToDouble(n -> Math.abs(a.get(i, n) - b.get(j, n))).toArray();
    return Double.isInfinite(p)
        ? Arrays.stream(differences).max().orElseThrow()
        : Math.pow(Arrays.stream(differences).map(d -> Math.pow(d, p)).sum(), 1 / p);
  }

  /**
   * Small counts: hardly a distance that does not occur hundreds of times; three blocks of them.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 1", "7, 2", "60, 0.5", "7, 3", "7, Infinity"})
  void ofEquallyNearEventsTheEarlierAreTaken(int k, double p) {
    Responses train = counts(2500, 1);
    int[] y = IntStream.range(0, 2500).map(i -> i % 4).toArray();
    Responses test = counts(5, 2);
    NearestNeighborsModel.Neighbors neighbors =
        new KNeighborsClassifier(k, Weights.UNIFORM, p).fit(train, y, 4).neighbors(test);
    for (int event = 0; event < 5; event++) {
      int e = event;
      int[] sorted =
          IntStream.range(0, 2500)
              .boxed()
              .sorted(
                  Comparator.comparingDouble(i -> Math.rint(1e9 * distance(test, e, train, i, p))))
              .limit(k)
              .mapToInt(i -> i)
              .toArray();
      assertArrayEquals(
          sorted, Arrays.copyOfRange(neighbors.indices(), event * k, (event + 1) * k));
      for (int i = 0; i < k; i++) {
        assertEquals(
            distance(test, e, train, sorted[i], p), neighbors.distances()[event * k + i], 1e-12);
      }
    }
  }

  private static final Responses LINE = Responses.of(new double[][] {{0}, {0}, {1}, {2}, {4}});
  private static final int[] Y = {1, 0, 1, 0, 1};

  @Test
  void eventsAtDistanceZeroVoteAlone() {
    double[] probability =
        new KNeighborsClassifier(4, Weights.DISTANCE, 2)
            .fit(LINE, Y, 2)
            .probability(Responses.of(new double[][] {{0}, {1}, {3}}));
    assertArrayEquals(new double[] {0.5, 0.5, 0, 1}, Arrays.copyOf(probability, 4));
    // Distances 1 (2), 1 (4), 2 (1), 3 (the first 0): weights 1, 1, 1/2, 1/3.
    assertArrayEquals(
        new double[] {6.0 / 17, 11.0 / 17}, Arrays.copyOfRange(probability, 4, 6), 1e-15);
  }

  @Test
  void asManyVotesForTwoClassesElectTheFirst() {
    DecoderModel model = new KNeighborsClassifier(2, Weights.UNIFORM, 2).fit(LINE, Y, 2);
    assertArrayEquals(new int[] {0}, model.predict(Responses.of(new double[][] {{0}})));
    assertArrayEquals(new double[] {1, 1}, model.decision(Responses.of(new double[][] {{0}})));
  }

  @Test
  void distancesBeyondADoubleStillVote() {
    double[] probability =
        new KNeighborsClassifier(5, Weights.DISTANCE, 2)
            .fit(LINE, Y, 2)
            .probability(Responses.of(new double[][] {{1e200}}));
    assertArrayEquals(new double[] {0.4, 0.6}, probability, 1e-15);
  }

  @Test
  void badSettingsAndInputAreRefused() {
    assertThrows(
        InvalidInputException.class, () -> new KNeighborsClassifier(0, Weights.UNIFORM, 2));
    for (double p : new double[] {0, -1, Double.NaN}) {
      assertThrows(
          InvalidInputException.class, () -> new KNeighborsClassifier(1, Weights.UNIFORM, p));
    }
    assertThrows(InvalidInputException.class, () -> Weights.parse("none"));
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> new KNeighborsClassifier(6, Weights.UNIFORM, 2).fit(LINE, Y, 2));
    assertEquals(
        "there cannot be more neighbours (nNeighbors = 6) than training events (5)",
        error.getMessage());
    assertThrows(
        InvalidInputException.class, () -> new KNeighborsClassifier().fit(LINE, new int[5], 1));
    DecoderModel model = new KNeighborsClassifier().fit(LINE, Y, 2);
    assertThrows(InvalidInputException.class, () -> model.predict(counts(1, 1)));
    assertEquals(0, model.decision(new Responses(new double[0], 0, 1)).length);
  }
}
