package org.neuroglia.decoding.split;

import java.io.Serializable;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which events are tested together by a decoder that was trained on all others.
 *
 * @param fold per event the fold that tests it, or −1 if it is only trained on
 * @param count number of folds
 * @param caution a sentence on what is poor about them, or empty
 */
public record Folds(int[] fold, int count, String caution) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The events tested by a fold, ascending. */
  public int[] test(int number) {
    return IntStream.range(0, fold.length).filter(event -> fold[event] == number).toArray();
  }

  /** The events that the decoder of a fold is trained on, ascending. */
  public int[] train(int number) {
    return IntStream.range(0, fold.length).filter(event -> fold[event] != number).toArray();
  }

  public Optional<String> warning() {
    return caution.isEmpty() ? Optional.empty() : Optional.of(caution);
  }
}
