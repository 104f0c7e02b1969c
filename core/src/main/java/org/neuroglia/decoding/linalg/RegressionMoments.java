package org.neuroglia.decoding.linalg;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.decoding.split.Responses;

/**
 * Sums over responses and continuous targets, enough to fit linear regressions to any number of
 * targets at once. They add and subtract, among those that were made by {@link #none()} of one
 * another: those of a training set are the total less the fold.
 *
 * <p>Rows and targets are expected to be finite. Not thread-safe.
 */
public final class RegressionMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of the responses, all in one class. */
  private final ClassMoments responses;

  /** About which targets are summed, [target]. */
  private final double[] origin;

  /** Sum of each target less its origin. */
  private final double[] sums;

  /** Σ (response − its origin)·(target − its origin), [target × neuron]. */
  private final double[] products;

  private RegressionMoments(
      ClassMoments responses, double[] origin, double[] sums, double[] products) {
    this.responses = responses;
    this.origin = origin;
    this.sums = sums;
    this.products = products;
  }

  /**
   * Moments of no rows yet, made ready for rows like these.
   *
   * @param targets [target][event]
   */
  public static RegressionMoments like(Responses rows, double[][] targets) {
    double[] origin =
        Arrays.stream(targets).mapToDouble(y -> Arrays.stream(y).average().orElse(0)).toArray();
    return none(new ClassMoments(ClassMoments.originOf(rows), 1), origin);
  }

  private static RegressionMoments none(ClassMoments responses, double[] origin) {
    return new RegressionMoments(
        responses,
        origin,
        new double[origin.length],
        new double[Math.multiplyExact(origin.length, responses.neurons())]);
  }

  /** Moments of no rows of the same neurons and targets. */
  public RegressionMoments none() {
    return none(responses.none(), origin);
  }

  public int neurons() {
    return responses.neurons();
  }

  public int targets() {
    return origin.length;
  }

  public long events() {
    return responses.events();
  }

  /**
   * Adds some of the rows.
   *
   * @param y [target][event]: y[t][i] is target t of row i
   */
  public void add(Responses rows, double[][] y, int[] chosen) {
    responses.add(rows, new int[rows.events()], chosen);
    int p = neurons();
    double[] block = new double[Math.min(ClassMoments.BLOCK, chosen.length) * p];
    double[] targets = new double[Math.min(ClassMoments.BLOCK, chosen.length) * origin.length];
    for (int from = 0; from < chosen.length; from += ClassMoments.BLOCK) {
      int size = Math.min(ClassMoments.BLOCK, chosen.length - from);
      for (int i = 0; i < size; i++) {
        int event = chosen[from + i];
        for (int j = 0; j < p; j++) {
          block[i * p + j] = rows.get(event, j) - responses.origin()[j];
        }
        for (int t = 0; t < origin.length; t++) {
          double centred = y[t][event] - origin[t];
          targets[t * size + i] = centred;
          sums[t] += centred;
        }
      }
      BLAS.dgemm("N", "N", p, origin.length, size, 1, block, p, targets, size, 1, products, p);
    }
  }

  /** Adds every row. */
  public void add(Responses rows, double[][] y) {
    add(rows, y, IntStream.range(0, rows.events()).toArray());
  }

  /** Adds the moments of other rows. */
  public void merge(RegressionMoments other) {
    requireSameOrigin(other);
    responses.merge(other.responses);
    BLAS.daxpy(sums.length, 1, other.sums, 1, sums, 1);
    BLAS.daxpy(products.length, 1, other.products, 1, products, 1);
  }

  /** The moments of those rows that are not in {@code part}, a subset of these. */
  public RegressionMoments minus(RegressionMoments part) {
    requireSameOrigin(part);
    double[] restSums = sums.clone();
    double[] restProducts = products.clone();
    BLAS.daxpy(sums.length, -1, part.sums, 1, restSums, 1);
    BLAS.daxpy(products.length, -1, part.products, 1, restProducts, 1);
    return new RegressionMoments(responses.minus(part.responses), origin, restSums, restProducts);
  }

  private void requireSameOrigin(RegressionMoments other) {
    if (!Arrays.equals(origin, other.origin)
        || !Arrays.equals(responses.origin(), other.responses.origin())) {
      throw new IllegalArgumentException("moments about different origins");
    }
  }

  /** The same rows with some of the neurons only, in the order given. */
  public RegressionMoments select(int[] chosen) {
    int p = neurons();
    double[] selected = new double[Math.multiplyExact(origin.length, chosen.length)];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = products[i / chosen.length * p + chosen[i % chosen.length]];
    }
    return new RegressionMoments(responses.select(chosen), origin, sums.clone(), selected);
  }

  /** The moments of (row − shift) / scale, with the same targets. */
  public RegressionMoments standardised(double[] shift, double[] scale) {
    double[] scaled = products.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= scale[i % scale.length];
    }
    return new RegressionMoments(
        responses.standardised(shift, scale), origin, sums.clone(), scaled);
  }

  /** Mean response of each neuron. */
  public double[] mean() {
    return responses.mean();
  }

  /** Mean of each target. */
  public double[] targetMeans() {
    return IntStream.range(0, origin.length)
        .mapToDouble(t -> origin[t] + sums[t] / events())
        .toArray();
  }

  /** Scatter of the responses about their mean, [neuron × neuron]. */
  public double[] scatter() {
    return responses.totalScatter();
  }

  /** Σ (response − its mean)·(target − its mean), [target × neuron]. */
  public double[] centredProducts() {
    int p = neurons();
    double[] centred = products.clone();
    double[] mean = mean(); // less the origin: the mean of what was summed
    for (int j = 0; j < p; j++) {
      mean[j] -= responses.origin()[j];
    }
    for (int t = 0; t < origin.length; t++) {
      BLAS.daxpy(p, -sums[t], mean, 0, 1, centred, t * p, 1);
    }
    return centred;
  }
}
