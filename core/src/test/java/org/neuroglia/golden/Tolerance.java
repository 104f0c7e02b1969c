package org.neuroglia.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What may differ: {@code |wanted - actual| <= atol + rtol |wanted|}, as numpy.allclose has it. */
public record Tolerance(double rtol, double atol) {
  /** NaN equals NaN, and an infinity only itself. */
  public boolean close(double wanted, double actual) {
    if (Double.isFinite(wanted)) {
      return Math.abs(wanted - actual) <= atol + rtol * Math.abs(wanted);
    }
    return Double.compare(wanted, actual) == 0;
  }

  void assertClose(double wanted, double actual, String what) {
    if (!close(wanted, actual)) {
      throw new AssertionError(what + ": " + actual + " instead of " + wanted);
    }
  }

  void assertClose(double[] wanted, double[] actual, String what) {
    assertEquals(wanted.length, actual.length, what + ": length");
    for (int i = 0; i < wanted.length; i++) {
      assertClose(wanted[i], actual[i], what + "[" + i + "]");
    }
  }
}
