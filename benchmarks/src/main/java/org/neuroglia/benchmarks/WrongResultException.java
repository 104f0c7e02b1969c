package org.neuroglia.benchmarks;

import java.util.Objects;

/** What was measured did not give the right result. */
final class WrongResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private WrongResultException(String message) {
    super(message);
  }

  /** Refuses a result that is not equal. */
  static void unlessEqual(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new WrongResultException(what + " is " + actual + " and should be " + expected);
    }
  }
}
