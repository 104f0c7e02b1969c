package org.neuroglia.decoding.linalg;

import java.util.Arrays;

/**
 * Sums of products of all pairs of columns over some rows, BLAS's dsyrk: here lies nearly all the
 * work of a decoder of many neurons.
 *
 * <p>netlib's dsyrk, which is a loop over one row and one column at a time, takes ten times as
 * long, with the Vector API or without. Two columns by four rows per pass keep the arithmetic busy
 * rather than the memory, and a loop over arrays that share one index is one that the JVM turns
 * into vector instructions by itself. Neither fused operations nor the machine's vector width
 * change a result: it is the same to the bit everywhere.
 */
public final class RankUpdate {
  private static final int ROWS_PER_PASS = 4;

  private RankUpdate() {}

  /**
   * Adds {@code sign · Σ row·rowᵀ} to the upper triangle of a matrix.
   *
   * @param rows [row × column], row by row
   * @param number of rows
   * @param matrix [column × column], column-major
   */
  public static void add(double sign, double[] rows, int number, double[] matrix, int columns) {
    double[][] row = apart(rows, number, columns);
    double[] sums = new double[columns];
    double[] next = new double[columns];
    for (int j = 0; j < columns; j += 2) {
      int second = Math.min(j + 1, columns - 1); // of an odd number of columns the last, twice
      Arrays.fill(sums, 0, second + 1, 0);
      Arrays.fill(next, 0, second + 1, 0);
      for (int r = 0; r < row.length; r += ROWS_PER_PASS) {
        addProducts(row[r], row[r + 1], row[r + 2], row[r + 3], j, second, sums, next);
      }
      accumulate(sign, sums, matrix, j, columns);
      if (second > j) {
        accumulate(sign, next, matrix, second, columns);
      }
    }
  }

  /** Each row an array of its own, and rows of zeros up to a whole number of passes. */
  private static double[][] apart(double[] rows, int number, int columns) {
    int passes = (number + ROWS_PER_PASS - 1) / ROWS_PER_PASS;
    double[][] apart = new double[passes * ROWS_PER_PASS][];
    double[] zeros = new double[number < apart.length ? columns : 0];
    for (int r = 0; r < apart.length; r++) {
      apart[r] = r < number ? Arrays.copyOfRange(rows, r * columns, (r + 1) * columns) : zeros;
    }
    return apart;
  }

  /** Adds the products of columns j and k of four rows with all columns up to k. */
  private static void addProducts(
      double[] a, double[] b, double[] c, double[] d, int j, int k, double[] ofJ, double[] ofK) {
    double aj = a[j];
    double bj = b[j];
    double cj = c[j];
    double dj = d[j];
    double ak = a[k];
    double bk = b[k];
    double ck = c[k];
    double dk = d[k];
    for (int i = 0; i <= k; i++) {
      double ai = a[i];
      double bi = b[i];
      double ci = c[i];
      double di = d[i];
      ofJ[i] += ai * aj + bi * bj + ci * cj + di * dj;
      ofK[i] += ai * ak + bi * bk + ci * ck + di * dk;
    }
  }

  private static void accumulate(
      double sign, double[] sums, double[] matrix, int column, int columns) {
    for (int i = 0; i <= column; i++) {
      matrix[column * columns + i] += sign * sums[i];
    }
  }
}
