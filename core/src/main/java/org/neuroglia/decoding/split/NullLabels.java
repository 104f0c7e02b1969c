package org.neuroglia.decoding.split;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;

/**
 * Labels that tell nothing about the responses: what decoding them gives is what chance gives.
 * Immutable.
 *
 * <p>The labels number i of a session depend on the seed, the session's name, i and the session's
 * own labels (and donors) alone: not on how many are drawn.
 *
 * @param kind how they are drawn
 * @param number how many; 0 for {@link Kind#NONE} only
 * @param seed of the draws
 */
public record NullLabels(Kind kind, int number, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No null labels. */
  public static final NullLabels NONE = new NullLabels(Kind.NONE, 0, 0);

  /** How null labels are drawn. */
  public enum Kind {
    /** Not at all. */
    NONE,
    /** The session's labels in random order. Supposes that events are exchangeable. */
    SHUFFLE,
    /** The session's labels in random order within each stratum, such as a block. */
    SHUFFLE_WITHIN,
    /**
     * The session's labels later by a random number of events, those at the end coming first: for
     * labels that depend on those before. Of n events there are n − 1 lags; none comes twice before
     * all have come once.
     */
    CIRCULAR_SHIFT,
    /**
     * Labels of other sessions in their order (Harris 2020, "Nonsense correlations in
     * neuroscience"). Donors are put end to end, in random order, until they cover the session's
     * events. No donor comes first a second time before all have come first once, so fewer donors
     * than null labels make some of them alike.
     */
    OTHER_SESSION;

    /** Reads {@code none}, {@code shuffle}, {@code shuffle-within}, … */
    public static Kind parse(String text) {
      for (Kind kind : values()) {
        if (kind.toString().equals(text)) {
          return kind;
        }
      }
      throw new InvalidInputException(
          "null labels are none, shuffle, shuffle-within, circular-shift or other-session, not '"
              + text
              + "'");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public NullLabels {
    if (kind == Kind.NONE ? number != 0 : number < 1) {
      throw new InvalidInputException(
          kind == Kind.NONE
              ? number + " null labels are asked for, but not how they are drawn"
              : "the number of null labels must be at least 1, not " + number);
    }
  }

  /**
   * The null labels of a session, [number × event], in the codes of {@link
   * SessionLabels#allClasses}.
   *
   * @throws InvalidInputException if the session has not what this kind needs: strata, two events,
   *     donors
   */
  public int[][] draw(SessionLabels labels) {
    switch (kind) {
      case SHUFFLE:
        return shuffled(labels, new int[labels.events()]);
      case SHUFFLE_WITHIN:
        if (labels.strata().length != labels.events()) {
          throw new InvalidInputException(
              "labels cannot be shuffled within strata, for the events have no column of them");
        }
        return shuffled(labels, labels.strata());
      case CIRCULAR_SHIFT:
        return shifted(labels);
      case OTHER_SESSION:
        return donated(labels);
      default:
        return new int[0][];
    }
  }

  private Shuffle random(SessionLabels labels, int index) {
    return Shuffle.of(seed, labels.session(), kind.toString(), index);
  }

  private int[][] shuffled(SessionLabels labels, int[] strata) {
    int[][] members =
        Arrays.stream(strata)
            .sorted()
            .distinct()
            .mapToObj(s -> IntStream.range(0, strata.length).filter(i -> strata[i] == s).toArray())
            .toArray(int[][]::new);
    int[][] drawn = new int[number][labels.events()];
    for (int i = 0; i < number; i++) {
      Shuffle random = random(labels, i);
      for (int[] events : members) {
        int[] from = events.clone();
        random.shuffle(from);
        for (int m = 0; m < events.length; m++) {
          drawn[i][events[m]] = labels.y()[from[m]];
        }
      }
    }
    return drawn;
  }

  private int[][] shifted(SessionLabels labels) {
    int events = labels.events();
    if (events < 2) {
      throw new InvalidInputException(
          "the labels of " + events + " event cannot be shifted; at least 2 events are needed");
    }
    int[] lags = IntStream.range(1, events).toArray();
    random(labels, -1).shuffle(lags);
    int[][] drawn = new int[number][events];
    for (int i = 0; i < number; i++) {
      int lag = lags[i % lags.length];
      System.arraycopy(labels.y(), 0, drawn[i], lag, events - lag);
      System.arraycopy(labels.y(), events - lag, drawn[i], 0, lag);
    }
    return drawn;
  }

  private int[][] donated(SessionLabels labels) {
    int[][] donors =
        Arrays.stream(labels.donors()).filter(donor -> donor.length > 0).toArray(int[][]::new);
    if (donors.length == 0) {
      throw new InvalidInputException(
          "there is no other session with labels to take null labels from");
    }
    int[] first = IntStream.range(0, donors.length).toArray();
    random(labels, -1).shuffle(first);
    int[][] drawn = new int[number][labels.events()];
    for (int i = 0; i < number; i++) {
      int[] others = order(first[i % first.length], donors.length, random(labels, i));
      int filled = 0;
      for (int d = 0; filled < drawn[i].length; d = (d + 1) % others.length) {
        int[] donor = donors[others[d]];
        int taken = Math.min(donor.length, drawn[i].length - filled);
        System.arraycopy(donor, 0, drawn[i], filled, taken);
        filled += taken;
      }
    }
    return drawn;
  }

  /** One that comes first, and the others in random order. */
  private static int[] order(int first, int number, Shuffle random) {
    int[] others = IntStream.range(0, number).filter(d -> d != first).toArray();
    random.shuffle(others);
    return IntStream.concat(IntStream.of(first), Arrays.stream(others)).toArray();
  }
}
