package org.neuroglia.decoding.linalg;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

/**
 * A covariance C = BᵀB + Δ of many neurons from few rows B, and a diagonal Δ that shrinking added.
 * Its inverse goes through a matrix [row × row] (Woodbury's identity), never [neuron × neuron].
 *
 * @param rows B·Δ^(−1/2), [row × neuron], row by row
 * @param number of rows
 * @param neurons number of neurons
 * @param inverseStd Δ^(−1/2), [neuron]
 * @param factor upper Cholesky factor of I + B·Δ⁻¹·Bᵀ, [row × row]
 * @param logDeterminant ln det C
 */
public record ShrunkCovariance(
    double[] rows,
    int number,
    int neurons,
    double[] inverseStd,
    double[] factor,
    double logDeterminant)
    implements Mahalanobis {
  private static final long serialVersionUID = 1L;

  /**
   * @param rows B, [row × neuron], row by row; changed
   * @param diagonal Δ, [neuron], all above 0
   */
  public static ShrunkCovariance of(double[] rows, int number, double[] diagonal) {
    int p = diagonal.length;
    double[] inverseStd = new double[p];
    double logDeterminant = 0;
    for (int j = 0; j < p; j++) {
      inverseStd[j] = 1 / Math.sqrt(diagonal[j]);
      logDeterminant += Math.log(diagonal[j]);
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= inverseStd[i % p];
    }
    double[] factor = LinearAlgebra.gram(rows, number, p);
    for (int i = 0; i < number; i++) {
      factor[i * number + i] += 1;
    }
    if (number > 0 && LinearAlgebra.cholesky(factor, number) == 0) {
      throw new ArithmeticException("I + B·Bᵀ is not positive definite");
    }
    for (int i = 0; i < number; i++) {
      logDeterminant += 2 * Math.log(factor[i * number + i]);
    }
    return new ShrunkCovariance(rows, number, p, inverseStd, factor, logDeterminant);
  }

  /** C⁻¹·columns, of k columns [neuron]. */
  public double[] solve(double[] columns, int k) {
    double[] solved = scaled(columns, k);
    if (number > 0) {
      double[] small = project(solved, k);
      BLAS.dtrsm("L", "U", "N", "N", number, k, 1, factor, number, small, number);
      BLAS.dgemm(
          "N", "N", neurons, k, number, -1, rows, neurons, small, number, 1, solved, neurons);
    }
    return scaled(solved, k);
  }

  /** (Uᵀ)⁻¹·B·Δ^(−1/2)·columns, where UᵀU is the small matrix. */
  private double[] project(double[] columns, int k) {
    double[] small = new double[Math.multiplyExact(number, k)];
    BLAS.dgemm("T", "N", number, k, neurons, 1, rows, neurons, columns, neurons, 0, small, number);
    BLAS.dtrsm("L", "U", "T", "N", number, k, 1, factor, number, small, number);
    return small;
  }

  private double[] scaled(double[] columns, int k) {
    double[] scaled = new double[Math.multiplyExact(neurons, k)];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = columns[i] * inverseStd[i % neurons];
    }
    return scaled;
  }

  @Override
  public double[] squares(double[] columns, int k) {
    double[] scaled = scaled(columns, k);
    double[] small = number > 0 ? project(scaled, k) : new double[0];
    double[] squares = new double[k];
    for (int i = 0; i < k; i++) {
      squares[i] =
          BLAS.ddot(neurons, scaled, i * neurons, 1, scaled, i * neurons, 1)
              - BLAS.ddot(number, small, i * number, 1, small, i * number, 1);
    }
    return squares;
  }
}
