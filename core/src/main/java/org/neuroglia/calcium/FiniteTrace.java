package org.neuroglia.calcium;

import org.neuroglia.InvalidInputException;

/** What deconvolution asks of a trace: a number at every sample. */
final class FiniteTrace {
  private FiniteTrace() {}

  static void check(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInputException(
            "A trace with the value "
                + values[i]
                + " (at sample "
                + i
                + " of "
                + values.length
                + ", counted from 0) cannot be deconvolved: every value must be finite.");
      }
    }
  }
}
