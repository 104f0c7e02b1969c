package org.neuroglia.decoding.crossval;

import java.io.Serializable;
import java.util.List;
import org.neuroglia.decoding.split.Folds;

/**
 * What came out of decoding one session from one set of responses. Arrays are not copied.
 *
 * @param repeats one per repeat of the splits, at least one
 * @param confusion of all tested events, of all repeats
 * @param accuracy the mean over the folds of a repeat, and over the repeats
 * @param nullAccuracy the same of the null labels
 * @param nullBalancedAccuracy {@link #balancedAccuracy} of the null labels
 */
public record SessionDecoding(
    List<Repeat> repeats,
    ConfusionMatrix confusion,
    double accuracy,
    NullDistribution nullAccuracy,
    NullDistribution nullBalancedAccuracy)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One repeat of the splits.
   *
   * @param folds who tests which event; −1 for events that are only trained on and for those that
   *     were dropped to balance the classes
   * @param prediction class code per event, −1 where no fold tests it
   * @param probability [event × class], NaN where no fold tests the event; empty where it was not
   *     asked for
   * @param accuracy per fold the share of its events predicted right
   */
  public record Repeat(Folds folds, int[] prediction, double[] probability, double[] accuracy)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Of the pooled confusion matrix. */
  public double balancedAccuracy() {
    return confusion.balancedAccuracy();
  }

  /** The accuracy of guessing: 1 / classes. */
  public double chance() {
    return 1.0 / confusion.classes();
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
