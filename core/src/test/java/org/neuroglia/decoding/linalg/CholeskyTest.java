package org.neuroglia.decoding.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netlib.util.intW;

class CholeskyTest {
  private static double[] positiveDefinite(int n, long seed) {
    Random random = new Random(seed);
    double[] rows = random.doubles((long) 2 * n * n, -1, 1).toArray();
    double[] matrix = new double[n * n];
    RankUpdate.add(1, rows, 2 * n, matrix, n);
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 33, 110, 257})
  void theFactorIsLapacks(int n) {
    double[] ours = positiveDefinite(n, n);
    double[] theirs = ours.clone();
    intW info = new intW(0);
    JavaLAPACK.getInstance().dpotrf("U", n, theirs, n, info);
    assertEquals(0, info.val);
    assertTrue(Cholesky.factor(ours, n));
    for (int column = 0; column < n; column++) {
      for (int row = 0; row <= column; row++) {
        double expected = theirs[column * n + row];
        assertEquals(expected, ours[column * n + row], 1e-11 * n, row + ", " + column);
      }
    }
  }

  @Test
  void theOtherTriangleStays() {
    double[] matrix = {4, 77, 2, 5};
    assertTrue(Cholesky.factor(matrix, 2));
    assertEquals(2, matrix[0]);
    assertEquals(77, matrix[1]);
    assertEquals(1, matrix[2]);
    assertEquals(2, matrix[3]);
  }

  @Test
  void aMatrixThatIsNotPositiveDefiniteIsTold() {
    double[] singular = positiveDefinite(9, 3);
    for (int i = 0; i < 9; i++) {
      singular[5 * 9 + i] = 0;
      singular[i * 9 + 5] = 0;
    }
    assertFalse(Cholesky.factor(singular, 9));
    assertFalse(Cholesky.factor(new double[] {-1}, 1));
    assertFalse(Cholesky.factor(new double[] {Double.NaN}, 1));
    assertTrue(Cholesky.factor(new double[0], 0));
  }
}
