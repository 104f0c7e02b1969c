package org.neuroglia.decoding.split;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.neuroglia.InvalidInputException;

/**
 * Folds in which every class has its share. Unshuffled they are those of scikit-learn's
 * StratifiedKFold, event by event.
 */
public final class StratifiedKFold {
  private StratifiedKFold() {}

  /**
   * @param y class codes
   * @param folds at least 2, at most as many as the largest class has members
   */
  public static Folds split(int[] y, int folds) {
    return split(y, folds, new Shuffle(0), false);
  }

  /** Within each class, events go to folds in random order. The order is ours, not numpy's. */
  public static Folds split(int[] y, int folds, long seed) {
    return split(y, folds, new Shuffle(seed), true);
  }

  private static Folds split(int[] y, int folds, Shuffle random, boolean shuffled) {
    if (folds < 2) {
      throw new InvalidInputException("cross-validation needs at least 2 folds, not " + folds);
    }
    int[] encoded = byFirstAppearance(y);
    int classes = Arrays.stream(encoded).max().orElse(-1) + 1;
    int[] members = new int[classes];
    for (int code : encoded) {
      members[code]++;
    }
    int largest = Arrays.stream(members).max().orElse(0);
    if (folds > largest) {
      throw new InvalidInputException(
          "there cannot be more folds ("
              + folds
              + ") than events of the largest class ("
              + largest
              + ")");
    }
    int smallest = Arrays.stream(members).min().orElse(0);
    String caution =
        folds > smallest
            ? "the smallest class has only "
                + smallest
                + " events, less than the "
                + folds
                + " folds"
            : "";

    // Round robin over the events sorted by class says how many of a class each fold tests.
    int[] fold = new int[y.length];
    int start = 0;
    for (int code = 0; code < classes; code++) {
      int[] foldsOfClass = new int[members[code]];
      for (int i = 0; i < foldsOfClass.length; i++) {
        foldsOfClass[i] = (start + i) % folds;
      }
      start += foldsOfClass.length;
      Arrays.sort(foldsOfClass); // a fold's events of a class are consecutive
      if (shuffled) {
        random.shuffle(foldsOfClass);
      }
      int next = 0;
      for (int event = 0; event < y.length; event++) {
        if (encoded[event] == code) {
          fold[event] = foldsOfClass[next++];
        }
      }
    }
    return new Folds(fold, folds, caution);
  }

  /** The class that comes first is 0, and so on. */
  private static int[] byFirstAppearance(int[] y) {
    Map<Integer, Integer> codes = new HashMap<>();
    int[] encoded = new int[y.length];
    for (int i = 0; i < y.length; i++) {
      Integer code = codes.putIfAbsent(y[i], codes.size());
      encoded[i] = code == null ? codes.size() - 1 : code;
    }
    return encoded;
  }
}
