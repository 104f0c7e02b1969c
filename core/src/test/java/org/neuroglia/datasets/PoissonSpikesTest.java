package org.neuroglia.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class PoissonSpikesTest {
  private static final PoissonSpikes HOUR = new PoissonSpikes(3600, 7);

  @Test
  void thereAreAsManySpikesAsTheRateSaysGiveOrTakeTheirRoot() {
    for (int neuron = 0; neuron < 20; neuron++) {
      assertEquals(36_000, HOUR.train(neuron, 10).length, 4 * Math.sqrt(36_000));
    }
  }

  @Test
  void intervalsAreExponential() {
    double[] train = HOUR.train(0, 10);
    double below = 0;
    double squares = 0;
    for (int i = 1; i < train.length; i++) {
      double interval = 10 * (train[i] - train[i - 1]);
      below += interval < Math.log(2) ? 1 : 0;
      squares += interval * interval;
    }
    assertEquals(0.5, below / train.length, 0.01);
    assertEquals(2, squares / train.length, 0.1);
  }

  @Test
  void aTrainDoesNotDependOnTheOtherNeurons() {
    double[][] few = HOUR.trains(3, 4);
    double[][] many = HOUR.trains(3, 4, 5, 6);
    assertArrayEquals(few, Arrays.copyOf(many, 2));
    assertArrayEquals(few[1], HOUR.train(1, 4));
    assertFalse(Arrays.equals(HOUR.train(0, 4), few[1]));
    assertFalse(Arrays.equals(new PoissonSpikes(3600, 8).train(1, 4), few[1]));
  }

  @Test
  void numbersStayTheSameFromVersionToVersion() {
    assertEquals(1567644419, Arrays.deepHashCode(new PoissonSpikes(60, 1).trains(5, 0, 20)));
  }

  @Test
  void spikesAscendWithinTheRecording() {
    double[] train = HOUR.train(3, 50);
    assertTrue(train[0] >= 0 && train[train.length - 1] < 3600);
    for (int i = 1; i < train.length; i++) {
      assertTrue(train[i] > train[i - 1]);
    }
  }

  @Test
  void aRateThatChangesIsFollowed() {
    double[] train = HOUR.train(0, time -> 20 * time / 3600, 20);
    long early = Arrays.stream(train).filter(time -> time < 1800).count();
    assertEquals(9000, early, 4 * Math.sqrt(9000));
    assertEquals(27_000, train.length - early, 4 * Math.sqrt(27_000));
  }

  @Test
  void ratesOfBinsHoldFromEdgeToEdgeAndTheLastToTheEnd() {
    double[] train = HOUR.train(0, new double[] {0, 30, 0, 10}, 600);
    assertEquals(0, Arrays.stream(train).filter(time -> time < 600).count());
    assertEquals(
        18_000, Arrays.stream(train).filter(time -> time >= 600 && time < 1200).count(), 540);
    assertEquals(0, Arrays.stream(train).filter(time -> time >= 1200 && time < 1800).count());
    assertEquals(18_000, Arrays.stream(train).filter(time -> time >= 1800).count(), 540);
  }

  @Test
  void aConstantRateIsTheSameHoweverItIsGiven() {
    assertArrayEquals(HOUR.train(2, 4), HOUR.train(2, time -> 4, 4));
    assertArrayEquals(HOUR.train(2, 4), HOUR.train(2, new double[] {4, 4}, 1));
  }

  @Test
  void aRateOfZeroIsSilence() {
    assertEquals(0, HOUR.train(0, 0).length);
    assertEquals(0, HOUR.trains().length);
  }

  @Test
  void impossibleRatesAreNamed() {
    assertThrows(InvalidInputException.class, () -> new PoissonSpikes(0, 1));
    assertThrows(InvalidInputException.class, () -> new PoissonSpikes(Double.NaN, 1));
    assertThrows(InvalidInputException.class, () -> HOUR.train(0, -1));
    assertThrows(InvalidInputException.class, () -> HOUR.train(0, Double.NaN));
    assertThrows(InvalidInputException.class, () -> HOUR.train(0, 1e9));
    assertThrows(InvalidInputException.class, () -> HOUR.train(-1, 1));
    assertThrows(InvalidInputException.class, () -> HOUR.train(0, new double[0], 1));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> HOUR.train(0, time -> 3, 2));
    assertTrue(e.getMessage().contains("is 3.0: 0 to the highest rate, 2.0, is"), e.getMessage());
  }
}
