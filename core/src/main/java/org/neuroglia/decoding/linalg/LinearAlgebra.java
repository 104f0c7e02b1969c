package org.neuroglia.decoding.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.netlib.util.doubleW;
import org.netlib.util.intW;

/**
 * BLAS, LAPACK, the three factorisations that decoders need, and least squares.
 *
 * <p>Matrices are column-major, as in BLAS. Rows of responses, one after the other, are therefore a
 * matrix [neuron × event].
 */
public final class LinearAlgebra {
  /** Held, or the logging system forgets the level: netlib warns when there is no native BLAS. */
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder"),
          Logger.getLogger("dev.ludovic.netlib.lapack.InstanceBuilder"));

  static {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  public static final BLAS BLAS = dev.ludovic.netlib.blas.BLAS.getInstance();
  private static final LAPACK LAPACK = dev.ludovic.netlib.lapack.LAPACK.getInstance();

  /** Distance from 1 to the next double, numpy's eps. */
  public static final double EPS = Math.ulp(1.0);

  private LinearAlgebra() {}

  /**
   * @param values ascending
   * @param vectors a column per value, of length 1
   */
  public record Eigen(double[] values, double[] vectors) {}

  /** Of a symmetric matrix [n × n], which is kept. */
  public static Eigen eigen(double[] matrix, int n) {
    double[] vectors = matrix.clone();
    double[] values = new double[n];
    double[] work = new double[Math.max(1, 34 * n)];
    intW info = new intW(0);
    LAPACK.dsyev("V", "U", n, vectors, Math.max(1, n), values, work, work.length, info);
    if (info.val != 0) {
      throw new ArithmeticException("dsyev ended with " + info.val);
    }
    return new Eigen(values, vectors);
  }

  /**
   * @param values descending, min(rows, columns) of them
   * @param right V [columns × values], a column per value
   */
  public record Singular(double[] values, double[] right) {}

  /** Singular values and right vectors of a matrix [rows × columns], which is destroyed. */
  public static Singular singular(double[] matrix, int rows, int columns) {
    int k = Math.min(rows, columns);
    double[] values = new double[k];
    double[] transposed = new double[k * columns];
    double[] work = new double[Math.max(1, 5 * Math.max(rows, columns) + 64 * (rows + columns))];
    intW info = new intW(0);
    LAPACK.dgesvd(
        "N",
        "S",
        rows,
        columns,
        matrix,
        rows,
        values,
        new double[1],
        1,
        transposed,
        k,
        work,
        work.length,
        info);
    if (info.val != 0) {
      throw new ArithmeticException("dgesvd ended with " + info.val);
    }
    double[] right = new double[columns * k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < columns; j++) {
        right[i * columns + j] = transposed[j * k + i];
      }
    }
    return new Singular(values, right);
  }

  /**
   * Upper Cholesky factor of a symmetric matrix [n × n], in place.
   *
   * @return a lower bound of its smallest eigenvalue (an estimate: LAPACK's dpocon), or 0 if it is
   *     not positive definite
   */
  public static double cholesky(double[] matrix, int n) {
    double norm = 0; // the largest sum of a column's absolute values
    for (int column = 0; column < n; column++) {
      norm = Math.max(norm, BLAS.dasum(n, matrix, column * n, 1));
    }
    intW info = new intW(0);
    if (!Cholesky.factor(matrix, n)) {
      return 0;
    }
    doubleW reciprocal = new doubleW(0);
    LAPACK.dpocon("U", n, matrix, n, norm, reciprocal, new double[3 * n], new int[n], info);
    return reciprocal.val * norm;
  }

  /**
   * The shortest x of those for which matrix · x is nearest to the right-hand side, {@code
   * scipy.linalg.lstsq}. By plain Java's LAPACK, so that every machine has the same bits.
   *
   * @param matrix [rows × columns], which is destroyed
   * @param right of length rows
   * @return of length columns
   */
  public static double[] leastSquares(double[] matrix, int rows, int columns, double[] right) {
    int most = Math.max(rows, columns);
    int least = Math.min(rows, columns);
    double[] solution = Arrays.copyOf(right, most);
    double[] work = new double[3 * least + 2 * most + 1];
    intW info = new intW(0);
    JavaLAPACK.getInstance()
        .dgelss(
            rows,
            columns,
            1,
            matrix,
            rows,
            solution,
            most,
            new double[least],
            EPS,
            new intW(0),
            work,
            work.length,
            info);
    if (info.val != 0) {
      throw new ArithmeticException("dgelss ended with " + info.val);
    }
    return Arrays.copyOf(solution, columns);
  }

  /**
   * Products of rows with each other, [row × row].
   *
   * @param rows [row × column], row by row
   */
  public static double[] gram(double[] rows, int number, int columns) {
    double[] gram = new double[Math.multiplyExact(number, number)];
    double[] block = new double[Math.min(ClassMoments.BLOCK, columns) * number];
    for (int from = 0; from < columns; from += ClassMoments.BLOCK) {
      int size = Math.min(ClassMoments.BLOCK, columns - from);
      for (int i = 0; i < number; i++) {
        for (int j = 0; j < size; j++) {
          block[j * number + i] = rows[i * columns + from + j];
        }
      }
      RankUpdate.add(1, block, size, gram, number);
    }
    mirrorUpper(gram, number);
    return gram;
  }

  /** Up to which an eigenvalue of a matrix [n × n] cannot be told from 0. */
  public static double rounding(double largest, int n) {
    return Math.max(n, 10) * EPS * largest;
  }

  /** Copies the upper triangle of a matrix [n × n] to its lower one. */
  public static void mirrorUpper(double[] matrix, int n) {
    for (int column = 0; column < n; column++) {
      for (int row = 0; row < column; row++) {
        matrix[row * n + column] = matrix[column * n + row];
      }
    }
  }

  public static double trace(double[] matrix, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += matrix[i * n + i];
    }
    return sum;
  }
}
