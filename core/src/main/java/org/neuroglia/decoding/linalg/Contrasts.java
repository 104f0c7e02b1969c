package org.neuroglia.decoding.linalg;

import java.util.Arrays;
import org.neuroglia.decoding.split.Responses;

/**
 * What varies within the classes, in as few rows as hold it: per class one less than it has events,
 * with Σ row·rowᵀ the scatter of the class about its mean. They are Helmert's contrasts: each event
 * less the mean of those of its class before it, times √(i / (i + 1)). Where there are fewer events
 * than neurons, their products with each other are a small matrix of full rank, from which
 * everything follows that the large one, [neuron × neuron], would tell.
 *
 * @param values [row × neuron], row by row, the rows of a class together
 * @param counts rows of each class
 * @param neurons number of neurons
 */
public record Contrasts(double[] values, int[] counts, int neurons) {

  /**
   * Of labelled rows.
   *
   * @param y class code of each row
   */
  public static Contrasts of(Responses rows, int[] y, int classes) {
    int p = rows.neurons();
    int[] counts = new int[classes];
    for (int code : y) {
      counts[code]++;
    }
    int[] next = new int[classes]; // where the next row of each class goes
    int[] seen = new int[classes];
    int number = 0;
    for (int k = 0; k < classes; k++) {
      next[k] = number;
      counts[k] = Math.max(0, counts[k] - 1);
      number += counts[k];
    }
    double[] values = new double[Math.multiplyExact(number, p)];
    double[] first = new double[Math.multiplyExact(classes, p)];
    double[] sums = new double[first.length]; // of the rows of a class so far, less the first
    for (int event = 0; event < rows.events(); event++) {
      int k = y[event];
      int i = seen[k]++;
      if (i == 0) {
        System.arraycopy(rows.values(), event * p, first, k * p, p);
        continue;
      }
      double scale = Math.sqrt(i / (i + 1.0));
      int to = next[k]++ * p;
      for (int j = 0; j < p; j++) {
        double x = rows.values()[event * p + j] - first[k * p + j];
        values[to + j] = scale * (x - sums[k * p + j] / i);
        sums[k * p + j] += x;
      }
    }
    return new Contrasts(values, counts, p);
  }

  public int number() {
    return Arrays.stream(counts).sum();
  }

  /** Number of the first row of a class. */
  int first(int code) {
    return Arrays.stream(counts, 0, code).sum();
  }

  /** A copy of the rows of one class. */
  public double[] of(int code) {
    int from = first(code) * neurons;
    return Arrays.copyOfRange(values, from, from + counts[code] * neurons);
  }

  /** A copy of all rows: those of class k times {@code weights[k]}, neuron j times scale[j]. */
  public double[] scaled(double[] weights, double[] scale) {
    double[] scaled = new double[values.length];
    int row = 0;
    for (int k = 0; k < counts.length; k++) {
      for (int i = 0; i < counts[k]; i++, row++) {
        for (int j = 0; j < neurons; j++) {
          scaled[row * neurons + j] = values[row * neurons + j] * weights[k] * scale[j];
        }
      }
    }
    return scaled;
  }
}
