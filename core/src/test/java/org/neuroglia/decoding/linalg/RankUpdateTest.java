package org.neuroglia.decoding.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankUpdateTest {
  private static double[] naive(double sign, double[] rows, int number, double[] matrix, int n) {
    double[] sum = matrix.clone();
    for (int r = 0; r < number; r++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i <= j; i++) {
          sum[j * n + i] += sign * rows[r * n + i] * rows[r * n + j];
        }
      }
    }
    return sum;
  }

  @Test
  void everyShapeHasTheProductsOfItsRowsAndKeepsTheLowerTriangle() {
    Random random = new Random(3);
    for (int columns = 1; columns <= 9; columns++) {
      for (int number = 0; number <= 9; number++) {
        double[] rows = random.ints(number * columns, -9, 10).asDoubleStream().toArray();
        double[] matrix = random.ints(columns * columns, -9, 10).asDoubleStream().toArray();
        double[] expected = naive(-1, rows, number, matrix, columns);
        RankUpdate.add(-1, rows, number, matrix, columns);
        assertArrayEquals(expected, matrix, columns + " columns, " + number + " rows");
      }
    }
  }

  @Test
  void rowsBehindTheNumberGivenAreLeftAlone() {
    double[] matrix = new double[4];
    RankUpdate.add(1, new double[] {1, 2, Double.NaN, Double.NaN}, 1, matrix, 2);
    assertArrayEquals(new double[] {1, 0, 2, 4}, matrix);
  }

  @Test
  void fractionsAreSummedWithinRounding() {
    Random random = new Random(5);
    double[] rows = random.doubles(64 * 33, -1, 1).toArray();
    double[] expected = naive(1, rows, 64, new double[33 * 33], 33);
    double[] matrix = new double[33 * 33];
    RankUpdate.add(1, rows, 64, matrix, 33);
    assertArrayEquals(expected, matrix, 1e-13);
  }
}
