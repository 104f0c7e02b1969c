package org.neuroglia.decoding.decoder;

import java.io.Serializable;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

/** A fitted decoder. Immutable. */
public interface DecoderModel extends Serializable {
  int classes();

  int neurons();

  /** Evidence for each class, [event × class]: the largest of a row is the prediction. */
  double[] decision(Responses rows);

  /**
   * Turns one row of evidence, which begins at {@code offset}, into probabilities, in place. Here
   * the evidence is the logarithm of the probability, but for a constant: softmax.
   */
  default void toProbability(double[] decision, int offset) {
    double largest = decision[offset + largest(decision, offset, classes())];
    double sum = 0;
    for (int k = 0; k < classes(); k++) {
      decision[offset + k] = Math.exp(decision[offset + k] - largest);
      sum += decision[offset + k];
    }
    for (int k = 0; k < classes(); k++) {
      decision[offset + k] /= sum;
    }
  }

  /** Refuses responses of another number of neurons. */
  default void requireWidth(Responses rows) {
    if (rows.neurons() != neurons()) {
      throw new InvalidInputException(
          "the decoder was fitted to "
              + neurons()
              + " neurons, the responses have "
              + rows.neurons());
    }
  }

  /** The predicted class of each event. */
  default int[] predict(Responses rows) {
    double[] decision = decision(rows);
    int[] predicted = new int[rows.events()];
    for (int event = 0; event < predicted.length; event++) {
      predicted[event] = largest(decision, event * classes(), classes());
    }
    return predicted;
  }

  /** Probability of each class, [event × class]. */
  default double[] probability(Responses rows) {
    double[] probability = decision(rows);
    for (int event = 0; event < rows.events(); event++) {
      toProbability(probability, event * classes());
    }
    return probability;
  }

  /** The first of the largest of some values, counted from {@code offset}; as numpy's argmax. */
  static int largest(double[] values, int offset, int length) {
    int best = 0;
    for (int k = 1; k < length; k++) {
      if (values[offset + k] > values[offset + best]) {
        best = k;
      }
    }
    return best;
  }
}
