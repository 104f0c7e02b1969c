package org.neuroglia.decoding.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassLabelsTest {
  @Test
  void numbersSortNumerically() {
    ClassLabels classes = ClassLabels.of(new double[] {11, 3, -1, 7, 3, Double.NaN, 22.5});
    assertEquals(List.of("-1", "3", "7", "11", "22.5"), classes.names());
    assertArrayEquals(new int[] {3, 0, -1}, classes.codes(new double[] {11, -1, 4}));
  }

  @Test
  void minusZeroIsZero() {
    ClassLabels classes = ClassLabels.of(new double[] {-0.0, 0.0, 1});
    assertEquals(List.of("0", "1"), classes.names());
    assertEquals(0, classes.code(-0.0));
  }

  @Test
  void textsSortByCodePointAsInPython() {
    // U+1D6FC lies beyond the Basic Multilingual Plane; UTF-16 would put it before U+FF21.
    String alpha = new String(Character.toChars(0x1D6FC));
    ClassLabels classes = ClassLabels.of(List.of(alpha, "\uFF21", "10", "9", "Zebra", "ant"));
    assertEquals(List.of("10", "9", "Zebra", "ant", "\uFF21", alpha), classes.names());
    assertEquals(5, classes.code(alpha));
    assertEquals(-1, classes.code("cat"));
  }
}
