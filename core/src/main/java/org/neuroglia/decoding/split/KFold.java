package org.neuroglia.decoding.split;

import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;

/**
 * Folds of the same size, but for one event, without regard to any label: for continuous targets.
 * Unshuffled they are those of scikit-learn's KFold: blocks of consecutive events.
 */
public final class KFold {
  private KFold() {}

  /**
   * @param folds at least 2, at most as many as there are events
   */
  public static Folds split(int events, int folds) {
    return split(IntStream.range(0, events).toArray(), folds);
  }

  /** Events go to folds in random order. The order is ours, not numpy's. */
  public static Folds split(int events, int folds, long seed) {
    int[] order = IntStream.range(0, events).toArray();
    new Shuffle(seed).shuffle(order);
    return split(order, folds);
  }

  private static Folds split(int[] order, int folds) {
    if (folds < 2) {
      throw new InvalidInputException("cross-validation needs at least 2 folds, not " + folds);
    }
    if (folds > order.length) {
      throw new InvalidInputException(
          "there cannot be more folds (" + folds + ") than events (" + order.length + ")");
    }
    int[] fold = new int[order.length];
    int next = 0;
    for (int number = 0; number < folds; number++) {
      int size = order.length / folds + (number < order.length % folds ? 1 : 0);
      for (int i = 0; i < size; i++) {
        fold[order[next++]] = number;
      }
    }
    return new Folds(fold, folds, "");
  }
}
