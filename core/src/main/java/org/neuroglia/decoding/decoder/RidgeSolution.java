package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.LinearAlgebra;
import org.neuroglia.decoding.linalg.RankUpdate;
import org.neuroglia.decoding.split.Responses;

/**
 * Coefficients w that minimise |y − X·w|² + alpha·|w|² for any number of targets y over one
 * Cholesky factor; X and y are centred.
 */
public final class RidgeSolution {
  private RidgeSolution() {}

  static void requireAlpha(double alpha) {
    if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("alpha must be 0 or more, not " + alpha);
    }
  }

  /**
   * (Xᵀ·X + alpha·I)⁻¹·Xᵀ·y.
   *
   * @param scatter Xᵀ·X, [neuron × neuron]; destroyed
   * @param products Xᵀ·y, [target × neuron]; becomes the coefficients
   */
  static double[] ofScatter(double[] scatter, int p, double alpha, double[] products, int targets) {
    for (int j = 0; j < p; j++) {
      if (scatter[j * p + j] == 0) { // a neuron that does not vary: no more than rounding
        for (int t = 0; t < targets; t++) {
          products[t * p + j] = 0;
        }
      }
    }
    solve(scatter, p, alpha, products, targets);
    return products;
  }

  /**
   * Xᵀ·(X·Xᵀ + alpha·I)⁻¹·y, the same by a matrix [event × event] for fewer events than neurons.
   *
   * @param rows X, [event × neuron], row by row
   * @param y [target × event]; destroyed
   * @return [target × neuron]
   */
  static double[] ofRows(Responses rows, double alpha, double[] y, int targets) {
    int n = rows.events();
    int p = rows.neurons();
    solve(LinearAlgebra.gram(rows.values(), n, p), n, alpha, y, targets);
    double[] coefficients = new double[Math.multiplyExact(targets, p)];
    BLAS.dgemm("N", "N", p, targets, n, 1, rows.values(), p, y, n, 0, coefficients, p);
    return coefficients;
  }

  /**
   * What the products of tested rows with the coefficients are made of: X'·(Xᵀ·X + alpha·I)⁻¹, to
   * be multiplied by Xᵀ·y, or of fewer events than neurons X'·Xᵀ·(X·Xᵀ + alpha·I)⁻¹, by y.
   *
   * @param training X, centred
   * @param tested several X', less the same means
   * @return of each, [tested event × neuron or training event]
   */
  public static List<double[]> weights(Responses training, double alpha, List<Responses> tested) {
    int n = training.events();
    int p = training.neurons();
    if (n >= p) {
      double[] factor = new double[Math.multiplyExact(p, p)];
      RankUpdate.add(1, training.values(), n, factor, p);
      LinearAlgebra.mirrorUpper(factor, p);
      factorise(factor, p, alpha);
      return tested.stream()
          .map(some -> solved(factor, p, some.values().clone(), some.events()))
          .toList();
    }
    double[] factor = LinearAlgebra.gram(training.values(), n, p);
    factorise(factor, n, alpha);
    List<double[]> weights = new ArrayList<>();
    for (Responses some : tested) {
      int m = some.events();
      double[] products = new double[Math.multiplyExact(m, n)];
      BLAS.dgemm("T", "N", n, m, p, 1, training.values(), p, some.values(), p, 0, products, n);
      weights.add(solved(factor, n, products, m));
    }
    return weights;
  }

  /** (matrix + alpha·I)⁻¹·columns, in place. */
  private static void solve(double[] matrix, int n, double alpha, double[] columns, int number) {
    factorise(matrix, n, alpha);
    solved(matrix, n, columns, number);
  }

  /** Upper Cholesky factor of matrix + alpha·I, in place. */
  private static void factorise(double[] matrix, int n, double alpha) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] += alpha;
      largest = Math.max(largest, matrix[i * n + i]);
    }
    if (!(LinearAlgebra.cholesky(matrix, n) > LinearAlgebra.rounding(largest, n))) {
      throw new InvalidInputException(
          "with alpha = " + alpha + " the regression has no single solution; give a larger alpha");
    }
  }

  private static double[] solved(double[] factor, int n, double[] columns, int number) {
    BLAS.dtrsm("L", "U", "T", "N", n, number, 1, factor, n, columns, n);
    BLAS.dtrsm("L", "U", "N", "N", n, number, 1, factor, n, columns, n);
    return columns;
  }

  /** Rows less the mean of each neuron. */
  public static Responses centred(Responses rows, double[] mean) {
    double[] values = rows.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean[i % mean.length];
    }
    return new Responses(values, rows.events(), rows.neurons());
  }

  /** Mean target less the coefficients times the mean responses, [target]. */
  static double[] intercepts(double[] targetMeans, double[] coefficients, double[] mean) {
    double[] intercepts = Arrays.copyOf(targetMeans, targetMeans.length);
    for (int t = 0; t < intercepts.length; t++) {
      intercepts[t] -= BLAS.ddot(mean.length, coefficients, t * mean.length, 1, mean, 0, 1);
    }
    return intercepts;
  }
}
