package org.neuroglia.decoding.linalg;

import java.util.Arrays;

/**
 * Products and triangular solutions of small matrices whose rows are arrays of their own.
 *
 * <p>netlib's plain Java goes through such matrices one row and one column at a time. Here four
 * rows are taken per pass, and the inner loop runs over arrays that share one index, which the JVM
 * turns into vector instructions by itself (see {@link RankUpdate}). No result depends on the
 * machine.
 */
public final class RowOperations {
  private RowOperations() {}

  /**
   * Solves Uᵀ·X = Z in place, from the first row to the last.
   *
   * @param factor U, upper triangular, [p × p], column-major
   * @param z rows, [p] of at least {@code columns}
   */
  public static void forward(double[] factor, int p, double[][] z, int columns) {
    for (int j = 0; j < p; j++) {
      double[] row = z[j];
      int i = 0;
      for (; i + 4 <= j; i += 4) {
        int u = j * p + i;
        subtract(
            row,
            factor[u],
            z[i],
            factor[u + 1],
            z[i + 1],
            factor[u + 2],
            z[i + 2],
            factor[u + 3],
            z[i + 3],
            columns);
      }
      for (; i < j; i++) {
        subtract(row, factor[j * p + i], z[i], columns);
      }
      divide(row, factor[j * p + j], columns);
    }
  }

  /** Solves U·X = Z in place, from the last row to the first; arguments as above. */
  public static void backward(double[] factor, int p, double[][] z, int columns) {
    for (int j = p - 1; j >= 0; j--) {
      double[] row = z[j];
      int i = j + 1;
      for (; i + 4 <= p; i += 4) {
        subtract(
            row,
            factor[i * p + j],
            z[i],
            factor[(i + 1) * p + j],
            z[i + 1],
            factor[(i + 2) * p + j],
            z[i + 2],
            factor[(i + 3) * p + j],
            z[i + 3],
            columns);
      }
      for (; i < p; i++) {
        subtract(row, factor[i * p + j], z[i], columns);
      }
      divide(row, factor[j * p + j], columns);
    }
  }

  private static void subtract(
      double[] row,
      double a,
      double[] x,
      double b,
      double[] y,
      double c,
      double[] z,
      double d,
      double[] w,
      int columns) {
    for (int i = 0; i < columns; i++) {
      row[i] -= a * x[i] + b * y[i] + c * z[i] + d * w[i];
    }
  }

  private static void subtract(double[] row, double a, double[] x, int columns) {
    for (int i = 0; i < columns; i++) {
      row[i] -= a * x[i];
    }
  }

  private static void divide(double[] row, double divisor, int columns) {
    double factor = 1 / divisor;
    for (int i = 0; i < columns; i++) {
      row[i] *= factor;
    }
  }

  /**
   * x·Z for one row x.
   *
   * @param x holds the row from {@code offset}
   * @param z rows, [p] of at least {@code columns}
   * @param product of at least {@code columns}, which is overwritten
   */
  public static void product(double[] x, int offset, double[][] z, int columns, double[] product) {
    Arrays.fill(product, 0, columns, 0);
    int j = 0;
    for (; j + 4 <= z.length; j += 4) {
      subtract(
          product,
          -x[offset + j],
          z[j],
          -x[offset + j + 1],
          z[j + 1],
          -x[offset + j + 2],
          z[j + 2],
          -x[offset + j + 3],
          z[j + 3],
          columns);
    }
    for (; j < z.length; j++) {
      subtract(product, -x[offset + j], z[j], columns);
    }
  }

  /** Adds {@code weight} times a row to another. */
  public static void add(
      double weight, double[] from, int at, double[] to, int target, int length) {
    for (int i = 0; i < length; i++) {
      to[target + i] += weight * from[at + i];
    }
  }

  /** Adds a row to another. */
  public static void add(double[] from, int at, double[] to, int target, int length) {
    for (int i = 0; i < length; i++) {
      to[target + i] += from[at + i];
    }
  }

  /** Four sums side by side, so that no addition waits for the one before. */
  public static double dot(double[] a, int at, double[] b, int from, int length) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      first += a[at + i] * b[from + i];
      second += a[at + i + 1] * b[from + i + 1];
      third += a[at + i + 2] * b[from + i + 2];
      fourth += a[at + i + 3] * b[from + i + 3];
    }
    for (; i < length; i++) {
      first += a[at + i] * b[from + i];
    }
    return first + second + (third + fourth);
  }
}
