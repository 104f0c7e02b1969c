package org.neuroglia.benchmarks;

import java.util.SplittableRandom;

/** Standard normal numbers by the method of Box and Muller 1958, Ann. Math. Stat. 29: 610–611. */
final class NormalDeviates {
  private final SplittableRandom random;

  NormalDeviates(SplittableRandom random) {
    this.random = random;
  }

  double next() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
