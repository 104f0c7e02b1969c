package org.neuroglia.decoding.crossval;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/**
 * How often each class was predicted for events of each class, and the scores that follow.
 *
 * @param classes number of classes
 * @param counts [true class × predicted class], row by row; not copied
 */
public record ConfusionMatrix(int classes, long[] counts) implements Serializable {
  private static final long serialVersionUID = 1L;

  public ConfusionMatrix {
    if (counts.length != Math.multiplyExact(classes, classes)) {
      throw new InvalidInputException(
          counts.length + " counts are no confusion matrix of " + classes + " classes");
    }
  }

  /** Of no events. */
  public ConfusionMatrix(int classes) {
    this(classes, new long[Math.multiplyExact(classes, classes)]);
  }

  /**
   * Of the events that were tested.
   *
   * @param prediction class code per event, −1 where it was not tested
   */
  public static ConfusionMatrix of(int[] y, int[] prediction, int classes) {
    ConfusionMatrix matrix = new ConfusionMatrix(classes);
    for (int event = 0; event < y.length; event++) {
      if (prediction[event] >= 0) {
        matrix.counts[y[event] * classes + prediction[event]]++;
      }
    }
    return matrix;
  }

  /** The events of both. */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.counts[i];
    }
    return new ConfusionMatrix(classes, sum);
  }

  public long count(int trueClass, int predicted) {
    return counts[trueClass * classes + predicted];
  }

  /** Number of events. */
  public long events() {
    return Arrays.stream(counts).sum();
  }

  private long ofClass(int code) {
    return Arrays.stream(counts, code * classes, (code + 1) * classes).sum();
  }

  /** Share of events predicted right; NaN without events. */
  public double accuracy() {
    long right = 0;
    for (int k = 0; k < classes; k++) {
      right += count(k, k);
    }
    return (double) right / events();
  }

  /** Of each class the share of its events predicted right, [class]; NaN without events. */
  public double[] recall() {
    double[] recall = new double[classes];
    for (int k = 0; k < classes; k++) {
      recall[k] = (double) count(k, k) / ofClass(k);
    }
    return recall;
  }

  /**
   * The mean recall of the classes that have events: {@code balanced_accuracy_score}; NaN without
   * events.
   */
  public double balancedAccuracy() {
    return mean(recall());
  }

  /** The mean of the numbers that are not NaN, in their order. */
  static double mean(double[] recall) {
    double sum = 0;
    int tested = 0;
    for (double share : recall) {
      if (!Double.isNaN(share)) {
        sum += share;
        tested++;
      }
    }
    return sum / tested;
  }

  /** Share of the largest class: the accuracy of always predicting it; NaN without events. */
  public double majorityShare() {
    long largest = 0;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, ofClass(k));
    }
    return (double) largest / events();
  }

  /**
   * Mutual information of true and predicted class in bits: the plug-in estimate, from the shares
   * as they are ({@code mutual_info_score} / ln 2). It is biased upwards where events are few
   * beside the matrix's elements. NaN without events.
   */
  public double mutualInformation() {
    double events = events();
    long[] predicted = new long[classes];
    for (int i = 0; i < counts.length; i++) {
      predicted[i % classes] += counts[i];
    }
    double nats = 0;
    for (int k = 0; k < classes; k++) {
      double ofClass = ofClass(k);
      for (int j = 0; j < classes; j++) {
        double both = count(k, j);
        if (both > 0) {
          nats += both / events * Math.log(both * events / (ofClass * predicted[j]));
        }
      }
    }
    return events == 0 ? Double.NaN : Math.max(0, nats / Math.log(2));
  }
}
