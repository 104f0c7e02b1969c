package org.neuroglia.decoding;

import java.util.Optional;

/**
 * The training set of a fold in coordinates in which its total scatter is the identity. They do not
 * depend on labels: with any labels the scatter within classes is I − B here, where B is the
 * scatter of the class means. Not thread-safe.
 */
final class WhitenedFold {
  private final TrainingSet set;
  private final int fold;
  private final Whitening.Triangular whitening;
  private final double[] mean;
  private final double[] tested;
  private Responses prepared;

  private WhitenedFold(
      TrainingSet set, int fold, Whitening.Triangular whitening, double[] mean, double[] tested) {
    this.set = set;
    this.fold = fold;
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
    int p = moments.neurons();
    double[] scatter = moments.totalScatter();
    if (LinearAlgebra.trace(scatter, p) == 0) {
      return Optional.empty();
    }
    return Whitening.triangular(scatter, p, smallest)
        .map(whitening -> of(set, fold, (Whitening.Triangular) whitening, rows));
  }

  private static WhitenedFold of(
      TrainingSet set, int fold, Whitening.Triangular whitening, double[] rows) {
    int p = whitening.p();
    double[] mean = new double[p];
    for (int event : set.trained()) {
      RowOperations.add(rows, event * p, mean, 0, p);
    }
    for (int j = 0; j < p; j++) {
      mean[j] /= set.trained().length;
    }
    int events = set.tested().length;
    double[][] columns = new double[p][events];
    for (int i = 0; i < events; i++) {
      for (int j = 0; j < p; j++) {
        columns[j][i] =
            (rows[set.tested()[i] * p + j] - mean[j]) * whitening.inverseStd()[j];
      }
    }
    RowOperations.forward(whitening.factor(), p, columns, events);
    double[] tested = new double[events * p];
    for (int j = 0; j < p; j++) {
      for (int i = 0; i < events; i++) {
        tested[i * p + j] = columns[j][i];
      }
    }
    return new WhitenedFold(set, fold, whitening, mean, tested);
  }

  int fold() {
    return fold;
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
   * A weighted sum of training rows, less their mean, in units of each neuron's deviation: an entry
   * of a column that {@link #whiten} takes.
   *
   * @param sum of the neuron over some training rows
   * @param rows how many
   */
  double centred(int neuron, double sum, double rows) {
    return (sum - rows * mean[neuron]) * whitening.inverseStd()[neuron];
  }

  /**
   * Brings columns to the new coordinates, in place.
   *
   * @param z [neuron] rows of at least {@code columns}, filled by {@link #centred}
   */
  void whiten(double[][] z, int columns) {
    RowOperations.forward(whitening.factor(), whitening.p(), z, columns);
  }

  /** Decodes null labels by a fit of their own. */
  void refit(int[] labels, int classes, int number, NullTally tally) {
    if (prepared == null) {
      prepared = set.prepared(set.rows().select(set.tested()));
    }
    tally.add(
        number, fold, set.tested(), set.predictNull(labels, classes, number, prepared));
  }
}
