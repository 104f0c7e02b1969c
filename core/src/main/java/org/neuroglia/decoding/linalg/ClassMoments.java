package org.neuroglia.decoding.linalg;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;
import static org.neuroglia.decoding.linalg.LinearAlgebra.EPS;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

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
public final class ClassMoments implements Moments<ClassMoments> {
  private static final long serialVersionUID = 1L;

  /** Rows per matrix product. */
  static final int BLOCK = 256;

  private final int neurons;
  private final double[] origin;
  private final long[] count;

  /** [class × neuron], of the rows less the origin. */
  private final double[] sum;

  /** Of the rows less the origin. */
  private final Scatter scatter;

  /** Squares subtracted from the scatter, [neuron]: their rounding stays in it. */
  private final double[] subtracted;

  /** Moments of no rows. */
  public ClassMoments(double[] origin, int classes) {
    this(origin.clone(), classes, Scatter.ofPairs(origin.length));
  }

  /**
   * Moments of no rows.
   *
   * @param pairs whether products of different neurons count, or each neuron's squares alone
   */
  static ClassMoments none(double[] origin, int classes, boolean pairs) {
    return new ClassMoments(
        origin, classes, pairs ? Scatter.ofPairs(origin.length) : Scatter.ofSquares(origin.length));
  }

  /** Moments of no rows yet, made ready for rows like these, of each neuron's squares alone. */
  public static ClassMoments ofSquares(Responses like, int classes) {
    return none(originOf(like), classes, false);
  }

  private ClassMoments(double[] origin, int classes, Scatter scatter) {
    this(
        origin,
        new long[classes],
        new double[Math.multiplyExact(classes, origin.length)],
        scatter,
        new double[origin.length]);
  }

  private ClassMoments(
      double[] origin, long[] count, double[] sum, Scatter scatter, double[] subtracted) {
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

  @Override
  public int neurons() {
    return neurons;
  }

  @Override
  public int classes() {
    return count.length;
  }

  public long count(int code) {
    return count[code];
  }

  @Override
  public long[] counts() {
    return count.clone();
  }

  public long events() {
    return Arrays.stream(count).sum();
  }

  @Override
  public ClassMoments none() {
    return new ClassMoments(origin, count.length, scatter.none());
  }

  @Override
  public void add(Responses rows, int[] y, int[] chosen) {
    double[] block = new double[Math.min(BLOCK, chosen.length) * neurons];
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
      scatter.add(1, block, size);
    }
  }

  @Override
  public void merge(ClassMoments other) {
    ClassMoments moved = other.about(origin);
    for (int k = 0; k < count.length; k++) {
      count[k] += moved.count[k];
    }
    BLAS.daxpy(sum.length, 1, moved.sum, 1, sum, 1);
    scatter.add(1, moved.scatter);
    BLAS.daxpy(neurons, 1, moved.subtracted, 1, subtracted, 1);
  }

  @Override
  public ClassMoments minus(ClassMoments part) {
    ClassMoments moved = part.about(origin);
    ClassMoments rest = copyAbout(origin);
    for (int k = 0; k < count.length; k++) {
      rest.count[k] -= moved.count[k];
    }
    BLAS.daxpy(sum.length, -1, moved.sum, 1, rest.sum, 1);
    rest.scatter.add(-1, moved.scatter);
    for (int j = 0; j < neurons; j++) {
      rest.subtracted[j] += moved.subtracted[j] + moved.scatter.square(j);
    }
    return rest;
  }

  private ClassMoments copyAbout(double[] newOrigin) {
    return new ClassMoments(
        newOrigin, count.clone(), sum.clone(), scatter.copy(), subtracted.clone());
  }

  /**
   * Up to which a variance of a neuron is nothing but rounding: the error of a sum of as many
   * squares as there are rows, with some reserve.
   */
  private double rounding(int neuron) {
    double squares = scatter.square(neuron) + subtracted[neuron];
    return 16 * EPS * Math.sqrt(Math.max(16, events())) * squares;
  }

  /**
   * The same moments about the mean of all rows, or the integer next to it where the origin was an
   * integer. After merges of integers this is the same to the bit, whatever was merged with what.
   */
  @Override
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
    moved.scatter.move(shift, totalSum(), events());
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

  @Override
  public ClassMoments recoded(int[] codes, int classes) {
    long[] newCount = new long[classes];
    double[] newSum = new double[Math.multiplyExact(classes, neurons)];
    for (int k = 0; k < count.length; k++) {
      if (count[k] > 0) {
        newCount[codes[k]] += count[k];
        BLAS.daxpy(neurons, 1, sum, k * neurons, 1, newSum, codes[k] * neurons, 1);
      }
    }
    return new ClassMoments(origin, newCount, newSum, scatter.copy(), subtracted.clone());
  }

  @Override
  public ClassMoments select(int[] chosen) {
    double[] newSum = new double[Math.multiplyExact(count.length, chosen.length)];
    for (int k = 0; k < count.length; k++) {
      System.arraycopy(
          select(sum, k * neurons, chosen), 0, newSum, k * chosen.length, chosen.length);
    }
    return new ClassMoments(
        select(origin, 0, chosen),
        count.clone(),
        newSum,
        scatter.select(chosen),
        select(subtracted, 0, chosen));
  }

  private static double[] select(double[] values, int offset, int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(j -> values[offset + j]).toArray();
  }

  @Override
  public ClassMoments standardised(double[] shift, double[] scale) {
    double[] newOrigin = new double[neurons];
    double[] newSum = sum.clone();
    Scatter newScatter = scatter.copy();
    newScatter.divide(scale);
    double[] newSubtracted = subtracted.clone();
    for (int j = 0; j < neurons; j++) {
      newOrigin[j] = (origin[j] - shift[j]) / scale[j];
      newSubtracted[j] /= scale[j] * scale[j];
      for (int k = 0; k < count.length; k++) {
        newSum[k * neurons + j] /= scale[j];
      }
    }
    return new ClassMoments(newOrigin, count.clone(), newSum, newScatter, newSubtracted);
  }

  /** The scatter of all rows stays as it is: only counts and sums are collected again. */
  @Override
  public ClassMoments relabelled(Responses rows, int[] y, int[] chosen, int classes) {
    long[] newCount = new long[classes];
    double[] newSum = new double[Math.multiplyExact(classes, neurons)];
    for (int event : chosen) {
      newCount[y[event]]++;
      for (int j = 0; j < neurons; j++) {
        newSum[y[event] * neurons + j] += rows.values()[event * neurons + j] - origin[j];
      }
    }
    return new ClassMoments(origin, newCount, newSum, scatter.copy(), subtracted.clone());
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

  /** About which sums are taken, [neuron]; not to be changed. */
  double[] origin() {
    return origin;
  }

  /** Sum over each class of the rows less the mean of all, [class × neuron]. */
  public double[] centredSums() {
    double[] centred = sum.clone();
    double[] all = totalSum();
    double events = events();
    for (int k = 0; k < count.length; k++) {
      BLAS.daxpy(neurons, -count[k] / events, all, 0, 1, centred, k * neurons, 1);
    }
    return centred;
  }

  /** Scatter of the rows about the mean of their class, [neuron × neuron] or squares [neuron]. */
  public double[] withinScatter() {
    return centred(count, sum);
  }

  /** Scatter of the rows about the mean of all, [neuron × neuron] or squares [neuron]. */
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
    within.scatter.add(-1, scaled, groups.length);
    for (int j = 0; j < neurons; j++) {
      if (within.scatter.square(j) <= rounding(j)) {
        within.scatter.clear(j);
      }
    }
    return within.scatter.products();
  }
}
