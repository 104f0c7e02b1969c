package org.neuroglia.decoding.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.decoding.split.Responses;

class ClassMomentsTest {
  private static final int N = 700;
  private static final int P = 5;
  private final int[] y = IntStream.range(0, N).map(i -> i * 7 % 3).toArray();

  private static Responses counts(long seed) {
    Random random = new Random(seed);
    return new Responses(
        random.doubles((long) N * P).map(u -> Math.floor(20 * u * u)).toArray(), N, P);
  }

  private static Responses gaussian(double mean, double deviation) {
    Random random = new Random(2);
    return new Responses(
        IntStream.range(0, N * P)
            .mapToDouble(i -> mean + deviation * random.nextGaussian())
            .toArray(),
        N,
        P);
  }

  /** Scatter about class means the plain way. */
  private double[] within(Responses rows) {
    double[] means = new double[3 * P];
    int[] n = new int[3];
    for (int i = 0; i < N; i++) {
      n[y[i]]++;
      for (int j = 0; j < P; j++) {
        means[y[i] * P + j] += rows.get(i, j);
      }
    }
    double[] scatter = new double[P * P];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < P; j++) {
        for (int k = 0; k < P; k++) {
          scatter[j * P + k] +=
              (rows.get(i, j) - means[y[i] * P + j] / n[y[i]])
                  * (rows.get(i, k) - means[y[i] * P + k] / n[y[i]]);
        }
      }
    }
    return scatter;
  }

  @Test
  void scatterEqualsThePlainSumOfProducts() {
    Responses rows = gaussian(100, 0.01);
    double[] expected = within(rows);
    double[] actual = ClassMoments.of(rows, y, 3).withinScatter();
    for (int i = 0; i < P * P; i++) {
      assertEquals(expected[i], actual[i], 1e-10 * expected[0]);
    }
  }

  @Test
  void momentsOfCountsAreTheSameToTheBitHoweverTheyWereCollected() {
    Responses rows = counts(1);
    ClassMoments whole = ClassMoments.of(rows, y, 3);
    for (int parts : new int[] {2, 7, 64, N}) {
      ClassMoments merged = null;
      for (int part = parts - 1; part >= 0; part--) {
        int[] chosen = IntStream.range(part * N / parts, (part + 1) * N / parts).toArray();
        ClassMoments piece =
            ClassMoments.of(rows.select(chosen), IntStream.of(chosen).map(i -> y[i]).toArray(), 3);
        if (merged == null) {
          merged = piece;
        } else {
          merged.merge(piece);
        }
      }
      assertArrayEquals(whole.counts(), merged.counts());
      assertArrayEquals(whole.means(), merged.recentred().means());
      assertArrayEquals(whole.withinScatter(), merged.recentred().withinScatter());
    }
  }

  @Test
  void totalLessFoldIsTheRest() {
    Responses rows = gaussian(3, 1);
    int[] fold = IntStream.range(0, N).filter(i -> i % 5 == 0).toArray();
    int[] rest = IntStream.range(0, N).filter(i -> i % 5 != 0).toArray();
    ClassMoments total = ClassMoments.of(rows, y, 3);
    ClassMoments part = total.none();
    part.add(rows, y, fold);
    ClassMoments expected = total.none();
    expected.add(rows, y, rest);
    ClassMoments actual = total.minus(part);
    assertArrayEquals(expected.counts(), actual.counts());
    assertArrayEquals(expected.means(), actual.means(), 1e-12);
    assertArrayEquals(expected.withinScatter(), actual.withinScatter(), 1e-10);
    assertArrayEquals(expected.totalScatter(), actual.totalScatter(), 1e-10);
  }

  @Test
  void aNeuronThatVariesInTheFoldAloneHasNoScatterLeft() {
    Responses rows = gaussian(0.1, 1);
    for (int i = 0; i < N; i++) {
      rows.values()[i * P] = i % 5 == 0 ? rows.values()[i * P] : 0.1;
    }
    ClassMoments total = ClassMoments.of(rows, y, 3);
    ClassMoments part = total.none();
    part.add(rows, y, IntStream.range(0, N).filter(i -> i % 5 == 0).toArray());
    double[] scatter = total.minus(part).withinScatter();
    for (int j = 0; j < P; j++) {
      assertEquals(0, scatter[j]);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void someNeuronsAreToTheBitAsIfThereWereNoOthers(boolean counts) {
    Responses rows = counts ? counts(6) : gaussian(3, 2);
    int[] chosen = {4, 0, 3};
    Responses kept = select(rows, chosen);
    ClassMoments expected = ClassMoments.of(kept, y, 3);
    ClassMoments actual = ClassMoments.of(rows, y, 3).select(chosen);
    assertEquals(3, actual.neurons());
    assertArrayEquals(expected.counts(), actual.counts());
    assertArrayEquals(expected.means(), actual.means());
    assertArrayEquals(expected.withinScatter(), actual.withinScatter());
    assertArrayEquals(expected.totalScatter(), actual.totalScatter());

    ClassMoments squares = ClassMoments.ofSquares(rows, 3);
    squares.add(rows, y);
    ClassMoments keptSquares = ClassMoments.ofSquares(kept, 3);
    keptSquares.add(kept, y);
    assertArrayEquals(keptSquares.withinScatter(), squares.select(chosen).withinScatter());
  }

  static Responses select(Responses rows, int[] chosen) {
    double[] values = new double[rows.events() * chosen.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i / chosen.length, chosen[i % chosen.length]);
    }
    return new Responses(values, rows.events(), chosen.length);
  }

  @Test
  void recodingMovesClasses() {
    Responses rows = counts(4);
    ClassMoments moments = ClassMoments.of(rows, y, 3);
    ClassMoments recoded = moments.recoded(new int[] {3, 0, 1}, 4);
    assertEquals(moments.count(0), recoded.count(3));
    assertEquals(moments.means()[1], recoded.means()[3 * P + 1]);
    assertArrayEquals(moments.withinScatter(), recoded.withinScatter(), 1e-9);
  }
}
