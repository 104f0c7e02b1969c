package org.neuroglia.decoding.decoder;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/**
 * What is known of the classes before any response is seen.
 *
 * @param uniform whether every class is as probable as the others
 * @param given probability of each class, or empty; scaled to a sum of 1
 */
public record ClassPrior(boolean uniform, double[] given) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final ClassPrior UNIFORM = new ClassPrior(true, new double[0]);

  /** The shares of the training events. */
  public static final ClassPrior FROM_DATA = new ClassPrior(false, new double[0]);

  public ClassPrior {
    Priors.check(given);
    if (uniform && given.length > 0) {
      throw new InvalidInputException("a prior is uniform or given by numbers, not both");
    }
  }

  public static ClassPrior of(double... probabilities) {
    return new ClassPrior(false, probabilities.clone());
  }

  /** The probability of each class, with a sum of 1. */
  double[] probabilities(long[] counts) {
    double[] prior = new double[counts.length];
    Arrays.fill(prior, 1.0 / counts.length);
    if (uniform) {
      return prior;
    }
    prior = Priors.of(given, counts);
    double sum = Arrays.stream(prior).sum();
    return Arrays.stream(prior).map(p -> p / sum).toArray();
  }
}
