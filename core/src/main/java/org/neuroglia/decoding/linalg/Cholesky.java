package org.neuroglia.decoding.linalg;

/**
 * Cholesky's factor of a symmetric matrix, LAPACK's dpotrf: netlib's, in plain Java, takes some
 * three times as long. Four columns are taken out of the rest per pass, in loops over arrays that
 * share one index, which the JVM turns into vector instructions by itself; see {@link RankUpdate}.
 * The same to the bit everywhere.
 */
final class Cholesky {
  private static final int PER_PASS = 4;

  private Cholesky() {}

  /**
   * Factors a matrix in place.
   *
   * @param matrix [n × n], column-major; of it the upper triangle is read, and becomes U of A =
   *     Uᵀ·U; the rest stays
   * @return whether the matrix is positive definite; if not, it is partly overwritten
   */
  static boolean factor(double[] matrix, int n) {
    double[][] taken = new double[PER_PASS][n]; // rows of U, by column
    for (int first = 0; first < n; first += PER_PASS) {
      int size = Math.min(PER_PASS, n - first);
      for (int c = 0; c < size; c++) {
        if (!take(matrix, n, first, c, taken)) {
          return false;
        }
      }
      // After a pass of fewer there is no column left.
      for (int column = first + size; column < n; column++) {
        subtract(matrix, column * n, first + size, column, taken);
      }
    }
    return true;
  }

  /** Finishes row {@code first + c} of U: what the rows of this pass before it add is taken out. */
  private static boolean take(double[] matrix, int n, int first, int c, double[][] taken) {
    int row = first + c;
    double[] own = taken[c];
    for (int column = row; column < n; column++) {
      own[column] = matrix[column * n + row];
    }
    for (int before = 0; before < c; before++) {
      double[] other = taken[before];
      double factor = other[row];
      for (int column = row; column < n; column++) {
        own[column] -= factor * other[column];
      }
    }
    if (!(own[row] > 0)) {
      return false;
    }
    double pivot = Math.sqrt(own[row]);
    for (int column = row; column < n; column++) {
      own[column] = column == row ? pivot : own[column] / pivot;
      matrix[column * n + row] = own[column];
    }
    return true;
  }

  /** Takes the products of a pass out of one column, from row {@code from} to the diagonal. */
  private static void subtract(
      double[] matrix, int offset, int from, int column, double[][] taken) {
    double[] a = taken[0];
    double[] b = taken[1];
    double[] c = taken[2];
    double[] d = taken[3];
    double ofA = a[column];
    double ofB = b[column];
    double ofC = c[column];
    double ofD = d[column];
    for (int row = from; row <= column; row++) {
      matrix[offset + row] -= ofA * a[row] + ofB * b[row] + ofC * c[row] + ofD * d[row];
    }
  }
}
