package org.neuroglia.decoding;

/** Null labels of a linear discriminant, which share the factor of the total scatter. */
record LinearDiscriminantNulls(LinearDiscriminantAnalysis decoder, int[][] nulls, int classes)
    implements NullScorer {
  static boolean serves(LinearDiscriminantAnalysis decoder) {
    return false;
  }

  @Override
  public void score(TrainingSets sets, Folds folds, NullTally tally) {
    new EachNullFitted(nulls, classes).score(sets, folds, tally);
  }
}
