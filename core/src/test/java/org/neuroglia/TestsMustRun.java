package org.neuroglia;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Tests that need something from outside the tree: recordings, a browser, bash. Where it is
 * missing, they are skipped; with {@code NEUROGLIA_TESTS_MUST_RUN=true} in the environment they
 * fail.
 */
public final class TestsMustRun {
  private TestsMustRun() {}

  /**
   * @param there whether what the test needs is there
   * @param missing what is said where it is not, such as "there is no /usr/bin/chromium"
   */
  public static void require(boolean there, String missing) {
    require(there, missing, "true".equals(System.getenv("NEUROGLIA_TESTS_MUST_RUN")));
  }

  static void require(boolean there, String missing, boolean mustRun) {
    if (there) {
      return;
    }
    if (mustRun) {
      throw new AssertionError(missing + ", and NEUROGLIA_TESTS_MUST_RUN is true");
    }
    abort("skipped: " + missing);
  }
}
