package org.neuroglia.spark.golden;

import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;

/** Runs the cases of one folder through the public stage of that name. */
@FunctionalInterface
public interface GoldenAdapter {
  /**
   * What our stage gives, in the shape of the case's expected.json. Where the case expects an
   * error, the stage's own exception is what must come: an InvalidInputException.
   */
  GoldenValue run(GoldenCase golden) throws Exception;

  /** Whether the stage can run this case already: a folder may need two stages. */
  default boolean builds(GoldenCase golden) {
    return true;
  }

  /**
   * For a case whose verdict is {@code fix}, or an {@code info} case that {@link #run} does not
   * equal: asserts what we do instead and returns it in one sentence, a line of the README's table
   * of differences.
   */
  default String better(GoldenCase golden) throws Exception {
    throw new AssertionError("nobody asserts what is better here; the case says: " + golden.note());
  }
}
