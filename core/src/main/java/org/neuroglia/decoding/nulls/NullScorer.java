package org.neuroglia.decoding.nulls;

import java.util.List;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.TrainingSet;
import org.neuroglia.decoding.crossval.TrainingSets;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.GaussianNB;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.RidgeClassifier;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;

/**
 * Decodes null labels with the folds of the true ones. Implementations differ by what they share
 * between the nulls, not in what they predict.
 */
public interface NullScorer {
  /**
   * Decodes every null of one repeat.
   *
   * @param tested responses to the same events that are decoded: those that are trained on, or
   *     those of several times
   * @param tallies for each of these what takes the outcome
   */
  void score(TrainingSets sets, Folds folds, List<Responses> tested, List<NullTally> tallies);

  /**
   * The scorer that shares the most: a decoder that can do better than to be fitted to each null
   * has its line here.
   *
   * @param nulls [null × event]
   */
  static NullScorer of(Decoder decoder, int[][] nulls, int classes) {
    if (decoder instanceof LinearDiscriminantAnalysis lda && LinearDiscriminantNulls.serves(lda)) {
      return new LinearDiscriminantNulls(lda, nulls, classes);
    }
    if (decoder instanceof GaussianNB bayes && GaussianNaiveBayesNulls.serves(bayes)) {
      return new GaussianNaiveBayesNulls(bayes, nulls, classes);
    }
    if (decoder instanceof RidgeClassifier ridge) {
      return new RidgeClassifierNulls(ridge, nulls, classes);
    }
    return new EachNullFitted(nulls, classes);
  }

  /**
   * Fits each null by itself; the standardised rows, and what moments share that do not depend on
   * labels, are the same for all.
   */
  record EachNullFitted(int[][] nulls, int classes) implements NullScorer {
    @Override
    public void score(
        TrainingSets sets, Folds folds, List<Responses> tested, List<NullTally> tallies) {
      for (int fold = 0; fold < folds.count(); fold++) {
        score(sets.of(folds, fold), tested, tallies);
      }
    }

    void score(TrainingSet set, List<Responses> tested, List<NullTally> tallies) {
      List<Responses> prepared = set.preparedTests(tested);
      for (int i = 0; i < nulls.length; i++) {
        set.scoreNull(nulls[i], classes, i, prepared, tallies);
      }
    }
  }
}
