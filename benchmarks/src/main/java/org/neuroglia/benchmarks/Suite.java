package org.neuroglia.benchmarks;

import java.util.List;

/** Measurements that belong together. */
interface Suite {
  /** By which {@code --only} knows it. */
  String name();

  /** Whether it has anything to measure at this size. */
  default boolean has(Size size) {
    return true;
  }

  /**
   * Checks that the results are right, then measures, unless the size is the smallest.
   *
   * @throws WrongResultException if a result is not the rival's, or not the reference's
   */
  List<Outcome> run(Bench bench) throws Exception;
}
