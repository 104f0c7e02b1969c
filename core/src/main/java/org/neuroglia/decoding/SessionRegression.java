package org.neuroglia.decoding;

import java.io.Serializable;
import java.util.List;
import org.neuroglia.decoding.crossval.NullDistribution;
import org.neuroglia.decoding.split.Folds;

/**
 * What came out of predicting a continuous target of one session from one set of responses. Arrays
 * are not copied.
 *
 * @param repeats one per repeat of the splits, at least one
 * @param r2 the mean over the folds of a repeat that have one, and over the repeats
 * @param correlation the same of Pearson's correlation; NaN where no fold has one
 * @param nullR2 R² of the null labels
 */
public record SessionRegression(
    List<Repeat> repeats, double r2, double correlation, NullDistribution nullR2)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One repeat of the splits.
   *
   * @param folds who tests which event; −1 for events that are only trained on
   * @param prediction per event, NaN where no fold tests it
   * @param r2 per fold, NaN of fewer than 2 events
   * @param correlation per fold, NaN where predictions or targets are constant
   */
  public record Repeat(Folds folds, double[] prediction, double[] r2, double[] correlation)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Of R²; NaN without null labels. */
  public double pValue() {
    return nullR2.pValue(r2);
  }
}
