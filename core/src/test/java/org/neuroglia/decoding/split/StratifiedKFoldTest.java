package org.neuroglia.decoding.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class StratifiedKFoldTest {
  @Test
  void unshuffledFoldsAreScikitLearns() {
    assertArrayEquals(
        new int[] {0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 2, 1, 2, 2, 1, 2, 2},
        StratifiedKFold.split(new int[] {2, 0, 1, 0, 0, 0, 1, 1, 2, 1, 1, 2, 1, 2, 0, 0, 0}, 3)
            .fold());
    assertArrayEquals(
        new int[] {0, 0, 0, 1, 1, 2, 0, 1, 0, 2, 0, 2, 3, 1, 1, 2, 2, 3, 3, 3, 1, 3, 2},
        StratifiedKFold.split(
                new int[] {0, 2, 1, 2, 2, 2, 4, 1, 3, 2, 0, 1, 2, 0, 3, 0, 3, 1, 3, 0, 4, 1, 4}, 4)
            .fold());
    assertArrayEquals(
        new int[] {0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 3, 4},
        StratifiedKFold.split(new int[] {0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0}, 5).fold());
  }

  @Test
  void aClassSmallerThanTheFoldsIsWarnedOf() {
    Folds folds = StratifiedKFold.split(new int[] {0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0}, 5);
    assertEquals(
        "the smallest class has only 4 events, less than the 5 folds",
        folds.warning().orElseThrow());
    assertFalse(StratifiedKFold.split(new int[] {0, 0, 1, 1}, 2).warning().isPresent());
  }

  @Test
  void moreFoldsThanTheLargestClassAreRefused() {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class, () -> StratifiedKFold.split(new int[] {0, 0, 1}, 3));
    assertEquals(
        "there cannot be more folds (3) than events of the largest class (2)", error.getMessage());
  }

  @Test
  void oneFoldIsRefused() {
    assertThrows(InvalidInputException.class, () -> StratifiedKFold.split(new int[] {0, 0, 1}, 1));
  }

  @Test
  void shuffledFoldsAreStratifiedAndDependOnTheSeedAlone() {
    int[] y = new int[100];
    Arrays.fill(y, 60, 100, 1);
    Folds folds = StratifiedKFold.split(y, 4, 7L);
    assertArrayEquals(folds.fold(), StratifiedKFold.split(y, 4, 7L).fold());
    assertFalse(Arrays.equals(folds.fold(), StratifiedKFold.split(y, 4, 8L).fold()));
    for (int fold = 0; fold < 4; fold++) {
      int[] test = folds.test(fold);
      assertEquals(25, test.length);
      assertEquals(10, Arrays.stream(test).map(event -> y[event]).sum());
      assertEquals(75, folds.train(fold).length);
    }
  }

  @Test
  void theShuffleIsTheSameOnEveryMachine() {
    assertArrayEquals(
        new int[] {0, -1, -1, 0, -1, -1, -1, 0}, TrainTestSplit.split(8, 0.33, 1).fold());
  }

  @Test
  void testEventsAreRoundedUpAsInScikitLearn() {
    assertEquals(1964, TrainTestSplit.split(5950, 0.33, 0).test(0).length);
    assertThrows(InvalidInputException.class, () -> TrainTestSplit.split(10, 1.5, 0));
    assertThrows(InvalidInputException.class, () -> TrainTestSplit.split(2, 0.9, 0));
  }
}
