package org.neuroglia.decoding.decoder;

import org.neuroglia.decoding.split.Responses;

/**
 * A fitted Poisson naive Bayes. Arrays are row by row, are not copied and must not be changed.
 *
 * @param classes number of classes
 * @param neurons number of neurons
 * @param priors [class]
 * @param rates [class × neuron], smoothed, in spikes/s
 * @param binWidth what responses are counted over, in seconds
 * @param logCounts [class × neuron], natural logarithm of the count expected, 0 for a neuron that
 *     never fires
 * @param intercepts [class], logarithm of the prior less the sum of the counts expected
 */
public record PoissonNaiveBayesModel(
    int classes,
    int neurons,
    double[] priors,
    double[] rates,
    double binWidth,
    double[] logCounts,
    double[] intercepts)
    implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /**
   * The model of some rates.
   *
   * @param rates [class × neuron] in spikes/s; 0 only for a neuron that fires in no class, whose
   *     spikes tell nothing
   */
  public static PoissonNaiveBayesModel of(
      int classes, int neurons, double[] priors, double[] rates, double binWidth) {
    double[] logCounts = new double[rates.length];
    double[] intercepts = new double[classes];
    for (int k = 0; k < classes; k++) {
      double expected = 0;
      for (int j = 0; j < neurons; j++) {
        double count = rates[k * neurons + j] * binWidth;
        logCounts[k * neurons + j] = count == 0 ? 0 : Math.log(count);
        expected += count;
      }
      intercepts[k] = Math.log(priors[k]) - expected;
    }
    return new PoissonNaiveBayesModel(
        classes, neurons, priors, rates, binWidth, logCounts, intercepts);
  }

  /** Logarithm of prior times probability of the counts, but for their factorials. */
  @Override
  public double[] decision(Responses rows) {
    requireWidth(rows);
    PoissonNB.requireCounts(rows);
    return LinearEvidence.of(rows, classes, logCounts, intercepts);
  }
}
