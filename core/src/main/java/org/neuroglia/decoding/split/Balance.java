package org.neuroglia.decoding.split;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What is done about classes of unequal size. Immutable.
 *
 * @param subsample whether events are dropped until all classes have as many as the smallest
 * @param seed of the draw
 */
public record Balance(boolean subsample, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Classes stay as they are. */
  public static final Balance NONE = new Balance(false, 0);

  /**
   * Of every class as many events as the smallest class has, drawn at random before the session is
   * split; the others are neither trained on nor tested. The draw depends on the seed, the name of
   * the session and its labels alone.
   */
  public static Balance subsample(long seed) {
    return new Balance(true, seed);
  }

  /** The events that are kept, ascending. Classes without events do not count. */
  public int[] kept(SessionLabels labels) {
    int events = labels.events();
    if (!subsample) {
      return IntStream.range(0, events).toArray();
    }
    int[] size = new int[labels.classes()];
    for (int code : labels.y()) {
      size[code]++;
    }
    int smallest = Arrays.stream(size).filter(n -> n > 0).min().orElse(0);
    boolean[] keep = new boolean[events];
    for (int k = 0; k < size.length; k++) {
      int code = k;
      int[] members = IntStream.range(0, events).filter(i -> labels.y()[i] == code).toArray();
      Shuffle.of(seed, labels.session(), "balance", k).shuffle(members);
      for (int i = 0; i < Math.min(smallest, members.length); i++) {
        keep[members[i]] = true;
      }
    }
    return IntStream.range(0, events).filter(event -> keep[event]).toArray();
  }
}
