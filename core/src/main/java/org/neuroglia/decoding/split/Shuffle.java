package org.neuroglia.decoding.split;

/**
 * A seeded shuffle that gives the same order on every machine and Java version: Fisher and Yates's,
 * driven by SplitMix64 (Steele, Lea and Flood 2014). It is not numpy's.
 */
public final class Shuffle {
  private long state;

  public Shuffle(long seed) {
    state = seed;
  }

  /**
   * The draws that belong to a session: the same wherever and in whatever order sessions come.
   *
   * @param use what is drawn, so that different things drawn with the same seed are independent
   * @param numbers which of them it is
   */
  public static Shuffle of(long seed, String session, String use, long... numbers) {
    Shuffle random = new Shuffle(seed);
    random.absorb(use);
    random.absorb(session);
    for (long number : numbers) {
      random.absorb(number);
    }
    return random;
  }

  private void absorb(String text) {
    text.chars().forEach(this::absorb);
    absorb(text.length());
  }

  private void absorb(long number) {
    state = next() ^ number;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 to {@code bound} − 1. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
