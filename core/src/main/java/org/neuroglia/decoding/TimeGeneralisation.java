package org.neuroglia.decoding;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.NullDistribution;

/**
 * What decoders that were trained at one time tell at another (King and Dehaene 2014), of events
 * that they were not trained on.
 *
 * @param times number of times
 * @param decodings of each time of training × each time of testing, row by row; without predictions
 */
public record TimeGeneralisation(int times, List<Score> decodings) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Of one pair of times.
   *
   * @param confusion of all tested events, of all repeats
   * @param accuracy the mean over the folds of a repeat, and over the repeats
   * @param nullAccuracy the same of the null labels
   * @param nullBalancedAccuracy balanced accuracy of the null labels
   */
  public record Score(
      ConfusionMatrix confusion,
      double accuracy,
      NullDistribution nullAccuracy,
      NullDistribution nullBalancedAccuracy)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of the pooled confusion matrix. */
    public double balancedAccuracy() {
      return confusion.balancedAccuracy();
    }

    /** Of the accuracy; NaN without null labels. */
    public double pValue() {
      return nullAccuracy.pValue(accuracy);
    }

    /** Of the balanced accuracy; NaN without null labels. */
    public double balancedPValue() {
      return nullBalancedAccuracy.pValue(balancedAccuracy());
    }
  }

  /** What was trained at one time and tested at another. */
  public Score at(int train, int test) {
    return decodings.get(train * times + test);
  }

  /** Accuracies, [train × test]. */
  public double[][] accuracy() {
    double[][] matrix = new double[times][times];
    for (int train = 0; train < times; train++) {
      int row = train;
      Arrays.setAll(matrix[train], test -> at(row, test).accuracy());
    }
    return matrix;
  }
}
