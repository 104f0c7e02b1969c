package org.neuroglia.decoding.nulls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.TrainingSet;
import org.neuroglia.decoding.crossval.TrainingSets;
import org.neuroglia.decoding.crossval.WhitenedFold;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.PartSums;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;

/**
 * Null labels of a linear discriminant that does not shrink.
 *
 * <p>The total scatter of a training set does not depend on labels: it is factorised once, training
 * sums and tested rows are brought to the coordinates in which it is the identity, and there the
 * scatter within classes is I − B, with B of the class means only. So a null costs class sums, the
 * inverse of a small matrix (Woodbury 1950) and the scores of the tested events. Predictions are
 * those of a fit to each null. Where that fit would leave out directions because of its tolerance,
 * or might, it is made.
 *
 * @param nulls [null × event]
 */
record LinearDiscriminantNulls(LinearDiscriminantAnalysis decoder, int[][] nulls, int classes)
    implements NullScorer {
  /** Bytes that the matrices of folds may take that are worked on together. */
  private static final long MEMORY = 64L << 20;

  static boolean serves(LinearDiscriminantAnalysis decoder) {
    return decoder.solver() != LinearDiscriminantAnalysis.Solver.EIGEN
        && decoder.shrinkage().equals(Shrinkage.NONE)
        && decoder.priors().length == 0
        && decoder.components() == 0;
  }

  @Override
  public void score(
      TrainingSets sets, Folds folds, List<Responses> tested, List<NullTally> tallies) {
    if (!sets.haveMoments()) { // few events of many neurons
      new EachNullFitted(nulls, classes).score(sets, folds, tested, tallies);
      return;
    }
    int p = sets.rows.neurons();
    double[] origin = ClassMoments.originOf(sets.rows);
    double[] rows = lessOrigin(sets.rows, origin);
    List<double[]> centred =
        tested.stream().map(some -> some == sets.rows ? rows : lessOrigin(some, origin)).toList();
    int together = (int) Math.max(1, MEMORY / (8L * p * (2L * p + sumsPerFold())));
    for (int first = 0; first < folds.count(); first += together) {
      List<WhitenedFold> whitened = new ArrayList<>();
      for (int f = first; f < Math.min(first + together, folds.count()); f++) {
        TrainingSet set = sets.of(folds, f);
        WhitenedFold.of(set, (ClassMoments) set.moments(), rows, centred, decoder.surelyRegular())
            .ifPresentOrElse(
                whitened::add,
                () -> new EachNullFitted(nulls, classes).score(set, tested, tallies));
      }
      if (!whitened.isEmpty()) {
        PartSums sums = new PartSums(rows, p, parts(folds, whitened), whitened.size());
        if (classes == 2) {
          new TwoClassNulls(decoder, nulls, sums, whitened).score(tested, tallies);
        } else {
          new ManyClassNulls(decoder, nulls, classes, sums, whitened).score(tested, tallies);
        }
      }
    }
  }

  /** Columns of sums per fold that are kept at once. */
  private int sumsPerFold() {
    return classes == 2 ? nulls.length : Math.max(classes, ManyClassNulls.COLUMNS);
  }

  /** Small sums lose nothing when means are taken out. */
  private static double[] lessOrigin(Responses rows, double[] origin) {
    int p = origin.length;
    double[] less = rows.values().clone();
    for (int i = 0; i < less.length; i++) {
      less[i] -= origin[i % p];
    }
    return less;
  }

  /** Per event the place of its fold among some, or their number. */
  private static int[] parts(Folds folds, List<WhitenedFold> some) {
    int[] place = new int[folds.count() + 1]; // of fold −1 the first
    Arrays.fill(place, some.size());
    for (int i = 0; i < some.size(); i++) {
      place[some.get(i).fold() + 1] = i;
    }
    return Arrays.stream(folds.fold()).map(fold -> place[fold + 1]).toArray();
  }
}
