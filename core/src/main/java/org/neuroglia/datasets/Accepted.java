package org.neuroglia.datasets;

import org.neuroglia.InvalidInputException;

/** What settings of a made-up recording must be. */
final class Accepted {
  private Accepted() {}

  /**
   * @param what is made, with its article
   * @param accepted values, in words
   */
  static void require(boolean holds, String what, String name, Object value, String accepted) {
    if (!holds) {
      throw new InvalidInputException(
          what + " cannot have " + name + " " + value + ": " + accepted + ".");
    }
  }
}
