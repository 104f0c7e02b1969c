package org.neuroglia.decoding.nulls;

import java.util.Arrays;
import java.util.List;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.WhitenedFold;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.linalg.PartSums;
import org.neuroglia.decoding.linalg.RowOperations;
import org.neuroglia.decoding.split.Responses;

/**
 * Null labels of two classes: B has one direction z only, so that (I − B)⁻¹·z is a multiple of z
 * (Sherman and Morrison 1950), and the scores of all nulls are one matrix product.
 *
 * @param nulls [null × event]
 */
record TwoClassNulls(
    LinearDiscriminantAnalysis decoder, int[][] nulls, PartSums sums, List<WhitenedFold> folds) {

  /** Tests some responses, of which each has its tally. */
  void score(List<Responses> tested, List<NullTally> tallies) {
    double[][][] z = new double[folds.size()][][];
    Arrays.setAll(z, f -> new double[folds.get(f).coordinates()][nulls.length]);
    int[][] second = new int[folds.size()][nulls.length]; // training events of the second class
    PartSums.OfNull ofNull = sums.new OfNull(1);
    for (int i = 0; i < nulls.length; i++) {
      ofNull.collect(nulls[i], 1);
      for (int f = 0; f < folds.size(); f++) {
        second[f][i] = ofNull.count(f, 0);
        folds.get(f).fill(z[f], i, ofNull, f, 0, 1);
      }
    }
    for (int f = 0; f < folds.size(); f++) {
      folds.get(f).whiten(z[f], nulls.length);
      score(folds.get(f), z[f], second[f], tested, tallies);
    }
  }

  private void score(
      WhitenedFold fold,
      double[][] z,
      int[] second,
      List<Responses> tested,
      List<NullTally> tallies) {
    double[] square = new double[nulls.length];
    for (double[] row : z) {
      for (int i = 0; i < nulls.length; i++) {
        square[i] += row[i] * row[i];
      }
    }
    double n = fold.trained();
    double[] slope = new double[nulls.length];
    double[] intercept = new double[nulls.length];
    boolean[] byItself = new boolean[nulls.length];
    for (int i = 0; i < nulls.length; i++) {
      double second1 = second[i];
      double first0 = n - second1;
      double spread = n / (first0 * second1); // 1/n₀ + 1/n₁
      double within = 1 - spread * square[i]; // the smallest eigenvalue of I − B
      byItself[i] =
          second1 == 0
              || first0 == 0
              || n <= 2
              || !(within * fold.smallest() > decoder.surelyRegular());
      slope[i] = n * spread / within;
      intercept[i] =
          -0.5 * n * square[i] * (1 / (second1 * second1) - 1 / (first0 * first0)) / within
              + Math.log(second1 / first0);
    }

    int[] events = fold.testedEvents();
    boolean[][] right = new boolean[nulls.length][events.length];
    double[] product = new double[nulls.length];
    for (int time = 0; time < tallies.size(); time++) {
      for (int e = 0; e < events.length; e++) {
        RowOperations.product(fold.tested(time), e * z.length, z, nulls.length, product);
        for (int i = 0; i < nulls.length; i++) {
          boolean predicted = slope[i] * product[i] + intercept[i] > 0;
          right[i][e] = predicted == (nulls[i][events[e]] == 1);
        }
      }
      for (int i = 0; i < nulls.length; i++) {
        if (!byItself[i]) {
          tallies.get(time).add(i, fold.fold(), events, right[i]);
        }
      }
    }
    for (int i = 0; i < nulls.length; i++) {
      if (byItself[i]) {
        fold.refit(nulls[i], 2, i, tested, tallies);
      }
    }
  }
}
