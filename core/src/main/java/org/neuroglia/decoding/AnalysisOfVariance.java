package org.neuroglia.decoding;

import java.io.Serializable;
import org.neuroglia.InvalidInputException;

/**
 * How much a neuron's responses differ between classes, or follow a continuous target: the F test.
 *
 * @param f ratio of the mean squares; NaN where all responses are equal, infinite where they are
 *     equal within each class
 * @param between degrees of freedom between classes, or of the slope
 * @param within degrees of freedom of what is left
 * @param omegaSquared share of the variance explained, ω² (Hays, Statistics for Psychologists,
 *     1963): corrected for what chance explains, so that samples of different sizes can be
 *     compared; at most 1, and below 0 where chance explains more; 0 where all responses are equal
 */
public record AnalysisOfVariance(double f, int between, int within, double omegaSquared)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One-way analysis of variance, scikit-learn's {@code f_classif}.
   *
   * @param values a response per event
   * @param classes the class of each event, from 0 to below {@code number}
   * @param number classes; those without an event do not count
   * @throws InvalidInputException if fewer than 2 classes have events, or no class has 2 events
   */
  public static AnalysisOfVariance oneWay(double[] values, int[] classes, int number) {
    double mean = mean(values);
    double[] sums = new double[number];
    int[] events = new int[number];
    for (int i = 0; i < values.length; i++) {
      sums[classes[i]] += values[i] - mean;
      events[classes[i]]++;
    }
    int present = 0;
    double explained = 0;
    for (int c = 0; c < number; c++) {
      if (events[c] > 0) {
        present++;
        explained += sums[c] * sums[c] / events[c];
      }
    }
    double left = 0;
    for (int i = 0; i < values.length; i++) {
      double residual = values[i] - mean - sums[classes[i]] / events[classes[i]];
      left += residual * residual;
    }
    return of(explained, left, present - 1, values.length - present);
  }

  /**
   * The test of a line through the responses, scikit-learn's {@code f_regression}.
   *
   * @param values a response per event
   * @param target a number per event
   * @throws InvalidInputException if there are fewer than 3 events
   */
  public static AnalysisOfVariance slope(double[] values, double[] target) {
    double mean = mean(values);
    double meanTarget = mean(target);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < values.length; i++) {
      double x = target[i] - meanTarget;
      double y = values[i] - mean;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    double explained = xx > 0 ? xy * xy / xx : 0;
    return of(explained, Math.max(0, yy - explained), 1, values.length - 2);
  }

  private static AnalysisOfVariance of(double explained, double left, int between, int within) {
    if (between < 1 || within < 1) {
      throw new InvalidInputException(
          "an analysis of variance needs 2 classes, and more events than classes");
    }
    double meanSquare = left / within;
    double total = explained + left;
    double omegaSquared = total > 0 ? (explained - between * meanSquare) / (total + meanSquare) : 0;
    return new AnalysisOfVariance(explained / between / meanSquare, between, within, omegaSquared);
  }

  /** Exact where all values are equal, so that nothing is left of them. */
  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value - values[0];
    }
    return values.length == 0 ? Double.NaN : values[0] + sum / values.length;
  }
}
