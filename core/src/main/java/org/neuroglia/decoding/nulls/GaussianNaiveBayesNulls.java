package org.neuroglia.decoding.nulls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.TrainingSet;
import org.neuroglia.decoding.crossval.TrainingSets;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.GaussianNB;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.PartSums;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;

/**
 * Null labels of Gaussian naive Bayes: means and variances of classes follow from sums of rows and
 * of squares by class and fold, and all nulls are scored side by side. Predictions are those of a
 * fit to each null; where a variance is so small that the sums of squares do not tell it well, that
 * fit is made.
 *
 * @param nulls [null × event]
 */
record GaussianNaiveBayesNulls(GaussianNB decoder, int[][] nulls, int classes)
    implements NullScorer {
  /** Columns, of a null and a class each, that are worked on together. */
  private static final int COLUMNS = 128;

  /** Bytes that the sums of one null may take. */
  private static final long MEMORY = 1L << 20;

  /** A smaller share of the mean square is no well-known variance, but for 0 of integers. */
  private static final double SURELY_KNOWN = 1e-6;

  /** With less smoothing a class may be refused that has no variance. */
  private static final double ENOUGH_SMOOTHING = 1e-12;

  static boolean serves(GaussianNB decoder) {
    return decoder.priors().length == 0 && decoder.varSmoothing() >= ENOUGH_SMOOTHING;
  }

  @Override
  public void score(
      TrainingSets sets, Folds folds, List<Responses> tested, List<NullTally> tallies) {
    int p = sets.rows.neurons();
    double[] rows = withSquares(sets.rows, ClassMoments.originOf(sets.rows));
    int together = (int) Math.max(1, MEMORY / (16L * p * classes) - 1);
    for (int from = 0; from < folds.count(); from += together) {
      int first = from;
      int number = Math.min(together, folds.count() - first);
      int[] part =
          Arrays.stream(folds.fold())
              .map(f -> f >= first && f < first + number ? f - first : number)
              .toArray();
      List<Training> trainings = new ArrayList<>();
      for (int f = first; f < first + number; f++) {
        trainings.add(Training.of(sets.of(folds, f), tested, decoder.varSmoothing()));
      }
      score(new PartSums(rows, 2 * p, part, number), trainings, tallies);
    }
  }

  private void score(PartSums sums, List<Training> trainings, List<NullTally> tallies) {
    int batch = Math.min(nulls.length, Math.max(1, COLUMNS / classes));
    PartSums.OfNull ofNull = sums.new OfNull(classes);
    Columns[] columns = new Columns[trainings.size()];
    Arrays.setAll(columns, f -> new Columns(sums.neurons() / 2, batch, classes));
    for (int first = 0; first < nulls.length; first += batch) {
      int size = Math.min(batch, nulls.length - first);
      for (int b = 0; b < size; b++) {
        ofNull.collect(nulls[first + b], 0);
        for (int f = 0; f < columns.length; f++) {
          columns[f].fill(b, ofNull, f, trainings.get(f));
        }
      }
      for (int f = 0; f < columns.length; f++) {
        score(first, size, columns[f], trainings.get(f), tallies);
      }
    }
  }

  private void score(
      int first, int size, Columns columns, Training training, List<NullTally> tallies) {
    int[] events = training.set.tested();
    boolean[][] right = new boolean[size][events.length];
    double[] evidence = new double[size * classes];
    for (int time = 0; time < tallies.size(); time++) {
      double[] rows = training.prepared.get(time).values();
      for (int e = 0; e < events.length; e++) {
        columns.evidence(rows, e, evidence);
        for (int b = 0; b < size; b++) {
          int predicted = DecoderModel.largest(evidence, b * classes, classes);
          right[b][e] = predicted == nulls[first + b][events[e]];
        }
      }
      for (int b = 0; b < size; b++) {
        if (columns.known[b]) {
          tallies.get(time).add(first + b, training.set.fold(), events, right[b]);
        }
      }
    }
    for (int b = 0; b < size; b++) {
      if (!columns.known[b]) {
        int number = first + b;
        training.set.scoreNull(nulls[number], classes, number, training.prepared, tallies);
      }
    }
  }

  /** Each row less the origin, and then its squares. */
  private static double[] withSquares(Responses rows, double[] origin) {
    int p = origin.length;
    double[] values = new double[Math.multiplyExact(2, rows.values().length)];
    for (int event = 0; event < rows.events(); event++) {
      for (int j = 0; j < p; j++) {
        double x = rows.get(event, j) - origin[j];
        values[2 * event * p + j] = x;
        values[(2 * event + 1) * p + j] = x * x;
      }
    }
    return values;
  }

  /**
   * What does not depend on labels.
   *
   * @param origin of the sums, in the units of the prepared rows
   * @param scale what a neuron's responses are divided by
   * @param epsilon what the smoothing adds to each variance; 0 if no neuron varies
   * @param prepared of each of the responses the tested rows
   */
  private record Training(
      TrainingSet set, double[] origin, double[] scale, double epsilon, List<Responses> prepared) {

    static Training of(TrainingSet set, List<Responses> tested, double smoothing) {
      double[] origin = ClassMoments.originOf(set.rows());
      double[] scale = set.standardises() ? set.scaler().scale() : new double[origin.length];
      double[] variance = set.scaler().variance();
      double[] mean = set.scaler().mean();
      double largest = 0;
      for (int j = 0; j < scale.length; j++) {
        if (set.standardises()) {
          origin[j] = (origin[j] - mean[j]) / scale[j];
        } else {
          scale[j] = 1;
        }
        largest = Math.max(largest, variance[j] / (scale[j] * scale[j]));
      }
      return new Training(set, origin, scale, smoothing * largest, set.preparedTests(tested));
    }
  }

  /** The classes of some nulls, a column each. Not thread-safe. */
  private static final class Columns {
    private final int classes;

    /** Whether the classes of a null are known well enough, and at least two. */
    private final boolean[] known;

    private final double[][] mean; // [neuron × column]
    private final double[][] weight; // 1 / variance, [neuron × column]
    private final double[] peak; // logarithm of the prior times the density at the mean

    Columns(int neurons, int nulls, int classes) {
      this.classes = classes;
      this.known = new boolean[nulls];
      this.mean = new double[neurons][nulls * classes];
      this.weight = new double[neurons][nulls * classes];
      this.peak = new double[nulls * classes];
    }

    void fill(int place, PartSums.OfNull sums, int part, Training training) {
      int present = 0;
      known[place] = training.epsilon > 0;
      for (int k = 0; k < classes; k++) {
        int column = place * classes + k;
        int count = sums.count(part, k);
        if (count == 0) {
          peak[column] = Double.NEGATIVE_INFINITY;
          for (int j = 0; j < mean.length; j++) {
            weight[j][column] = 0;
          }
          continue;
        }
        present++;
        peak[column] = Math.log((double) count / training.set.trained().length);
        for (int j = 0; j < mean.length; j++) {
          double sum = sums.sum(part, k, j);
          double square = sums.sum(part, k, mean.length + j);
          double scatter = square - sum * sum / count;
          if (scatter < SURELY_KNOWN * square) {
            boolean constant = count * square == sum * sum; // which integers tell exactly
            known[place] &= constant;
            scatter = 0;
          }
          double scale = training.scale[j];
          double variance = scatter / count / (scale * scale) + training.epsilon;
          mean[j][column] = training.origin[j] + sum / count / scale;
          weight[j][column] = 1 / variance;
          peak[column] -= 0.5 * Math.log(2 * Math.PI * variance);
        }
      }
      known[place] &= present > 1;
    }

    /** The joint log-likelihoods of one row, a column each. */
    void evidence(double[] rows, int row, double[] evidence) {
      int columns = evidence.length;
      Arrays.fill(evidence, 0);
      for (int j = 0; j < mean.length; j++) {
        addSquares(rows[row * mean.length + j], mean[j], weight[j], evidence);
      }
      for (int c = 0; c < columns; c++) {
        evidence[c] = peak[c] - 0.5 * evidence[c];
      }
    }

    private static void addSquares(double x, double[] mean, double[] weight, double[] sums) {
      for (int c = 0; c < sums.length; c++) {
        double distance = x - mean[c];
        sums[c] += distance * distance * weight[c];
      }
    }
  }
}
