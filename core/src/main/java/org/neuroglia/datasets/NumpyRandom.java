package org.neuroglia.datasets;

import org.neuroglia.InvalidInputException;

/**
 * The random numbers of {@code numpy.random.RandomState}, so that what Python made with a seed can
 * be made again: uniform ones to the bit, normal ones but for the last digit of a logarithm.
 *
 * <p>Not thread safe. Source: the Mersenne Twister MT19937 of Matsumoto and Nishimura 1998, ACM
 * Trans. Model. Comput. Simul. 8: 3–30; the polar method of Marsaglia and Bray 1964, SIAM Rev. 6:
 * 260–264. numpy keeps both unchanged (NEP 19).
 */
public final class NumpyRandom {
  private static final int WORDS = 624;
  private static final int MIDDLE = 397;
  private static final int UPPER = 0x80000000;
  private static final int LOWER = 0x7fffffff;
  private static final int TWIST = 0x9908b0df;

  private final int[] state = new int[WORDS];
  private int position = WORDS;

  /** Normal deviates come in pairs: the one that is still to be given, if there is one. */
  private double spare;

  private boolean hasSpare;

  /**
   * @param seed as of {@code numpy.random.seed}, 0 to 2³² − 1
   */
  public NumpyRandom(long seed) {
    if (seed < 0 || seed > 0xffffffffL) {
      throw new InvalidInputException(
          "The seed " + seed + " is not one of numpy's: 0 to 4294967295 is accepted.");
    }
    state[0] = (int) seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** As {@code numpy.random.rand()}: evenly from 0 to below 1, with 53 random bits. */
  public double rand() {
    long high = (next() & 0xffffffffL) >>> 5;
    long low = (next() & 0xffffffffL) >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /** As {@code numpy.random.randn()}: normal with mean 0 and variance 1. */
  public double randn() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * rand() - 1;
      y = 2 * rand() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spare = factor * x;
    hasSpare = true;
    return factor * y;
  }

  private int next() {
    if (position == WORDS) {
      generate();
      position = 0;
    }
    int y = state[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void generate() {
    for (int i = 0; i < WORDS; i++) {
      int mixed = (state[i] & UPPER) | (state[(i + 1) % WORDS] & LOWER);
      int twisted = (mixed >>> 1) ^ ((mixed & 1) == 0 ? 0 : TWIST);
      state[i] = state[(i + MIDDLE) % WORDS] ^ twisted;
    }
  }
}
