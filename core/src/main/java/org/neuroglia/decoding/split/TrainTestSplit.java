package org.neuroglia.decoding.split;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;

/**
 * Events drawn at random for the test, all others for training; classes are not balanced, as in
 * scikit-learn's train_test_split. The draw depends on the seed and the number of events alone; it
 * is not numpy's.
 */
public final class TrainTestSplit {
  private TrainTestSplit() {}

  /**
   * One fold that tests ⌈testSize · events⌉ events.
   *
   * @param testSize share of the events, between 0 and 1
   */
  public static Folds split(int events, double testSize, long seed) {
    if (!(testSize > 0 && testSize < 1)) {
      throw new InvalidInputException("a test size is a share between 0 and 1, not " + testSize);
    }
    int tested = (int) Math.ceil(testSize * events);
    if (tested >= events) {
      throw new InvalidInputException(
          "a test size of " + testSize + " leaves no training events of " + events);
    }
    int[] order = IntStream.range(0, events).toArray();
    new Shuffle(seed).shuffle(order);
    int[] fold = new int[events];
    Arrays.fill(fold, -1);
    for (int i = 0; i < tested; i++) {
      fold[order[i]] = 0;
    }
    return new Folds(fold, 1, "");
  }
}
