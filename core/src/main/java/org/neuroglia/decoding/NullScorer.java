package org.neuroglia.decoding;

/**
 * Decodes null labels with the folds of the true ones. Implementations differ by what they share
 * between the nulls, not in what they predict.
 */
interface NullScorer {
  /**
   * Decodes every null of one repeat.
   *
   * @param tally what takes the outcome of each fold
   */
  void score(TrainingSets sets, Folds folds, NullTally tally);

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
    return new EachNullFitted(nulls, classes);
  }

  /**
   * Fits each null by itself; the standardised rows, and what moments share that do not depend on
   * labels, are the same for all.
   */
  record EachNullFitted(int[][] nulls, int classes) implements NullScorer {
    @Override
    public void score(TrainingSets sets, Folds folds, NullTally tally) {
      for (int fold = 0; fold < folds.count(); fold++) {
        score(sets.of(folds, fold), fold, tally);
      }
    }

    void score(TrainingSet set, int fold, NullTally tally) {
      Responses tested = set.prepared(set.rows().select(set.tested()));
      for (int i = 0; i < nulls.length; i++) {
        tally.add(i, fold, set.tested(), set.predictNull(nulls[i], classes, i, tested));
      }
    }
  }
}
