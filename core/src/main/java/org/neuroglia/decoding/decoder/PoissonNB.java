package org.neuroglia.decoding.decoder;

import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * Poisson naive Bayes, the Bayesian decoder of spike counts: neurons that, given the class, fire
 * independently and as Poisson processes (Zhang, Ginzburg, McNaughton and Sejnowski 1998). The
 * posterior of a class is its prior times ∏ (τ·rate)^count · e^(−τ·rate) over the neurons; what
 * does not depend on the class drops out.
 *
 * <p>Responses are counts of the spikes in τ seconds around each event. They need not be integers,
 * for the factorial drops out; but the mean over several bins in place of their sum makes the
 * posterior too flat, as if there had been one bin only. Negative responses are refused, and with
 * them standardised ones.
 *
 * @param prior of the classes
 * @param binWidth τ, the time that a response is counted over, in seconds
 * @param smoothing is added to every firing rate, in spikes/s, so that a single spike of a neuron
 *     that was silent throughout a class does not rule the class out; 0 for none
 */
public record PoissonNB(ClassPrior prior, double binWidth, double smoothing)
    implements MomentDecoder<ClassMoments> {
  private static final long serialVersionUID = 1L;

  /** Negative means up to this share of the largest are rounding. */
  private static final double ROUNDING = 1e-12;

  public PoissonNB {
    if (!(binWidth > 0 && binWidth < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("binWidth must be above 0 seconds, not " + binWidth);
    }
    if (!(smoothing >= 0 && smoothing < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("smoothing must be 0 spikes/s or more, not " + smoothing);
    }
  }

  /** Priors from the data, responses that are counts in 1 s, rates smoothed by 0.1 spikes/s. */
  public PoissonNB() {
    this(ClassPrior.FROM_DATA, 1, 0.1);
  }

  /** Counts are not standardised. */
  @Override
  public boolean wantsStandardised() {
    return false;
  }

  @Override
  public ClassMoments moments(Responses like, int classes) {
    requireUsable(like);
    return ClassMoments.ofSquares(like, classes);
  }

  @Override
  public void requireUsable(Responses rows) {
    requireCounts(rows);
  }

  /** Refuses negative responses. */
  static void requireCounts(Responses rows) {
    for (int i = 0; i < rows.values().length; i++) {
      if (rows.values()[i] < 0) {
        throw new InvalidInputException(
            "Poisson naive Bayes takes counts of spikes, 0 or more and not standardised, but a"
                + " response of neuron "
                + i % rows.neurons()
                + " (counted from 0) is "
                + rows.values()[i]);
      }
    }
  }

  /**
   * @throws UnfitClassException if, without smoothing, a neuron is silent throughout a class
   */
  @Override
  public PoissonNaiveBayesModel fit(ClassMoments moments) {
    int classes = moments.classes();
    ClassLabels.requireTwo(classes);
    int neurons = moments.neurons();
    double[] prior = this.prior.probabilities(moments.counts());
    double[] rates = moments.means();
    for (int j = 0; j < neurons; j++) {
      smooth(rates, j, neurons, classes);
    }
    return PoissonNaiveBayesModel.of(classes, neurons, prior, rates, binWidth);
  }

  /** Turns the mean counts of a neuron into rates. */
  private void smooth(double[] rates, int neuron, int neurons, int classes) {
    double largest = 0;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, rates[k * neurons + neuron]);
    }
    for (int k = 0; k < classes; k++) {
      double mean = rates[k * neurons + neuron];
      if (mean < -ROUNDING * largest) {
        throw new InvalidInputException(
            "Poisson naive Bayes takes counts of spikes, 0 or more and not standardised, but the"
                + " mean response of neuron "
                + neuron
                + " (counted from 0) to a class is "
                + mean);
      }
      if (mean <= ROUNDING * largest && largest > 0 && smoothing == 0) {
        throw new UnfitClassException(
            k,
            "has a neuron, "
                + neuron
                + " (counted from 0), that never fires; give smoothing above 0");
      }
      rates[k * neurons + neuron] = Math.max(0, mean) / binWidth + smoothing;
    }
  }
}
