package org.neuroglia.datasets;

import java.io.Serializable;
import java.util.Locale;
import java.util.Random;

/**
 * Made-up sessions of a choice task ({@link ChoiceTaskSession}) of different sizes, as many as one
 * likes: session {@code i} depends on the settings of the archive and on {@code i}, not on how many
 * others are made or in which order, thread or machine.
 *
 * @param units how many units a session has
 * @param trials how many trials a session has
 * @param seed everything random follows from it
 */
public record ChoiceTaskArchive(Range units, Range trials, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A number that differs between sessions, each as likely as the other.
   *
   * @param least 1 or more
   * @param most not less
   */
  public record Range(int least, int most) implements Serializable {
    public Range {
      Accepted.require(
          least >= 1 && most >= least,
          "An archive",
          "sizes of",
          least + "-" + most,
          "1 or more, the first not above the second");
    }

    int draw(Random random) {
      return least + random.nextInt(most - least + 1);
    }

    @Override
    public String toString() {
      return least + "-" + most;
    }
  }

  /** 20 to 200 units and 300 to 900 trials. */
  public static ChoiceTaskArchive create(long seed) {
    return new ChoiceTaskArchive(new Range(20, 200), new Range(300, 900), seed);
  }

  /**
   * @param number of the session, from 0
   */
  public ChoiceTaskSession session(int number) {
    Accepted.require(number >= 0, "An archive", "a session", number, "0 or more");
    Random random = new Random(SplitMix.at(seed, number));
    return ChoiceTaskSession.builder()
        .name(name(number))
        .units(units.draw(random))
        .trials(trials.draw(random))
        .seed(random.nextLong())
        .build();
  }

  /** What the session is called: the seed is in it, so that archives can be put together. */
  public String name(int number) {
    return String.format(Locale.ROOT, "synthetic_%d_%05d", seed, number);
  }
}
