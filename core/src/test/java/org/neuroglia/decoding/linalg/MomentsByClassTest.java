package org.neuroglia.decoding.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.decoding.decoder.StandardScaler;
import org.neuroglia.decoding.split.Responses;

class MomentsByClassTest {
  private static final int N = 600;
  private static final int P = 4;
  private static final int[] Y = IntStream.range(0, N).map(i -> i * i % 11 % 3).toArray();

  private static Responses rows(boolean counts) {
    Random random = new Random(4);
    double[] values = new double[N * P];
    for (int i = 0; i < values.length; i++) {
      double x = 1000 * Y[i / P] + (1 + Y[i / P]) * 3 * random.nextGaussian();
      values[i] = counts ? Math.rint(x) : x;
    }
    return new Responses(values, N, P);
  }

  private static MomentsByClass none(boolean pairs) {
    return pairs ? MomentsByClass.ofPairs(P, 3) : MomentsByClass.ofSquares(P, 3);
  }

  private static MomentsByClass whole(Responses rows, boolean pairs) {
    MomentsByClass moments = none(pairs);
    moments.add(rows, Y);
    return moments;
  }

  /** Two passes, the plain way. */
  private static double covariance(Responses rows, int code, int a, int b) {
    int[] own = IntStream.range(0, N).filter(i -> Y[i] == code).toArray();
    double meanA = IntStream.of(own).mapToDouble(i -> rows.get(i, a)).average().orElseThrow();
    double meanB = IntStream.of(own).mapToDouble(i -> rows.get(i, b)).average().orElseThrow();
    return IntStream.of(own)
        .mapToDouble(i -> (rows.get(i, a) - meanA) * (rows.get(i, b) - meanB))
        .average()
        .orElseThrow();
  }

  @Test
  void classesFarApartKeepThePrecisionOfTheirOwnSpread() {
    Responses rows = rows(false);
    for (int k = 0; k < 3; k++) {
      double[] matrix = whole(rows, true).covariance(k);
      double[] squares = whole(rows, false).covariance(k);
      for (int a = 0; a < P; a++) {
        for (int b = 0; b < P; b++) {
          assertEquals(covariance(rows, k, a, b), matrix[a * P + b], 1e-11);
        }
        assertEquals(covariance(rows, k, a, a), squares[a], 1e-11);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void piecesOfCountsGiveTheSameToTheBit(boolean pairs) {
    Responses rows = rows(true);
    MomentsByClass one = whole(rows, pairs).recentred();
    for (int pieces : new int[] {2, 9, 250}) {
      MomentsByClass merged = none(pairs);
      for (int piece = pieces - 1; piece >= 0; piece--) {
        int residue = piece;
        MomentsByClass part = none(pairs);
        part.add(rows, Y, IntStream.range(0, N).filter(i -> i % pieces == residue).toArray());
        merged.merge(part);
      }
      MomentsByClass centred = merged.recentred();
      assertArrayEquals(one.counts(), centred.counts());
      assertArrayEquals(one.means(), centred.means());
      assertArrayEquals(one.variances(), centred.variances());
      for (int k = 0; k < 3; k++) {
        assertArrayEquals(one.covariance(k), centred.covariance(k));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsTakenAwayIsAsIfItHadNotBeenThere(boolean pairs) {
    Responses rows = rows(false);
    MomentsByClass total = whole(rows, pairs);
    MomentsByClass part = total.none();
    part.add(rows, Y, IntStream.range(0, N).filter(i -> i % 5 == 0).toArray());
    MomentsByClass expected = none(pairs);
    expected.add(rows, Y, IntStream.range(0, N).filter(i -> i % 5 != 0).toArray());
    MomentsByClass rest = total.minus(part);
    assertArrayEquals(expected.counts(), rest.counts());
    assertArrayEquals(expected.means(), rest.means(), 1e-10);
    assertArrayEquals(expected.variances(), rest.variances(), 1e-8);
    for (int k = 0; k < 3; k++) {
      assertArrayEquals(expected.covariance(k), rest.covariance(k), 1e-10);
    }
  }

  @Test
  void standardisedMomentsAreThoseOfStandardisedRows() {
    Responses rows = rows(false);
    StandardScaler scaler = StandardScaler.fit(rows, true, true);
    MomentsByClass expected = whole(scaler.transform(rows), true);
    MomentsByClass actual = scaler.transform(whole(rows, true));
    assertArrayEquals(expected.means(), actual.means(), 1e-12);
    assertArrayEquals(expected.covariance(2), actual.covariance(2), 1e-12);
    assertArrayEquals(new double[] {1, 1, 1, 1}, actual.variances(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void someNeuronsAreToTheBitAsIfThereWereNoOthers(boolean pairs) {
    Responses rows = rows(false);
    int[] chosen = {3, 1};
    MomentsByClass expected = pairs ? MomentsByClass.ofPairs(2, 3) : MomentsByClass.ofSquares(2, 3);
    expected.add(ClassMomentsTest.select(rows, chosen), Y);
    MomentsByClass actual = whole(rows, pairs).select(chosen);
    assertArrayEquals(expected.means(), actual.means());
    assertArrayEquals(expected.variances(), actual.variances());
    for (int k = 0; k < 3; k++) {
      assertArrayEquals(expected.covariance(k), actual.covariance(k));
    }
  }

  @Test
  void emptyClassesAreLeftOutByRecoding() {
    Responses rows = rows(true);
    MomentsByClass four = MomentsByClass.ofPairs(P, 4);
    four.add(rows, IntStream.of(Y).map(k -> k == 2 ? 3 : k).toArray());
    assertEquals(0, four.counts()[2]);
    MomentsByClass recoded = four.recoded(new int[] {1, 0, -1, 2}, 3);
    MomentsByClass plain = whole(rows, true);
    assertArrayEquals(plain.covariance(0), recoded.covariance(1));
    assertArrayEquals(plain.covariance(2), recoded.covariance(2));
  }
}
