package org.neuroglia.decoding.crossval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts how often null labels were predicted right. Not thread-safe. */
public class NullTally {
  private final int[][] nulls;
  private final int classes;
  private final int[][] right;
  private final int[][] tested;

  /** Of each repeat the accuracy of each fold, [null × fold]. */
  private final List<double[][]> repeats = new ArrayList<>();

  /**
   * @param nulls [null × event]
   */
  public NullTally(int[][] nulls, int classes) {
    this.nulls = nulls;
    this.classes = classes;
    this.right = new int[nulls.length][classes];
    this.tested = new int[nulls.length][classes];
  }

  /** Begins a repeat of so many folds. */
  public NullTally repeat(int count) {
    repeats.add(new double[nulls.length][count]);
    return this;
  }

  /**
   * Adds the tested events of a fold.
   *
   * @param asPredicted of each of them, whether its null label was predicted
   */
  public void add(int number, int fold, int[] events, boolean[] asPredicted) {
    int hits = 0;
    for (int i = 0; i < events.length; i++) {
      int code = nulls[number][events[i]];
      tested[number][code]++;
      if (asPredicted[i]) {
        right[number][code]++;
        hits++;
      }
    }
    repeats.get(repeats.size() - 1)[number][fold] = (double) hits / events.length;
  }

  /** Adds the tested events of a fold by their predictions. */
  public void add(int number, int fold, int[] events, int[] predicted) {
    boolean[] asPredicted = new boolean[events.length];
    for (int i = 0; i < events.length; i++) {
      asPredicted[i] = predicted[i] == nulls[number][events[i]];
    }
    add(number, fold, events, asPredicted);
  }

  /**
   * Of each null the mean over the folds of a repeat, and over the repeats: summed as that of the
   * true labels is, so that equal accuracies are equal to the bit.
   */
  public NullDistribution accuracy() {
    double[] scores = new double[nulls.length];
    double[] ofRepeats = new double[repeats.size()];
    for (int i = 0; i < scores.length; i++) {
      for (int repeat = 0; repeat < ofRepeats.length; repeat++) {
        ofRepeats[repeat] = mean(repeats.get(repeat)[i]);
      }
      scores[i] = mean(ofRepeats);
    }
    return new NullDistribution(scores);
  }

  /** The mean of accuracies, as everywhere here. */
  public static double mean(double[] accuracies) {
    return Arrays.stream(accuracies).sum() / accuracies.length;
  }

  /** Of each null the mean recall of the classes that have tested events. */
  public NullDistribution balancedAccuracy() {
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
