package org.neuroglia.decoding;

import static org.neuroglia.decoding.LinearAlgebra.BLAS;
import static org.neuroglia.decoding.LinearAlgebra.EPS;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;

/**
 * What a linear discriminant needs to know of labelled responses: count and sum of each class, and
 * the scatter of all rows together, about an origin close to their mean.
 *
 * <p>Moments add ({@link #merge}) and subtract ({@link #minus}): those of a training set are the
 * total less the fold. An origin near the mean keeps sums small, so that nothing is lost when the
 * class means are taken out; moments about different origins are brought to one first. For
 * responses that are integers, such as spike counts, every sum is exact, and the result does not
 * depend on the order of rows, blocks or merges; for others it does within rounding.
 *
 * <p>Rows are expected to be finite. Not thread-safe.
 */
public final class ClassMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows per matrix product. */
  static final int BLOCK = 256;

  private final int neurons;
  private final double[] origin;
  private final long[] count;

  /** [class × neuron], of the rows less the origin. */
  private final double[] sum;

  /** [neuron × neuron], of the rows less the origin; only the upper triangle is kept. */
  private final double[] scatter;

  /** Squares subtracted from the scatter's diagonal, [neuron]: their rounding stays in it. */
  private final double[] subtracted;

  /** Moments of no rows. */
  public ClassMoments(double[] origin, int classes) {
    this(
        origin.clone(),
        new long[classes],
        new double[Math.multiplyExact(classes, origin.length)],
        new double[Math.multiplyExact(origin.length, origin.length)],
        new double[origin.length]);
  }

  private ClassMoments(
      double[] origin, long[] count, double[] sum, double[] scatter, double[] subtracted) {
    if (origin.length == 0) {
      throw new InvalidInputException("the responses have no neurons to decode from");
    }
    this.neurons = origin.length;
    this.origin = origin;
    this.count = count;
    this.sum = sum;
    this.scatter = scatter;
    this.subtracted = subtracted;
  }

  /** Moments of labelled rows. */
  public static ClassMoments of(Responses rows, int[] y, int classes) {
    ClassMoments moments = new ClassMoments(originOf(rows), classes);
    moments.add(rows, y);
    return moments;
  }

  /** The mean of each neuron; rounded to an integer where all its responses are integers. */
  public static double[] originOf(Responses rows) {
    double[] origin = new double[rows.neurons()];
    for (int j = 0; j < origin.length; j++) {
      double total = 0;
      boolean integers = true;
      for (int event = 0; event < rows.events(); event++) {
        double x = rows.get(event, j);
        total += x;
        integers &= x == Math.rint(x);
      }
      double mean = rows.events() == 0 ? 0 : total / rows.events();
      origin[j] = integers ? Math.rint(mean) : mean;
    }
    return origin;
  }

  public int neurons() {
    return neurons;
  }

  public int classes() {
    return count.length;
  }

  public long count(int code) {
    return count[code];
  }

  public long[] counts() {
    return count.clone();
  }

  public long events() {
    return Arrays.stream(count).sum();
  }

  /** Moments of no rows of the same neurons and classes. */
  public ClassMoments none() {
    return new ClassMoments(origin, count.length);
  }

  /** Adds every row; row i is of class y[i]. */
  public void add(Responses rows, int[] y) {
    add(rows, y, IntStream.range(0, rows.events()).toArray());
  }

  /** Adds some of the rows. */
  public void add(Responses rows, int[] y, int[] chosen) {
    double[] block = new double[BLOCK * neurons];
    for (int from = 0; from < chosen.length; from += BLOCK) {
      int size = Math.min(BLOCK, chosen.length - from);
      for (int i = 0; i < size; i++) {
        int event = chosen[from + i];
        int code = y[event];
        count[code]++;
        for (int j = 0; j < neurons; j++) {
          double centred = rows.values()[event * neurons + j] - origin[j];
          block[i * neurons + j] = centred;
          sum[code * neurons + j] += centred;
        }
      }
      addScatter(1, block, size);
    }
  }

  /** scatter += sign · Σ of the outer products of rows with themselves. */
  private void addScatter(double sign, double[] rows, int number) {
    BLAS.dsyrk("U", "N", neurons, number, sign, rows, neurons, 1, scatter, neurons);
  }

  /** Adds the moments of other rows of the same neurons and classes. */
  public void merge(ClassMoments other) {
    ClassMoments moved = other.about(origin);
    for (int k = 0; k < count.length; k++) {
      count[k] += moved.count[k];
    }
    BLAS.daxpy(sum.length, 1, moved.sum, 1, sum, 1);
    BLAS.daxpy(scatter.length, 1, moved.scatter, 1, scatter, 1);
    BLAS.daxpy(neurons, 1, moved.subtracted, 1, subtracted, 1);
  }

  /** The moments of those rows that are not in {@code part}, a subset of these. */
  public ClassMoments minus(ClassMoments part) {
    ClassMoments moved = part.about(origin);
    ClassMoments rest = copyAbout(origin);
    for (int k = 0; k < count.length; k++) {
      rest.count[k] -= moved.count[k];
    }
    BLAS.daxpy(sum.length, -1, moved.sum, 1, rest.sum, 1);
    BLAS.daxpy(scatter.length, -1, moved.scatter, 1, rest.scatter, 1);
    for (int j = 0; j < neurons; j++) {
      rest.subtracted[j] += moved.subtracted[j] + moved.scatter[j * neurons + j];
    }
    return rest;
  }

  private ClassMoments copyAbout(double[] newOrigin) {
    return new ClassMoments(
        newOrigin, count.clone(), sum.clone(), scatter.clone(), subtracted.clone());
  }

  /**
   * Up to which a variance of a neuron is nothing but rounding: the error of a sum of as many
   * squares as there are rows, with some reserve.
   */
  private double rounding(int neuron) {
    double squares = scatter[neuron * neurons + neuron] + subtracted[neuron];
    return 16 * EPS * Math.sqrt(Math.max(16, events())) * squares;
  }

  private void clear(double[] matrix, int neuron) {
    for (int i = 0; i < neurons; i++) {
      matrix[i * neurons + neuron] = 0;
      matrix[neuron * neurons + i] = 0;
    }
  }

  /**
   * The same moments about the mean of all rows, or the integer next to it where the origin was an
   * integer. After merges of integers this is the same to the bit, whatever was merged with what.
   */
  public ClassMoments recentred() {
    double[] centre = mean();
    for (int j = 0; j < neurons; j++) {
      centre[j] = origin[j] == Math.rint(origin[j]) ? Math.rint(centre[j]) : centre[j];
    }
    return about(centre);
  }

  private ClassMoments about(double[] newOrigin) {
    if (Arrays.equals(origin, newOrigin)) {
      return this;
    }
    double[] shift = new double[neurons];
    for (int j = 0; j < neurons; j++) {
      shift[j] = origin[j] - newOrigin[j];
    }
    ClassMoments moved = copyAbout(newOrigin);
    double[] all = totalSum();
    BLAS.dsyr2("U", neurons, 1, shift, 1, all, 1, moved.scatter, neurons);
    BLAS.dsyr("U", neurons, events(), shift, 1, moved.scatter, neurons);
    for (int k = 0; k < count.length; k++) {
      for (int j = 0; j < neurons; j++) {
        moved.sum[k * neurons + j] += count[k] * shift[j];
      }
    }
    return moved;
  }

  private double[] totalSum() {
    double[] all = new double[neurons];
    for (int k = 0; k < count.length; k++) {
      BLAS.daxpy(neurons, 1, sum, k * neurons, 1, all, 0, 1);
    }
    return all;
  }

  /**
   * The same rows with other codes: class k becomes class {@code codes[k]}, or −1 if it is empty.
   */
  public ClassMoments recoded(int[] codes, int classes) {
    long[] newCount = new long[classes];
    double[] newSum = new double[Math.multiplyExact(classes, neurons)];
    for (int k = 0; k < count.length; k++) {
      if (count[k] > 0) {
        newCount[codes[k]] += count[k];
        BLAS.daxpy(neurons, 1, sum, k * neurons, 1, newSum, codes[k] * neurons, 1);
      }
    }
    return new ClassMoments(origin, newCount, newSum, scatter.clone(), subtracted.clone());
  }

  /** The moments of (row − shift) / scale. */
  ClassMoments standardised(double[] shift, double[] scale) {
    double[] newOrigin = new double[neurons];
    double[] newSum = sum.clone();
    double[] newScatter = scatter.clone();
    double[] newSubtracted = subtracted.clone();
    for (int j = 0; j < neurons; j++) {
      newOrigin[j] = (origin[j] - shift[j]) / scale[j];
      newSubtracted[j] /= scale[j] * scale[j];
      for (int k = 0; k < count.length; k++) {
        newSum[k * neurons + j] /= scale[j];
      }
      for (int i = 0; i <= j; i++) {
        newScatter[j * neurons + i] /= scale[i] * scale[j];
      }
    }
    return new ClassMoments(newOrigin, count.clone(), newSum, newScatter, newSubtracted);
  }

  /** Mean of each class, [class × neuron]; NaN for a class without rows. */
  public double[] means() {
    double[] means = new double[sum.length];
    for (int k = 0; k < count.length; k++) {
      for (int j = 0; j < neurons; j++) {
        means[k * neurons + j] = origin[j] + sum[k * neurons + j] / count[k];
      }
    }
    return means;
  }

  /** Mean of all rows. */
  public double[] mean() {
    double[] mean = totalSum();
    for (int j = 0; j < neurons; j++) {
      mean[j] = origin[j] + mean[j] / events();
    }
    return mean;
  }

  /** Scatter of the rows about the mean of their class, [neuron × neuron]. */
  public double[] withinScatter() {
    return centred(count, sum);
  }

  /** Scatter of the rows about the mean of all, [neuron × neuron]. */
  public double[] totalScatter() {
    return centred(new long[] {events()}, totalSum());
  }

  /** Scatter less Σ sum·sumᵀ / n of some groups; exactly 0 where no more than rounding is left. */
  private double[] centred(long[] groups, double[] sums) {
    double[] scaled = new double[sums.length];
    for (int k = 0; k < groups.length; k++) {
      if (groups[k] > 0) {
        BLAS.daxpy(neurons, 1 / Math.sqrt(groups[k]), sums, k * neurons, 1, scaled, k * neurons, 1);
      }
    }
    ClassMoments within = copyAbout(origin);
    within.addScatter(-1, scaled, groups.length);
    for (int j = 0; j < neurons; j++) {
      if (within.scatter[j * neurons + j] <= rounding(j)) {
        clear(within.scatter, j);
      }
    }
    LinearAlgebra.mirrorUpper(within.scatter, neurons);
    return within.scatter;
  }
}
