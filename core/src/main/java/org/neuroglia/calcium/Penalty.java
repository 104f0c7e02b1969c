package org.neuroglia.calcium;

import java.util.Locale;
import org.neuroglia.InvalidInputException;

/** What deconvolution keeps small. */
public enum Penalty {
  /** The number of events; a good solution, not the best there is. */
  L0,
  /** The sum of the events; the best solution. */
  L1;

  /** Reads {@code l0} or {@code l1}. */
  public static Penalty parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "l0" -> L0;
      case "l1" -> L1;
      default ->
          throw new InvalidInputException(
              "There is no penalty '" + text + "': l0 or l1 is accepted.");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
