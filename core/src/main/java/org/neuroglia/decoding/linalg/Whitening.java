package org.neuroglia.decoding.linalg;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.util.Optional;

/**
 * Coordinates W in which a covariance C is the identity: Wᵀ·C·W = I. Two of them differ by a
 * rotation, which no result here depends on. A feature without variance has no part in them.
 */
public interface Whitening {
  /** Number of coordinates. */
  int rank();

  /** Wᵀ·columns, of k columns [feature]. */
  double[] project(double[] columns, int k);

  /** W·columns, of k columns [rank]. */
  double[] back(double[] columns, int k);

  /**
   * By the Cholesky factor of the correlation: a twentieth of the work of the eigenvalues.
   *
   * @param smallest empty unless every eigenvalue of the correlation is surely above
   */
  static Optional<Whitening> triangular(double[] covariance, int p, double smallest) {
    double[] inverseStd = inverseStd(covariance, p);
    double[] factor = correlation(covariance, inverseStd, p);
    for (int j = 0; j < p; j++) {
      factor[j * p + j] = 1; // of a feature without variance too, which `inverseStd` leaves out
    }
    double least = LinearAlgebra.cholesky(factor, p);
    return least > smallest
        ? Optional.of(new Triangular(factor, inverseStd, p, least))
        : Optional.empty();
  }

  /**
   * By the eigenvectors of the correlation.
   *
   * @param threshold eigenvalues up to it are left out
   */
  static Whitening spectral(double[] covariance, int p, double threshold) {
    double[] inverseStd = inverseStd(covariance, p);
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigen(correlation(covariance, inverseStd, p), p);
    double rounding = LinearAlgebra.rounding(eigen.values()[p - 1], p);
    int rank = 0;
    while (rank < p && eigen.values()[p - 1 - rank] > Math.max(threshold, rounding)) {
      rank++;
    }
    double[] matrix = new double[p * rank];
    for (int r = 0; r < rank; r++) {
      int column = p - 1 - r;
      double s = Math.sqrt(eigen.values()[column]);
      for (int j = 0; j < p; j++) {
        matrix[r * p + j] = inverseStd[j] * eigen.vectors()[column * p + j] / s;
      }
    }
    return new Spectral(matrix, p, rank);
  }

  /**
   * Of C = D·Bᵀ·B·D from rows B, fewer than the features, and without a matrix [feature × feature].
   * By the Cholesky factor of B·Bᵀ, or by its eigenvectors, which tell its rank.
   *
   * @param rows B, [row × feature], row by row
   * @param inverseStd D⁻¹, [feature]; 0 for a feature that has no part
   * @param surely Cholesky's way is taken if every eigenvalue of B·Bᵀ is above it
   * @param threshold eigenvalues up to it are left out
   */
  static Whitening ofRows(
      double[] rows, int number, int p, double[] inverseStd, double surely, double threshold) {
    double[] factor = LinearAlgebra.gram(rows, number, p);
    if (number > 0 && LinearAlgebra.cholesky(factor, number) > surely) {
      return new OfRows(rows, number, p, inverseStd, factor, new double[0], number);
    }
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigen(LinearAlgebra.gram(rows, number, p), number);
    double largest = number == 0 ? 0 : Math.max(0, eigen.values()[number - 1]);
    double least = Math.max(threshold, LinearAlgebra.rounding(largest, p));
    int rank = 0;
    while (rank < number && eigen.values()[number - 1 - rank] > least) {
      rank++;
    }
    double[] inverse = new double[number * rank];
    for (int r = 0; r < rank; r++) {
      int column = number - 1 - r;
      double scale = 1 / eigen.values()[column];
      BLAS.daxpy(number, scale, eigen.vectors(), column * number, 1, inverse, r * number, 1);
    }
    return new OfRows(rows, number, p, inverseStd, new double[0], inverse, rank);
  }

  private static double[] inverseStd(double[] covariance, int p) {
    double[] inverse = new double[p];
    for (int j = 0; j < p; j++) {
      double variance = covariance[j * p + j];
      inverse[j] = variance == 0 ? 0 : 1 / Math.sqrt(variance);
    }
    return inverse;
  }

  private static double[] correlation(double[] covariance, double[] inverseStd, int p) {
    double[] correlation = new double[p * p];
    for (int j = 0; j < p; j++) {
      for (int i = 0; i < p; i++) {
        correlation[j * p + i] = covariance[j * p + i] * inverseStd[i] * inverseStd[j];
      }
    }
    return correlation;
  }

  /**
   * W = D⁻¹·U⁻¹, where C = D·Uᵀ·U·D.
   *
   * @param smallest what the eigenvalues of the correlation Uᵀ·U are at least
   */
  record Triangular(double[] factor, double[] inverseStd, int p, double smallest)
      implements Whitening {
    @Override
    public int rank() {
      return p;
    }

    @Override
    public double[] project(double[] columns, int k) {
      double[] projected = scaled(columns, k);
      BLAS.dtrsm("L", "U", "T", "N", p, k, 1, factor, p, projected, p);
      return projected;
    }

    @Override
    public double[] back(double[] columns, int k) {
      double[] solved = columns.clone();
      BLAS.dtrsm("L", "U", "N", "N", p, k, 1, factor, p, solved, p);
      return scaled(solved, k);
    }

    private double[] scaled(double[] columns, int k) {
      double[] scaled = new double[p * k];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = columns[i] * inverseStd[i % p];
      }
      return scaled;
    }
  }

  /** W = D⁻¹·Bᵀ·M, where M is the inverse of B·Bᵀ = Uᵀ·U, or V·Λ⁻¹ of its eigenvectors. */
  record OfRows(
      double[] rows,
      int number,
      int p,
      double[] inverseStd,
      double[] factor,
      double[] inverse,
      int rank)
      implements Whitening {
    @Override
    public double[] project(double[] columns, int k) {
      double[] small = new double[number * k];
      double[] scaled = scaled(columns, k);
      BLAS.dgemm("T", "N", number, k, p, 1, rows, p, scaled, p, 0, small, Math.max(1, number));
      if (inverse.length == 0) {
        return solved(small, k);
      }
      double[] projected = new double[rank * k];
      BLAS.dgemm("T", "N", rank, k, number, 1, inverse, number, small, number, 0, projected, rank);
      return projected;
    }

    @Override
    public double[] back(double[] columns, int k) {
      double[] small = columns;
      if (inverse.length == 0) {
        small = solved(columns.clone(), k);
      } else {
        small = new double[number * k];
        BLAS.dgemm("N", "N", number, k, rank, 1, inverse, number, columns, rank, 0, small, number);
      }
      double[] back = new double[p * k];
      BLAS.dgemm("N", "N", p, k, number, 1, rows, p, small, Math.max(1, number), 0, back, p);
      return scaled(back, k);
    }

    private double[] solved(double[] small, int k) {
      if (rank > 0) {
        BLAS.dtrsm("L", "U", "T", "N", number, k, 1, factor, number, small, number);
        BLAS.dtrsm("L", "U", "N", "N", number, k, 1, factor, number, small, number);
      }
      return small;
    }

    private double[] scaled(double[] columns, int k) {
      double[] scaled = new double[p * k];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = columns[i] * inverseStd[i % p];
      }
      return scaled;
    }
  }

  /** W = D⁻¹·V·Λ^(−1/2), where C = D·V·Λ·Vᵀ·D, without the smallest eigenvalues. */
  record Spectral(double[] matrix, int p, int rank) implements Whitening {
    @Override
    public double[] project(double[] columns, int k) {
      double[] projected = new double[rank * k];
      BLAS.dgemm("T", "N", rank, k, p, 1, matrix, p, columns, p, 0, projected, rank);
      return projected;
    }

    @Override
    public double[] back(double[] columns, int k) {
      double[] back = new double[p * k];
      BLAS.dgemm("N", "N", p, k, rank, 1, matrix, p, columns, rank, 0, back, p);
      return back;
    }
  }
}
