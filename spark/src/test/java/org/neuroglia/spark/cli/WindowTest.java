package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;

class WindowTest {
  private static double[] edges(String window) {
    return new Window.Converter().convert(window).edges();
  }

  @Test
  void edgesAreThoseOfNumpyArange() {
    // np.arange(0.1, 0.35, 0.01).tolist()
    assertArrayEquals(
        new double[] {
          0.1,
          0.11,
          0.12,
          0.13,
          0.13999999999999999,
          0.14999999999999997,
          0.15999999999999998,
          0.16999999999999998,
          0.17999999999999997,
          0.18999999999999995,
          0.19999999999999996,
          0.20999999999999996,
          0.21999999999999995,
          0.22999999999999995,
          0.23999999999999994,
          0.24999999999999992,
          0.2599999999999999,
          0.2699999999999999,
          0.2799999999999999,
          0.2899999999999999,
          0.29999999999999993,
          0.30999999999999994,
          0.3199999999999999,
          0.32999999999999985,
          0.33999999999999986
        },
        edges("0.1,0.35,0.01"),
        0.0);
  }

  @Test
  void windowMayBeginBeforeTheEvent() {
    assertArrayEquals(new double[] {-0.5, -0.25, 0.0, 0.25}, edges("-0.5, 0.5, 0.25"), 0.0);
  }

  @Test
  void stopIsNotAnEdge() {
    assertArrayEquals(new double[] {0, 1}, edges("0,2,1"), 0.0);
    assertArrayEquals(new double[] {0, 1, 2}, edges("0,2.5,1"), 0.0);
  }

  @Test
  void secondEdgeIsStartPlusStepAsInNumpy() {
    // np.arange(-0.09, 2.4740828861216855, 0.34)[1], where -0.09 + ((-0.09 + 0.34) - -0.09) differs
    assertEquals(-0.09 + 0.34, edges("-0.09,2.4740828861216855,0.34")[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1,0.1,0.01", "0.3,0.1,0.01", "0,0.01,0.01"})
  void windowWithoutABinIsRefused(String window) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> edges(window));
    assertTrue(e.getMessage().contains("is empty"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1,2", "a,b,c", "0,1,0", "0,1,-0.1", "0,NaN,1", "0,1,1e-9", "0,1,0.1,2"})
  void anythingElseIsRefusedInOneSentence(String window) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> edges(window));
    assertTrue(e.getMessage().startsWith("--window "), e.getMessage());
    assertTrue(e.getMessage().endsWith("."), e.getMessage());
  }
}
