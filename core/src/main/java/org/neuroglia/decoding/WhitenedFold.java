package org.neuroglia.decoding;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The training set of a fold in coordinates in which its total scatter is the identity. They do not
 * depend on labels: with any labels the scatter within classes is I − B here, where B is the
 * scatter of the class means. Not thread-safe.
 */
final class WhitenedFold {
  private final TrainingSet set;
  private final int fold;

  /** Neurons that vary among the training events; the others have no part. */
  private final int[] neurons;

  private final Whitening.Triangular whitening;
  private final double[] mean;
  private final double[] tested;
  private Responses prepared;

  private WhitenedFold(
      TrainingSet set,
      int fold,
      int[] neurons,
      Whitening.Triangular whitening,
      double[] mean,
      double[] tested) {
    this.set = set;
    this.fold = fold;
    this.neurons = neurons;
    this.whitening = whitening;
    this.mean = mean;
    this.tested = tested;
  }

  /**
   * Empty if the total scatter is not surely regular, but for neurons that do not vary.
   *
   * @param moments of the training events
   * @param rows all events less an origin, [event × neuron]
   * @param smallest what every eigenvalue of the total correlation must be above
   */
  static Optional<WhitenedFold> of(
      TrainingSet set, int fold, ClassMoments moments, double[] rows, double smallest) {
    double[] scatter = moments.totalScatter();
    int all = moments.neurons();
    int[] varying = IntStream.range(0, all).filter(j -> scatter[j * all + j] > 0).toArray();
    int p = varying.length;
    if (p == 0) {
      return Optional.empty();
    }
    double[] ofVarying = new double[p * p];
    for (int j = 0; j < p; j++) {
      for (int i = 0; i < p; i++) {
        ofVarying[j * p + i] = scatter[varying[j] * all + varying[i]];
      }
    }
    return Whitening.triangular(ofVarying, p, smallest)
        .map(whitening -> of(set, fold, varying, (Whitening.Triangular) whitening, rows));
  }

  private static WhitenedFold of(
      TrainingSet set, int fold, int[] neurons, Whitening.Triangular whitening, double[] rows) {
    int all = set.rows().neurons();
    double[] mean = new double[all];
    for (int event : set.trained()) {
      RowOperations.add(rows, event * all, mean, 0, all);
    }
    for (int j = 0; j < all; j++) {
      mean[j] /= set.trained().length;
    }
    int p = neurons.length;
    int events = set.tested().length;
    double[][] columns = new double[p][events];
    for (int i = 0; i < events; i++) {
      int row = set.tested()[i] * all;
      for (int j = 0; j < p; j++) {
        columns[j][i] = (rows[row + neurons[j]] - mean[neurons[j]]) * whitening.inverseStd()[j];
      }
    }
    RowOperations.forward(whitening.factor(), p, columns, events);
    double[] tested = new double[events * p];
    for (int j = 0; j < p; j++) {
      for (int i = 0; i < events; i++) {
        tested[i * p + j] = columns[j][i];
      }
    }
    return new WhitenedFold(set, fold, neurons, whitening, mean, tested);
  }

  int fold() {
    return fold;
  }

  /** Number of coordinates: of neurons that vary. */
  int coordinates() {
    return neurons.length;
  }

  int[] testedEvents() {
    return set.tested();
  }

  /** Number of training events. */
  int trained() {
    return set.trained().length;
  }

  /** The tested rows less the training mean, [event × coordinate]. */
  double[] tested() {
    return tested;
  }

  /** What the eigenvalues of the total correlation are at least. */
  double smallest() {
    return whitening.smallest();
  }

  /**
   * Fills a column for {@link #whiten}: a sum of training rows, less as many means, times a weight.
   *
   * @param sums of the training events of a class
   * @param part the place of this fold among the parts of the sums
   * @param z [coordinate] rows
   */
  void fill(double[][] z, int column, PartSums.OfNull sums, int part, int code, double weight) {
    int rows = sums.count(part, code);
    for (int j = 0; j < neurons.length; j++) {
      double centred = sums.sum(part, code, neurons[j]) - rows * mean[neurons[j]];
      z[j][column] = weight * (centred * whitening.inverseStd()[j]);
    }
  }

  /** Brings columns to the new coordinates, in place. */
  void whiten(double[][] z, int columns) {
    RowOperations.forward(whitening.factor(), neurons.length, z, columns);
  }

  /** Decodes null labels by a fit of their own. */
  void refit(int[] labels, int classes, int number, NullTally tally) {
    if (prepared == null) {
      prepared = set.prepared(set.rows().select(set.tested()));
    }
    tally.add(number, fold, set.tested(), set.predictNull(labels, classes, number, prepared));
  }
}
