package org.neuroglia.decoding.crossval;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.PartSums;
import org.neuroglia.decoding.linalg.RowOperations;
import org.neuroglia.decoding.linalg.Whitening;
import org.neuroglia.decoding.split.Responses;

/**
 * The training set of a fold in coordinates in which its total scatter is the identity. They do not
 * depend on labels: with any labels the scatter within classes is I − B here, where B is the
 * scatter of the class means. Not thread-safe.
 */
public final class WhitenedFold {
  private final TrainingSet set;

  /** Neurons that vary among the training events; the others have no part. */
  private final int[] neurons;

  private final Whitening.Triangular whitening;
  private final double[] mean;

  /** Of each of the responses that are tested, the whitened rows. */
  private final List<double[]> tested;

  /** For nulls that are fitted by themselves; empty until there are any. */
  private List<Responses> prepared = List.of();

  private WhitenedFold(
      TrainingSet set,
      int[] neurons,
      Whitening.Triangular whitening,
      double[] mean,
      List<double[]> tested) {
    this.set = set;
    this.neurons = neurons;
    this.whitening = whitening;
    this.mean = mean;
    this.tested = tested;
  }

  /**
   * Empty if the total scatter is not surely regular, but for neurons that do not vary.
   *
   * @param moments of the training events
   * @param rows of all events less an origin, [event × neuron]
   * @param tested responses to all events that are tested, less the same origin
   * @param smallest what every eigenvalue of the total correlation must be above
   */
  public static Optional<WhitenedFold> of(
      TrainingSet set,
      ClassMoments moments,
      double[] rows,
      List<double[]> tested,
      double smallest) {
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
        .map(whitening -> of(set, varying, (Whitening.Triangular) whitening, rows, tested));
  }

  private static WhitenedFold of(
      TrainingSet set,
      int[] neurons,
      Whitening.Triangular whitening,
      double[] rows,
      List<double[]> tested) {
    int all = set.rows().neurons();
    double[] mean = new double[all];
    for (int event : set.trained()) {
      RowOperations.add(rows, event * all, mean, 0, all);
    }
    for (int j = 0; j < all; j++) {
      mean[j] /= set.trained().length;
    }
    List<double[]> whitened =
        tested.stream().map(some -> whitened(set, neurons, whitening, mean, some)).toList();
    return new WhitenedFold(set, neurons, whitening, mean, whitened);
  }

  /** The tested events of some rows, [event × coordinate]. */
  private static double[] whitened(
      TrainingSet set,
      int[] neurons,
      Whitening.Triangular whitening,
      double[] mean,
      double[] rows) {
    int all = mean.length;
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
    return tested;
  }

  public int fold() {
    return set.fold();
  }

  /** Number of coordinates: of neurons that vary. */
  public int coordinates() {
    return neurons.length;
  }

  public int[] testedEvents() {
    return set.tested();
  }

  /** Number of training events. */
  public int trained() {
    return set.trained().length;
  }

  /** Of one of the responses the tested rows less the training mean, [event × coordinate]. */
  public double[] tested(int number) {
    return tested.get(number);
  }

  /** What the eigenvalues of the total correlation are at least. */
  public double smallest() {
    return whitening.smallest();
  }

  /**
   * Fills a column for {@link #whiten}: a sum of training rows, less as many means, times a weight.
   *
   * @param sums of the training events of a class
   * @param part the place of this fold among the parts of the sums
   * @param z [coordinate] rows
   */
  public void fill(
      double[][] z, int column, PartSums.OfNull sums, int part, int code, double weight) {
    int rows = sums.count(part, code);
    for (int j = 0; j < neurons.length; j++) {
      double centred = sums.sum(part, code, neurons[j]) - rows * mean[neurons[j]];
      z[j][column] = weight * (centred * whitening.inverseStd()[j]);
    }
  }

  /** Brings columns to the new coordinates, in place. */
  public void whiten(double[][] z, int columns) {
    RowOperations.forward(whitening.factor(), neurons.length, z, columns);
  }

  /** Decodes null labels by a fit of their own. */
  public void refit(
      int[] labels, int classes, int number, List<Responses> responses, List<NullTally> tallies) {
    if (prepared.isEmpty()) {
      prepared = set.preparedTests(responses);
    }
    set.scoreNull(labels, classes, number, prepared, tallies);
  }
}
