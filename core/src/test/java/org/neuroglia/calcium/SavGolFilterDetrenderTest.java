package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.Chunks;

class SavGolFilterDetrenderTest {
  private static final double[] NOISE = new Random(1).doubles(400, -1, 1).toArray();

  @Test
  void piecesEqualTheWholeBitForBit() {
    double[] times = new double[400];
    Chunks.assertPiecesEqualTheWhole(new SavGolFilterDetrender(21, 3), times, NOISE);
    Chunks.assertPiecesEqualTheWhole(new SavGolFilterDetrender(1, 0), times, NOISE);
    Chunks.assertPiecesEqualTheWhole(new SavGolFilterDetrender(101, 4), times, NOISE);
  }

  @Test
  void polynomialsOfTheOrderVanishAndOthersDoNot() {
    for (int order = 0; order <= 6; order++) {
      double[] values = new double[200];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.pow((i - 100) / 100.0, order);
      }
      double most = 0;
      for (double rest : new SavGolFilterDetrender(31, order).apply(values, values)) {
        most = Math.max(most, Math.abs(rest));
      }
      assertEquals(0, most, 1e-9, "order " + order);
    }
    double[] cubic = IntStream.range(0, 50).mapToDouble(i -> i * i * i).toArray();
    assertTrue(Math.abs(new SavGolFilterDetrender(11, 1).apply(cubic, cubic)[25]) > 1);
  }

  // the published weights of a window of 5 and order 2: (-3, 12, 17, 12, -3) / 35
  @Test
  void weightsAreThoseOfSavitzkyAndGolay() {
    double[] impulse = new double[11];
    impulse[5] = 35;
    double[] out = new SavGolFilterDetrender(5, 2).apply(impulse, impulse);
    assertArrayEquals(new double[] {3, -12, 18, -12, 3}, Arrays.copyOfRange(out, 3, 8), 1e-12);
  }

  @Test
  void nanIsWhereItIsInTheWindow() {
    double[] values = NOISE.clone();
    values[200] = Double.NaN;
    double[] out = new SavGolFilterDetrender(11, 3).apply(values, values);
    for (int i = 0; i < out.length; i++) {
      assertEquals(Math.abs(i - 200) <= 5, Double.isNaN(out[i]), "sample " + i);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(InvalidInputException.class, () -> new SavGolFilterDetrender(10, 3));
    assertThrows(InvalidInputException.class, () -> new SavGolFilterDetrender(3, 3));
    assertThrows(InvalidInputException.class, () -> new SavGolFilterDetrender(3, -1));
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> new SavGolFilterDetrender().apply(new double[200], new double[200]))
            .getMessage();
    assertTrue(message.contains("200 samples") && message.contains("window of 201"), message);
    double[] constant = new SavGolFilterDetrender(1, 0).apply(NOISE, NOISE);
    assertFalse(IntStream.range(0, 400).anyMatch(i -> constant[i] != 0), "one sample is its fit");
  }
}
