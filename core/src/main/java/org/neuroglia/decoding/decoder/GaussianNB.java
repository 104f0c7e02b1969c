package org.neuroglia.decoding.decoder;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.MomentsByClass;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * Gaussian naive Bayes: neurons that, given the class, respond independently and normally.
 * Parameters and results are those of {@code sklearn.naive_bayes.GaussianNB} 1.9.
 *
 * @param priors probability of each class, with a sum of 1, or empty: their shares of the training
 *     events
 * @param varSmoothing this share of the largest variance of a neuron is added to every variance
 */
public record GaussianNB(double[] priors, double varSmoothing)
    implements MomentDecoder<MomentsByClass> {
  private static final long serialVersionUID = 1L;

  public GaussianNB {
    Priors.check(priors);
    double sum = Arrays.stream(priors).sum();
    if (priors.length > 0 && !(Math.abs(sum - 1) <= 1e-5)) {
      throw new InvalidInputException("the sum of the priors must be 1, not " + sum);
    }
    if (!(varSmoothing >= 0 && varSmoothing < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("varSmoothing must be 0 or more, not " + varSmoothing);
    }
  }

  /** scikit-learn's defaults: priors from the data, smoothing by 1e-9. */
  public GaussianNB() {
    this(new double[0], 1e-9);
  }

  @Override
  public MomentsByClass moments(Responses like, int classes) {
    return MomentsByClass.ofSquares(like.neurons(), classes);
  }

  /**
   * @throws UnfitClassException if the smoothing leaves a class with a neuron without variance
   */
  @Override
  public GaussianNaiveBayesModel fit(MomentsByClass moments) {
    int classes = moments.classes();
    ClassLabels.requireTwo(classes);
    int p = moments.neurons();
    double[] fittedPriors = Priors.of(priors, moments.counts());
    double largest = Arrays.stream(moments.variances()).max().orElseThrow();
    if (largest == 0) {
      throw new InvalidInputException(
          "no neuron's response varies, so there is nothing to decode with");
    }
    double epsilon = varSmoothing * largest;
    double[] variances = new double[classes * p];
    double[] logPeaks = new double[classes];
    for (int k = 0; k < classes; k++) {
      double[] own = moments.covariance(k);
      for (int j = 0; j < p; j++) {
        variances[k * p + j] = own[j] + epsilon;
        if (variances[k * p + j] == 0) {
          throw new UnfitClassException(
              k,
              "has a neuron, "
                  + j
                  + " (counted from 0), whose response does not vary; give varSmoothing above 0");
        }
        logPeaks[k] -= 0.5 * Math.log(2 * Math.PI * variances[k * p + j]);
      }
    }
    return new GaussianNaiveBayesModel(
        classes, p, fittedPriors, moments.means(), variances, epsilon, logPeaks);
  }
}
