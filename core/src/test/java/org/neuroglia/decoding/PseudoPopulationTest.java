package org.neuroglia.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.PseudoPopulation.Pooled;
import org.neuroglia.decoding.PseudoPopulation.Resample;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.Splits;

class PseudoPopulationTest {
  private static final PseudoPopulation POPULATION = new PseudoPopulation(2, 3, 5, 8);

  /** Neuron j answers trial i with 100·i + j. */
  private static Responses tagged(int trials, int neurons) {
    double[][] rows = new double[trials][neurons];
    for (int i = 0; i < trials; i++) {
      for (int j = 0; j < neurons; j++) {
        rows[i][j] = 100 * i + j;
      }
    }
    return Responses.of(rows);
  }

  private static int[] alternating(int trials) {
    return IntStream.range(0, trials).map(i -> i % 2).toArray();
  }

  private static Pooled pooled(int resample) {
    Resample pool = POPULATION.resample(resample);
    assertTrue(pool.add("b", tagged(20, 2), alternating(20)));
    assertTrue(pool.add("a", tagged(8, 3), alternating(8)));
    assertFalse(pool.add("c", tagged(5, 4), alternating(5)));
    return pool.pooled();
  }

  @Test
  void trialsOfASessionTrainOrTestAndNeverBoth() {
    Pooled pooled = pooled(0);
    assertEquals(30, pooled.responses().events());
    assertEquals(5, pooled.responses().neurons());
    for (int column : new int[] {0, 3}) { // the first neuron of each session
      int[] trials =
          IntStream.range(0, 30).map(i -> (int) pooled.responses().get(i, column) / 100).toArray();
      for (int fold = 0; fold < 3; fold++) {
        Set<Integer> train = new HashSet<>();
        Arrays.stream(pooled.folds().train(fold)).forEach(i -> train.add(trials[i]));
        for (int i : pooled.folds().test(fold)) {
          assertFalse(train.contains(trials[i]));
        }
      }
    }
  }

  @Test
  void trialsAreMatchedByClassAndEveryFoldHasAsManyOfEach() {
    Pooled pooled = pooled(0);
    int[][] sizes = new int[3][2];
    for (int i = 0; i < 30; i++) {
      sizes[pooled.folds().fold()[i]][pooled.y()[i]]++;
      for (int j = 0; j < 5; j++) {
        int trial = (int) pooled.responses().get(i, j) / 100;
        assertEquals(pooled.y()[i], trial % 2);
        assertEquals(j < 3 ? j : j - 3, (int) pooled.responses().get(i, j) % 100);
      }
    }
    assertArrayEquals(new int[][] {{5, 5}, {5, 5}, {5, 5}}, sizes);
  }

  @Test
  void aTrialIsUsedOnceBeforeOneIsUsedTwice() {
    int[] chosen = POPULATION.trialsOf(0, "a", alternating(8));
    for (int block = 0; block < 6; block++) { // a class of a fold, that has one or two trials
      int[] own = Arrays.copyOfRange(chosen, 5 * block, 5 * block + 5);
      long distinct = Arrays.stream(own).distinct().count();
      for (int trial : own) {
        assertEquals(5.0 / distinct, Arrays.stream(own).filter(t -> t == trial).count(), 0.5);
      }
    }
  }

  @Test
  void sessionsMayComeInAnyOrderAndApart() {
    Resample other = POPULATION.resample(0);
    other.add("a", tagged(8, 3), alternating(8));
    other.add("b", tagged(20, 2), alternating(20));
    assertArrayEquals(pooled(0).responses().values(), other.pooled().responses().values());
    assertEquals(List.of("a", "b"), pooled(0).sessions());
    assertArrayEquals(new int[] {3, 2}, pooled(0).neurons());
    Responses apart = POPULATION.resampled(0, "a", tagged(8, 3), alternating(8));
    assertArrayEquals(
        apart.values(), pooled(0).responses().selectNeurons(new int[] {0, 1, 2}).values());
    assertFalse(Arrays.equals(pooled(0).responses().values(), pooled(1).responses().values()));
  }

  @Test
  void sessionsWithoutEnoughTrialsAreNamed() {
    assertEquals(
        Map.of("c", "class 1 (counted from 0) has 2 trials, fewer than the 3 that are needed"),
        pooled(0).leftOut());
    assertThrows(
        InvalidInputException.class,
        () -> POPULATION.resampled(0, "c", tagged(5, 4), alternating(5)));
    assertThrows(InvalidInputException.class, () -> POPULATION.resample(0).pooled());
  }

  @Test
  void trialsOfNoClassAreLeftOut() {
    int[] y = {0, 1, -1, 0, 1, 0, 1, -1, 0, 1};
    for (int trial : POPULATION.trialsOf(0, "a", y)) {
      assertTrue(y[trial] >= 0);
    }
  }

  @Test
  void neuronsOfSeveralSessionsTellMoreThanThoseOfOne() {
    PseudoPopulation population = new PseudoPopulation(2, 5, 20, 8);
    Random random = new Random(2);
    Resample pool = population.resample(0);
    for (int session = 0; session < 12; session++) {
      int[] y = alternating(80);
      double[][] rows = new double[80][2];
      for (int i = 0; i < 80; i++) {
        rows[i][0] = random.nextGaussian() + 0.8 * y[i];
        rows[i][1] = random.nextGaussian();
      }
      pool.add("s" + session, Responses.of(rows), y);
    }
    Pooled pooled = pool.pooled();
    double accuracy =
        new SessionDecoder(
                new LinearDiscriminantAnalysis(),
                true,
                Splits.predefined(),
                NullLabels.NONE,
                Balance.NONE,
                pooled.labels("pool", 2))
            .decode(pooled.responses())
            .accuracy();
    assertTrue(accuracy > 0.8, "accuracy " + accuracy); // of one session it would be 0.65
  }

  @Test
  void impossiblePopulationsAreRefused() {
    assertThrows(InvalidInputException.class, () -> new PseudoPopulation(1, 3, 5, 8));
    assertThrows(InvalidInputException.class, () -> new PseudoPopulation(2, 1, 5, 8));
    assertThrows(InvalidInputException.class, () -> new PseudoPopulation(2, 3, 0, 8));
    assertThrows(InvalidInputException.class, () -> new PseudoPopulation(2, 3, 5, 2, 8));
    Resample pool = POPULATION.resample(0);
    pool.add("a", tagged(8, 3), alternating(8));
    assertEquals(
        "session \"a\" is added to the pseudo-population more than once",
        assertThrows(InvalidInputException.class, () -> pool.add("a", tagged(8, 3), alternating(8)))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> pool.add("z", tagged(8, 3), alternating(9)));
  }
}
