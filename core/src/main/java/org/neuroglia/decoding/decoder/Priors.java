package org.neuroglia.decoding.decoder;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/** Probabilities of the classes before any response is seen. */
final class Priors {
  private Priors() {}

  /** Refuses priors that no number of classes would accept; empty ones are fine. */
  static void check(double[] priors) {
    if (Arrays.stream(priors)
        .anyMatch(prior -> !(prior >= 0 && prior < Double.POSITIVE_INFINITY))) {
      throw new InvalidInputException(
          "priors must not be negative or infinite, but they are " + Arrays.toString(priors));
    }
    if (priors.length > 0 && !(Arrays.stream(priors).sum() > 0)) {
      throw new InvalidInputException("of the priors at least one must be more than 0");
    }
  }

  /** The priors as they were given, or the shares of the events where none were. */
  static double[] of(double[] given, long[] counts) {
    if (given.length == 0) {
      double events = Arrays.stream(counts).sum();
      return Arrays.stream(counts).mapToDouble(n -> n / events).toArray();
    }
    if (given.length != counts.length) {
      throw new InvalidInputException(
          "there are " + given.length + " priors for " + counts.length + " classes");
    }
    return given.clone();
  }
}
