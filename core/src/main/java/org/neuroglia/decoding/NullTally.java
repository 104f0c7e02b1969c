package org.neuroglia.decoding;

import java.util.Arrays;

/** Counts how often null labels were predicted right. Not thread-safe. */
class NullTally {
  private final int[][] nulls;
  private final int classes;
  private final int[][] right;
  private final int[][] tested;

  /** Mean accuracy of the folds, summed over repeats, [null]. */
  private final double[] sums;

  private int repeats;
  private double[][] folds = new double[0][];

  /**
   * @param nulls [null × event]
   */
  NullTally(int[][] nulls, int classes) {
    this.nulls = nulls;
    this.classes = classes;
    this.right = new int[nulls.length][classes];
    this.tested = new int[nulls.length][classes];
    this.sums = new double[nulls.length];
  }

  /** Begins a repeat of so many folds. */
  NullTally repeat(int count) {
    finish();
    repeats++;
    folds = new double[nulls.length][count];
    return this;
  }

  private void finish() {
    for (int i = 0; i < folds.length; i++) {
      sums[i] += Arrays.stream(folds[i]).sum() / folds[i].length;
    }
    folds = new double[0][];
  }

  /**
   * Adds the tested events of a fold.
   *
   * @param asPredicted of each of them, whether its null label was predicted
   */
  void add(int number, int fold, int[] events, boolean[] asPredicted) {
    int hits = 0;
    for (int i = 0; i < events.length; i++) {
      int code = nulls[number][events[i]];
      tested[number][code]++;
      if (asPredicted[i]) {
        right[number][code]++;
        hits++;
      }
    }
    folds[number][fold] = (double) hits / events.length;
  }

  /** Adds the tested events of a fold by their predictions. */
  void add(int number, int fold, int[] events, int[] predicted) {
    boolean[] asPredicted = new boolean[events.length];
    for (int i = 0; i < events.length; i++) {
      asPredicted[i] = predicted[i] == nulls[number][events[i]];
    }
    add(number, fold, events, asPredicted);
  }

  /** Of each null the mean over the folds of a repeat, and over the repeats. */
  NullDistribution accuracy() {
    finish();
    return new NullDistribution(Arrays.stream(sums).map(sum -> sum / repeats).toArray());
  }

  /** Of each null the mean recall of the classes that have tested events. */
  NullDistribution balancedAccuracy() {
    double[] balanced = new double[nulls.length];
    double[] recall = new double[classes];
    for (int i = 0; i < nulls.length; i++) {
      for (int k = 0; k < classes; k++) {
        recall[k] = (double) right[i][k] / tested[i][k];
      }
      balanced[i] = ConfusionMatrix.mean(recall);
    }
    return new NullDistribution(balanced);
  }
}
