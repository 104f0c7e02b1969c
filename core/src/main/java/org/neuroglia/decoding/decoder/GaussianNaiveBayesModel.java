package org.neuroglia.decoding.decoder;

import org.neuroglia.decoding.split.Responses;

/**
 * A fitted Gaussian naive Bayes. Arrays are row by row, are not copied and must not be changed.
 *
 * @param classes number of classes
 * @param neurons number of neurons
 * @param priors [class]
 * @param means [class × neuron], scikit-learn's theta_
 * @param variances [class × neuron], smoothed
 * @param epsilon what the smoothing added to each variance
 * @param logPeaks [class], logarithm of the density at the mean
 */
public record GaussianNaiveBayesModel(
    int classes,
    int neurons,
    double[] priors,
    double[] means,
    double[] variances,
    double epsilon,
    double[] logPeaks)
    implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /** Logarithm of prior times density of each class: scikit-learn's joint log-likelihood. */
  @Override
  public double[] decision(Responses rows) {
    requireWidth(rows);
    double[] decision = new double[Math.multiplyExact(rows.events(), classes)];
    for (int event = 0; event < rows.events(); event++) {
      for (int k = 0; k < classes; k++) {
        double distance = 0;
        for (int j = 0; j < neurons; j++) {
          double x = rows.values()[event * neurons + j] - means[k * neurons + j];
          distance += x * x / variances[k * neurons + j];
        }
        decision[event * classes + k] = Math.log(priors[k]) + logPeaks[k] - 0.5 * distance;
      }
    }
    return decision;
  }
}
