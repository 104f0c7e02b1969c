package org.neuroglia.decoding.nulls;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.util.List;
import java.util.stream.IntStream;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.TrainingSet;
import org.neuroglia.decoding.crossval.TrainingSets;
import org.neuroglia.decoding.decoder.RidgeClassifier;
import org.neuroglia.decoding.decoder.RidgeSolution;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.RowOperations;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;

/**
 * Null labels of a ridge classifier: what is predicted for a tested event is a weighted sum of the
 * training targets, and the weights (the rows of the hat matrix) do not depend on labels. So there
 * is one Cholesky factor per fold for all nulls, and each costs class sums and scores. Predictions
 * are those of a fit to each null.
 *
 * @param nulls [null × event]
 */
record RidgeClassifierNulls(RidgeClassifier decoder, int[][] nulls, int classes)
    implements NullScorer {
  /** Columns, of a null and a class each, that are scored together. */
  private static final int COLUMNS = 256;

  @Override
  public void score(
      TrainingSets sets, Folds folds, List<Responses> tested, List<NullTally> tallies) {
    int targets = classes == 2 ? 1 : classes;
    int batch = Math.max(1, COLUMNS / targets);
    for (int f = 0; f < folds.count(); f++) {
      Fold fold = Fold.of(sets.of(folds, f), tested, decoder.alpha());
      for (int first = 0; first < nulls.length; first += batch) {
        score(fold, first, Math.min(batch, nulls.length - first), targets, tallies);
      }
      for (int number = 0; number < nulls.length; number++) {
        if (fold.classesTrained(nulls[number]) < 2) {
          fold.set.scoreNull(nulls[number], classes, number, fold.prepared, tallies);
        }
      }
    }
  }

  private void score(Fold fold, int first, int size, int targets, List<NullTally> tallies) {
    int from = classes - targets; // the first class that is a target
    double[] sums = new double[Math.multiplyExact(size * targets, fold.coordinates)];
    int[][] counts = new int[size][classes];
    for (int b = 0; b < size; b++) {
      fold.collect(nulls[first + b], from, b * targets, sums, counts[b]);
    }
    int[] events = fold.set.tested();
    double[] scores = new double[events.length * size * targets];
    for (int time = 0; time < tallies.size(); time++) {
      fold.score(time, sums, size * targets, scores);
      for (int b = 0; b < size; b++) {
        if (IntStream.of(counts[b]).filter(n -> n > 0).count() < 2) {
          continue;
        }
        int[] predicted = new int[events.length];
        for (int e = 0; e < events.length; e++) {
          predicted[e] = predicted(scores, (e * size + b) * targets, counts[b], fold.trained());
        }
        tallies.get(time).add(first + b, fold.set.fold(), events, predicted);
      }
    }
  }

  /** The class with the largest value, of those that were trained on. */
  private int predicted(double[] scores, int offset, int[] counts, int trained) {
    if (classes == 2) {
      return 2 * (scores[offset] + (double) counts[1] / trained) - 1 > 0 ? 1 : 0;
    }
    int best = -1;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double value = scores[offset + k] + (double) counts[k] / trained;
      if (counts[k] > 0 && value > largest) {
        best = k;
        largest = value;
      }
    }
    return best;
  }

  /**
   * What does not depend on labels.
   *
   * @param training centred rows; where there are fewer events than neurons, the coordinates are
   *     the events themselves
   * @param prepared of each of the responses the tested rows
   * @param weights of each of these, [tested event × coordinate]
   */
  private record Fold(
      TrainingSet set,
      Responses training,
      int coordinates,
      List<Responses> prepared,
      List<double[]> weights) {

    static Fold of(TrainingSet set, List<Responses> tested, double alpha) {
      Responses rows = set.preparedTraining();
      ClassMoments moments = ClassMoments.ofSquares(rows, 1);
      moments.add(rows, new int[rows.events()]);
      double[] mean = moments.mean();
      Responses training = RidgeSolution.centred(rows, mean);
      List<Responses> prepared = set.preparedTests(tested);
      List<Responses> centred =
          prepared.stream().map(some -> RidgeSolution.centred(some, mean)).toList();
      return new Fold(
          set,
          training,
          Math.min(training.events(), training.neurons()),
          prepared,
          RidgeSolution.weights(training, alpha, centred));
    }

    int trained() {
      return training.events();
    }

    int classesTrained(int[] labels) {
      return (int) IntStream.of(set.trained()).map(i -> labels[i]).distinct().limit(2).count();
    }

    /** Sums of the training rows of each class from {@code from} on. */
    void collect(int[] labels, int from, int column, double[] sums, int[] counts) {
      boolean byNeuron = coordinates == training.neurons();
      for (int i = 0; i < training.events(); i++) {
        int code = labels[set.trained()[i]];
        counts[code]++;
        if (code < from) {
          continue;
        }
        int place = (column + code - from) * coordinates;
        if (byNeuron) {
          RowOperations.add(training.values(), i * coordinates, sums, place, coordinates);
        } else {
          sums[place + i] = 1;
        }
      }
    }

    /** Scores [tested event × column]. */
    void score(int time, double[] sums, int columns, double[] scores) {
      BLAS.dgemm(
          "T",
          "N",
          columns,
          set.tested().length,
          coordinates,
          1,
          sums,
          coordinates,
          weights.get(time),
          coordinates,
          0,
          scores,
          columns);
    }
  }
}
