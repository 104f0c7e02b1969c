package org.neuroglia.decoding.crossval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Ridge;
import org.neuroglia.decoding.decoder.RidgeModel;
import org.neuroglia.decoding.decoder.StandardScaler;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.linalg.RegressionMoments;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.KFold;
import org.neuroglia.decoding.split.Responses;

/**
 * Predicts the continuous target of every event by a ridge regression that was fitted without it:
 * {@code cross_val_predict(make_pipeline(StandardScaler(), Ridge(alpha)), X, y)}. Training sets are
 * differences of moments; where they have fewer events than neurons, rows.
 */
public final class RegressionCrossValidation {
  private RegressionCrossValidation() {}

  /**
   * @param prediction per event, NaN where no fold tests it
   * @param r2 per fold the share of the variance that is explained, scikit-learn's r2_score: 1 at
   *     best, below 0 if worse than the mean of the tested events; NaN for fewer than 2 events
   * @param correlation per fold Pearson's, of predictions and targets; NaN where either is constant
   */
  public record Result(double[] prediction, double[] r2, double[] correlation) {}

  /**
   * @param alpha of the ridge
   * @param standardise whether a StandardScaler, fitted to the training events, comes before it
   * @param rows finite responses
   * @param target of each row, finite
   * @param folds who tests which row, such as {@link KFold}'s
   */
  public static Result run(
      double alpha, boolean standardise, Responses rows, double[] target, Folds folds) {
    return run(alpha, standardise, rows, new double[][] {target}, folds).get(0);
  }

  /**
   * The same for several targets, such as permutations of one, over one factorisation per fold.
   *
   * @param targets [target][event]
   * @return a result per target
   */
  public static List<Result> run(
      double alpha, boolean standardise, Responses rows, double[][] targets, Folds folds) {
    Ridge ridge = new Ridge(alpha);
    Ridge.requireTargets(rows, targets);
    List<Result> results =
        Arrays.stream(targets).map(target -> empty(rows.events(), folds.count())).toList();
    Training training = training(ridge, rows, targets, folds);
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] tested = folds.test(fold);
      StandardScaler scaler = scaler(rows, folds.train(fold), standardise);
      RidgeModel model = training.fit(fold, scaler);
      double[] predicted = model.predict(scaler.transform(rows.select(tested)));
      for (int t = 0; t < targets.length; t++) {
        int from = t * tested.length;
        double[] own = Arrays.copyOfRange(predicted, from, from + tested.length);
        double[] truth = select(targets[t], tested);
        Result result = results.get(t);
        for (int i = 0; i < tested.length; i++) {
          result.prediction[tested[i]] = own[i];
        }
        result.r2[fold] = r2(truth, own);
        result.correlation[fold] = correlation(truth, own);
      }
    }
    return results;
  }

  private static Result empty(int events, int folds) {
    double[] prediction = new double[events];
    Arrays.fill(prediction, Double.NaN);
    return new Result(prediction, new double[folds], new double[folds]);
  }

  private interface Training {
    RidgeModel fit(int fold, StandardScaler scaler);
  }

  private static Training training(Ridge ridge, Responses rows, double[][] targets, Folds folds) {
    int fewest = Integer.MAX_VALUE;
    for (int fold = 0; fold < folds.count(); fold++) {
      fewest = Math.min(fewest, folds.train(fold).length);
    }
    if (fewest == 0) {
      throw new InvalidInputException("a fold tests every event, so there is none to train on");
    }
    if (fewest < rows.neurons()) {
      return (fold, scaler) -> {
        int[] trained = folds.train(fold);
        double[][] known =
            Arrays.stream(targets).map(target -> select(target, trained)).toArray(double[][]::new);
        return ridge.fit(scaler.transform(rows.select(trained)), known);
      };
    }
    RegressionMoments total = RegressionMoments.like(rows, targets);
    total.add(rows, targets);
    return (fold, scaler) -> {
      RegressionMoments tested = total.none();
      tested.add(rows, targets, folds.test(fold));
      return ridge.fit(scaler.transform(total.minus(tested)));
    };
  }

  /** Fitted to the training events; where it is not wanted, it leaves responses as they are. */
  private static StandardScaler scaler(Responses rows, int[] trained, boolean standardise) {
    FeatureMoments features = new FeatureMoments(rows.neurons());
    for (int event : trained) {
      features.add(rows.values(), event * rows.neurons());
    }
    return StandardScaler.fit(features, standardise, standardise);
  }

  private static double[] select(double[] values, int[] chosen) {
    return IntStream.of(chosen).mapToDouble(i -> values[i]).toArray();
  }

  /** sklearn.metrics.r2_score: of a constant target 1 if it was met exactly, or 0. */
  public static double r2(double[] truth, double[] predicted) {
    if (truth.length < 2) {
      return Double.NaN;
    }
    double mean = Arrays.stream(truth).average().orElseThrow();
    double residual = 0;
    double total = 0;
    for (int i = 0; i < truth.length; i++) {
      residual += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
      total += (truth[i] - mean) * (truth[i] - mean);
    }
    if (total == 0) {
      return residual == 0 ? 1 : 0;
    }
    return 1 - residual / total;
  }

  /** Pearson's correlation coefficient. */
  public static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(Double.NaN);
    double meanB = Arrays.stream(b).average().orElse(Double.NaN);
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - meanA) * (b[i] - meanB);
      squaresA += (a[i] - meanA) * (a[i] - meanA);
      squaresB += (b[i] - meanB) * (b[i] - meanB);
    }
    return product / (Math.sqrt(squaresA) * Math.sqrt(squaresB));
  }
}
