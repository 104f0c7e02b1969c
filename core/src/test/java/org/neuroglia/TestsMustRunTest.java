package org.neuroglia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class TestsMustRunTest {
  private static final String MISSING = "there is no /a/recording.nwb";

  @Test
  void whatIsMissingIsAFailureWhereTestsMustRun() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> TestsMustRun.require(false, MISSING, true));
    assertEquals(MISSING + ", and NEUROGLIA_TESTS_MUST_RUN is true", error.getMessage());
  }

  @Test
  void whatIsMissingIsSkippedElsewhereWithItsReason() {
    TestAbortedException skipped =
        assertThrows(TestAbortedException.class, () -> TestsMustRun.require(false, MISSING, false));
    assertEquals("skipped: " + MISSING, skipped.getMessage());
  }

  @Test
  void whatIsThereIsNoReasonForEither() {
    TestsMustRun.require(true, MISSING, true);
    TestsMustRun.require(true, MISSING, false);
  }
}
