package org.neuroglia.decoding.nulls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.WhitenedFold;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.linalg.LinearAlgebra;
import org.neuroglia.decoding.linalg.PartSums;
import org.neuroglia.decoding.linalg.RankUpdate;
import org.neuroglia.decoding.linalg.RowOperations;
import org.neuroglia.decoding.split.Responses;

/**
 * Null labels of any number of classes. With the whitened class means about the mean of all, each
 * times the root of its events, as rows M [class × coordinate], B is Mᵀ·M, and the coefficients are
 * M·(I − Mᵀ·M)⁻¹ = (I − M·Mᵀ)⁻¹·M: the smaller of the two matrices is factorised.
 *
 * <p>Of the scores only those are computed that tell whether a tested event is predicted right: the
 * first class that has more than the event's own settles it.
 */
final class ManyClassNulls {
  /** Columns that are whitened at once: enough to keep the inner loops long. */
  static final int COLUMNS = 128;

  private final LinearDiscriminantAnalysis decoder;
  private final int[][] nulls;
  private final int classes;
  private final PartSums sums;
  private final List<WhitenedFold> folds;

  /**
   * @param nulls [null × event]
   */
  ManyClassNulls(
      LinearDiscriminantAnalysis decoder,
      int[][] nulls,
      int classes,
      PartSums sums,
      List<WhitenedFold> folds) {
    this.decoder = decoder;
    this.nulls = nulls;
    this.classes = classes;
    this.sums = sums;
    this.folds = folds;
  }

  /** Tests some responses, of which each has its tally. */
  void score(List<Responses> tested, List<NullTally> tallies) {
    int batch = Math.min(nulls.length, Math.max(1, COLUMNS / classes));
    PartSums.OfNull[] ofNull = new PartSums.OfNull[batch];
    Arrays.setAll(ofNull, b -> sums.new OfNull(classes));
    double[][] z = new double[sums.neurons()][batch * classes];
    for (int first = 0; first < nulls.length; first += batch) {
      int size = Math.min(batch, nulls.length - first);
      for (int b = 0; b < size; b++) {
        ofNull[b].collect(nulls[first + b], 0);
      }
      for (int f = 0; f < folds.size(); f++) {
        WhitenedFold fold = folds.get(f);
        for (int b = 0; b < size; b++) {
          fill(z, b * classes, ofNull[b], f);
        }
        fold.whiten(z, size * classes);
        for (int b = 0; b < size; b++) {
          int[] counts = ofNull[b].counts(f);
          ClassMeans means = ClassMeans.of(z, fold.coordinates(), b * classes, counts);
          Optional<Discriminant> solved = solve(means, fold);
          if (solved.isPresent()) {
            score(first + b, fold, means, solved.get(), tallies);
          } else {
            fold.refit(nulls[first + b], classes, first + b, tested, tallies);
          }
        }
      }
    }
  }

  /** Of each class the sum less its share of the mean, over the root of its events. */
  private void fill(double[][] z, int column, PartSums.OfNull ofNull, int f) {
    for (int k = 0; k < classes; k++) {
      int count = ofNull.count(f, k);
      double weight = count == 0 ? 0 : 1 / Math.sqrt(count);
      folds.get(f).fill(z, column + k, ofNull, f, k, weight);
    }
  }

  private Optional<Discriminant> solve(ClassMeans means, WhitenedFold fold) {
    return means.classes() < 2 || fold.trained() <= means.classes()
        ? Optional.empty()
        : Discriminant.of(means, fold.trained(), fold.smallest(), decoder);
  }

  private void score(
      int number,
      WhitenedFold fold,
      ClassMeans means,
      Discriminant discriminant,
      List<NullTally> tallies) {
    int[] place = new int[classes];
    Arrays.fill(place, -1);
    for (int q = 0; q < means.classes(); q++) {
      place[means.code[q]] = q;
    }
    int[] events = fold.testedEvents();
    boolean[] right = new boolean[events.length];
    for (int time = 0; time < tallies.size(); time++) {
      for (int e = 0; e < events.length; e++) {
        int own = place[nulls[number][events[e]]];
        right[e] = own >= 0 && discriminant.predicts(fold.tested(time), e * means.coordinates, own);
      }
      tallies.get(time).add(number, fold.fold(), events, right);
    }
  }

  /**
   * M, of the classes that have training events.
   *
   * @param code of each of them among all classes
   * @param count of each of them, its events
   * @param rows [class × coordinate]
   */
  private record ClassMeans(int[] code, double[] count, double[] rows, int coordinates) {
    static ClassMeans of(double[][] z, int p, int column, int[] counts) {
      int[] code = IntStream.range(0, counts.length).filter(k -> counts[k] > 0).toArray();
      double[] rows = new double[code.length * p];
      for (int j = 0; j < p; j++) {
        for (int q = 0; q < code.length; q++) {
          rows[q * p + j] = z[j][column + code[q]];
        }
      }
      double[] count = Arrays.stream(code).mapToDouble(k -> counts[k]).toArray();
      return new ClassMeans(code, count, rows, p);
    }

    int classes() {
      return code.length;
    }
  }

  /**
   * Linear scores of whitened rows.
   *
   * @param coefficients [class × coordinate]
   * @param intercepts [class]
   */
  private record Discriminant(double[] coefficients, double[] intercepts) {

    /** Empty if a fit might leave out directions. */
    static Optional<Discriminant> of(
        ClassMeans means, double events, double smallest, LinearDiscriminantAnalysis decoder) {
      boolean byClass = means.classes() <= means.coordinates;
      int size = byClass ? means.classes() : means.coordinates;
      double[] between = byClass ? gram(means) : scatter(means);
      double trace = LinearAlgebra.trace(between, size);
      double[] within = new double[between.length];
      for (int i = 0; i < within.length; i++) {
        within[i] = (i % (size + 1) == 0 ? 1 : 0) - between[i];
      }
      double least = Math.min(1, LinearAlgebra.cholesky(within, size));
      if (!(least * smallest > decoder.surelyRegular())) {
        return Optional.empty();
      }
      if (decoder.solver() == Solver.SVD && means.classes() > 2) {
        if (byClass) {
          addRankOne(between, means.count, events, trace / (size - 1));
        }
        double separation = LinearAlgebra.cholesky(between, size) * least / Math.min(1, trace);
        if (!decoder.surelyKeepsAxes(separation)) {
          return Optional.empty();
        }
      }
      double[] coefficients =
          byClass ? solvedByClass(within, means) : solvedByCoordinate(within, means);
      return Optional.of(scaled(coefficients, means, events));
    }

    /** M·Mᵀ. */
    private static double[] gram(ClassMeans means) {
      int k = means.classes();
      int p = means.coordinates;
      double[] gram = new double[k * k];
      for (int a = 0; a < k; a++) {
        for (int b = 0; b <= a; b++) {
          double product = RowOperations.dot(means.rows, a * p, means.rows, b * p, p);
          gram[a * k + b] = product;
          gram[b * k + a] = product;
        }
      }
      return gram;
    }

    /** Mᵀ·M. */
    private static double[] scatter(ClassMeans means) {
      double[] scatter = new double[means.coordinates * means.coordinates];
      RankUpdate.add(1, means.rows, means.classes(), scatter, means.coordinates);
      LinearAlgebra.mirrorUpper(scatter, means.coordinates);
      return scatter;
    }

    /**
     * Lifts the one direction in which M·Mᵀ is 0 whatever the means, the roots of the classes'
     * shares: what is left are the eigenvalues of B.
     */
    private static void addRankOne(double[] gram, double[] count, double events, double weight) {
      for (int a = 0; a < count.length; a++) {
        for (int b = 0; b < count.length; b++) {
          gram[a * count.length + b] += weight * Math.sqrt(count[a] * count[b]) / events;
        }
      }
    }

    private static double[] solvedByClass(double[] factor, ClassMeans means) {
      int p = means.coordinates;
      double[][] rows = new double[means.classes()][];
      Arrays.setAll(rows, q -> Arrays.copyOfRange(means.rows, q * p, (q + 1) * p));
      RowOperations.forward(factor, rows.length, rows, p);
      RowOperations.backward(factor, rows.length, rows, p);
      double[] solved = new double[means.rows.length];
      for (int q = 0; q < rows.length; q++) {
        System.arraycopy(rows[q], 0, solved, q * p, p);
      }
      return solved;
    }

    private static double[] solvedByCoordinate(double[] factor, ClassMeans means) {
      int k = means.classes();
      int p = means.coordinates;
      double[][] columns = new double[p][k];
      for (int q = 0; q < k; q++) {
        for (int j = 0; j < p; j++) {
          columns[j][q] = means.rows[q * p + j];
        }
      }
      RowOperations.forward(factor, p, columns, k);
      RowOperations.backward(factor, p, columns, k);
      double[] solved = new double[means.rows.length];
      for (int j = 0; j < p; j++) {
        for (int q = 0; q < k; q++) {
          solved[q * p + j] = columns[j][q];
        }
      }
      return solved;
    }

    /** The covariance is the scatter divided by the events; the mean is that of M times a root. */
    private static Discriminant scaled(double[] solved, ClassMeans means, double events) {
      int p = means.coordinates;
      double[] intercepts = new double[means.classes()];
      for (int q = 0; q < intercepts.length; q++) {
        double root = Math.sqrt(means.count[q]);
        for (int j = 0; j < p; j++) {
          solved[q * p + j] *= events / root;
        }
        intercepts[q] =
            -0.5 * RowOperations.dot(solved, q * p, means.rows, q * p, p) / root
                + Math.log(means.count[q] / events);
      }
      return new Discriminant(solved, intercepts);
    }

    /** Whether a class has the largest score of a row, or is the first of those that have. */
    boolean predicts(double[] row, int at, int own) {
      double score = score(row, at, own);
      for (int q = 0; q < intercepts.length; q++) {
        if (q != own) {
          double other = score(row, at, q);
          if (q < own ? other >= score : other > score) {
            return false;
          }
        }
      }
      return true;
    }

    private double score(double[] row, int at, int q) {
      int p = coefficients.length / intercepts.length;
      return intercepts[q] + RowOperations.dot(row, at, coefficients, q * p, p);
    }
  }
}
