package org.neuroglia.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.NullDistribution;
import org.neuroglia.decoding.crossval.RegressionCrossValidation;
import org.neuroglia.decoding.decoder.Ridge;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;

/**
 * Predicts a continuous target of one session by ridge regression with cross-validation, and null
 * targets to compare: the splits and the null targets are drawn once and serve any number of
 * responses of the same events. All targets share the factorisation of a fold.
 *
 * <p>Immutable and thread-safe once constructed.
 */
public final class SessionRegressor {
  private final double alpha;
  private final boolean standardise;
  private final List<Folds> folds;

  /** The true target first, then the null ones, [target × event]. */
  private final double[][] targets;

  /**
   * @param alpha of the ridge
   * @param standardise whether a StandardScaler, fitted to the training events, comes before it
   * @param splits how events are split into those that train and those that test; stratified ones
   *     are not stratified here
   * @param nulls null labels to predict for comparison
   * @param labels of the session's events: codes of values
   * @param values the target that each code stands for, those of donors included
   * @throws InvalidInputException if the session cannot be split, or has not what the null labels
   *     are drawn from
   */
  public SessionRegressor(
      double alpha,
      boolean standardise,
      Splits splits,
      NullLabels nulls,
      SessionLabels labels,
      double[] values) {
    if (values.length != labels.allClasses()) {
      throw new InvalidInputException(
          "there are " + values.length + " values for " + labels.allClasses() + " codes of labels");
    }
    this.alpha = new Ridge(alpha).alpha();
    this.standardise = standardise;
    this.folds = splits.drawUnstratified(labels);
    this.targets =
        Stream.concat(Stream.of(labels.y()), Arrays.stream(nulls.draw(labels)))
            .map(codes -> Arrays.stream(codes).mapToDouble(code -> values[code]).toArray())
            .toArray(double[][]::new);
  }

  /**
   * @param rows finite responses to the session's events
   * @throws InvalidInputException if they do not fit the labels, or no fold tests two events
   */
  public SessionRegression decode(Responses rows) {
    List<SessionRegression.Repeat> repeats = new ArrayList<>();
    double[][] r2 = new double[targets.length][folds.size()];
    for (int repeat = 0; repeat < folds.size(); repeat++) {
      Folds of = folds.get(repeat);
      List<RegressionCrossValidation.Result> results =
          RegressionCrossValidation.run(alpha, standardise, rows, targets, of);
      RegressionCrossValidation.Result real = results.get(0);
      repeats.add(
          new SessionRegression.Repeat(of, real.prediction(), real.r2(), real.correlation()));
      for (int target = 0; target < targets.length; target++) {
        r2[target][repeat] = mean(results.get(target).r2());
      }
    }
    double[] scores = Arrays.stream(r2).mapToDouble(SessionRegressor::mean).toArray();
    if (Double.isNaN(scores[0])) {
      throw new InvalidInputException(
          "no fold tests at least 2 events, so there is no variance to explain");
    }
    double[] correlations =
        repeats.stream().mapToDouble(repeat -> mean(repeat.correlation())).toArray();
    return new SessionRegression(
        List.copyOf(repeats),
        scores[0],
        mean(correlations),
        new NullDistribution(Arrays.copyOfRange(scores, 1, scores.length)));
  }

  /** Of those that are numbers. */
  private static double mean(double[] scores) {
    return Arrays.stream(scores).filter(score -> !Double.isNaN(score)).average().orElse(Double.NaN);
  }
}
