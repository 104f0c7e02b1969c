package org.neuroglia.decoding.linalg;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums of products of rows, less an origin that {@link ClassMoments} keeps: of all pairs of
 * neurons, or of each neuron with itself only. Not thread-safe.
 */
abstract class Scatter implements Serializable {
  private static final long serialVersionUID = 1L;

  final int neurons;
  final double[] values;

  private Scatter(int neurons, double[] values) {
    this.neurons = neurons;
    this.values = values;
  }

  /** Of no rows; of all pairs of neurons. */
  static Scatter ofPairs(int neurons) {
    return new Pairs(neurons, new double[Math.multiplyExact(neurons, neurons)]);
  }

  /** Of no rows; of each neuron with itself. */
  static Scatter ofSquares(int neurons) {
    return new Squares(neurons, new double[neurons]);
  }

  /** Of no rows, of the same products. */
  abstract Scatter none();

  abstract Scatter copy();

  /** Adds the products of some rows, {@code sign} times. */
  abstract void add(double sign, double[] rows, int number);

  /** Adds those of other rows about the same origin, {@code sign} times. */
  final void add(double sign, Scatter other) {
    BLAS.daxpy(values.length, sign, other.values, 1, values, 1);
  }

  /**
   * Moves the origin.
   *
   * @param shift old origin less the new one
   * @param total sum of the rows less the old origin
   */
  abstract void move(double[] shift, double[] total, long events);

  /** Of the same rows with some of the neurons only. */
  abstract Scatter select(int[] chosen);

  /** Divides every row by a scale per neuron. */
  abstract void divide(double[] scale);

  /** The sum of squares of a neuron. */
  abstract double square(int neuron);

  /** Sets every product of a neuron to 0. */
  abstract void clear(int neuron);

  /** [neuron × neuron], or [neuron] where there are only squares. */
  abstract double[] products();

  private static final class Pairs extends Scatter {
    private static final long serialVersionUID = 1L;

    /** Of the values only the upper triangle is kept. */
    Pairs(int neurons, double[] values) {
      super(neurons, values);
    }

    @Override
    Scatter none() {
      return ofPairs(neurons);
    }

    @Override
    Scatter copy() {
      return new Pairs(neurons, values.clone());
    }

    @Override
    void add(double sign, double[] rows, int number) {
      RankUpdate.add(sign, rows, number, values, neurons);
    }

    @Override
    void move(double[] shift, double[] total, long events) {
      BLAS.dsyr2("U", neurons, 1, shift, 1, total, 1, values, neurons);
      BLAS.dsyr("U", neurons, events, shift, 1, values, neurons);
    }

    @Override
    Scatter select(int[] chosen) {
      int n = chosen.length;
      double[] selected = new double[Math.multiplyExact(n, n)];
      for (int j = 0; j < n; j++) {
        for (int i = 0; i <= j; i++) {
          int row = Math.min(chosen[i], chosen[j]);
          int column = Math.max(chosen[i], chosen[j]);
          selected[j * n + i] = values[column * neurons + row];
        }
      }
      return new Pairs(n, selected);
    }

    @Override
    void divide(double[] scale) {
      for (int j = 0; j < neurons; j++) {
        for (int i = 0; i <= j; i++) {
          values[j * neurons + i] /= scale[i] * scale[j];
        }
      }
    }

    @Override
    double square(int neuron) {
      return values[neuron * neurons + neuron];
    }

    @Override
    void clear(int neuron) {
      for (int i = 0; i < neurons; i++) {
        values[i * neurons + neuron] = 0;
        values[neuron * neurons + i] = 0;
      }
    }

    @Override
    double[] products() {
      double[] matrix = values.clone();
      LinearAlgebra.mirrorUpper(matrix, neurons);
      return matrix;
    }
  }

  private static final class Squares extends Scatter {
    private static final long serialVersionUID = 1L;

    Squares(int neurons, double[] values) {
      super(neurons, values);
    }

    @Override
    Scatter none() {
      return ofSquares(neurons);
    }

    @Override
    Scatter copy() {
      return new Squares(neurons, values.clone());
    }

    @Override
    void add(double sign, double[] rows, int number) {
      for (int i = 0; i < number; i++) {
        for (int j = 0; j < neurons; j++) {
          double x = rows[i * neurons + j];
          values[j] += sign * (x * x);
        }
      }
    }

    @Override
    void move(double[] shift, double[] total, long events) {
      for (int j = 0; j < neurons; j++) {
        values[j] += shift[j] * (2 * total[j] + events * shift[j]);
      }
    }

    @Override
    Scatter select(int[] chosen) {
      return new Squares(
          chosen.length, Arrays.stream(chosen).mapToDouble(j -> values[j]).toArray());
    }

    @Override
    void divide(double[] scale) {
      for (int j = 0; j < neurons; j++) {
        values[j] /= scale[j] * scale[j];
      }
    }

    @Override
    double square(int neuron) {
      return values[neuron];
    }

    @Override
    void clear(int neuron) {
      values[neuron] = 0;
    }

    @Override
    double[] products() {
      return Arrays.copyOf(values, neurons);
    }
  }
}
