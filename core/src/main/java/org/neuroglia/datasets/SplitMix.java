package org.neuroglia.datasets;

/**
 * Seeds for many random streams from one: the mixing of SplitMix64 (Steele, Lea and Flood 2014),
 * which sets neighbours far apart.
 */
final class SplitMix {
  private SplitMix() {}

  /**
   * The seed of a stream.
   *
   * @param number of the stream, from 0
   */
  static long at(long seed, int number) {
    long z = seed + 0x9e3779b97f4a7c15L * (number + 1L);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
