package org.neuroglia.decoding.crossval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.SavedScores;

class ConfusionMatrixTest {
  @Test
  void scoresAreScikitLearns() {
    SavedScores saved = SavedScores.read();
    ConfusionMatrix matrix = ConfusionMatrix.of(saved.codes("y"), saved.codes("prediction"), 3);
    assertArrayEquals(
        Arrays.stream(saved.codesOfEach("confusion"))
            .flatMapToInt(Arrays::stream)
            .asLongStream()
            .toArray(),
        matrix.counts());
    assertArrayEquals(saved.numbers("recall"), matrix.recall(), 1e-15);
    assertEquals(saved.number("balanced_accuracy"), matrix.balancedAccuracy(), 1e-15);
    assertEquals(saved.number("mutual_information_bits"), matrix.mutualInformation(), 1e-14);
  }

  @Test
  void perfectPredictionsOfEqualClassesTellTheLogarithmOfTheirNumber() {
    ConfusionMatrix matrix =
        new ConfusionMatrix(4, new long[] {5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 5});
    assertEquals(2, matrix.mutualInformation(), 1e-15);
    assertEquals(1, matrix.accuracy());
    assertEquals(0.25, matrix.majorityShare());
  }

  @Test
  void aPredictionThatIsAlwaysTheSameTellsNothing() {
    ConfusionMatrix matrix = new ConfusionMatrix(2, new long[] {30, 0, 10, 0});
    assertEquals(0, matrix.mutualInformation(), 1e-15);
    assertEquals(0.75, matrix.accuracy());
    assertEquals(0.75, matrix.majorityShare());
    assertEquals(0.5, matrix.balancedAccuracy());
  }

  @Test
  void eventsThatWereNotTestedAndClassesWithoutEventsDoNotCount() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 0, 1, 2}, new int[] {0, 1, 1, -1}, 3);
    assertEquals(3, matrix.events());
    assertArrayEquals(new double[] {0.5, 1, Double.NaN}, matrix.recall());
    assertEquals(0.75, matrix.balancedAccuracy());
    assertEquals(Double.NaN, new ConfusionMatrix(3).balancedAccuracy());
    assertEquals(Double.NaN, new ConfusionMatrix(3).mutualInformation());
  }

  @Test
  void matricesAdd() {
    ConfusionMatrix sum =
        new ConfusionMatrix(2, new long[] {1, 2, 3, 4})
            .plus(new ConfusionMatrix(2, new long[] {10, 20, 30, 40}));
    assertArrayEquals(new long[] {11, 22, 33, 44}, sum.counts());
    assertEquals(22, sum.count(0, 1));
  }

  @Test
  void countsThatAreNoSquareAreRefused() {
    assertThrows(InvalidInputException.class, () -> new ConfusionMatrix(2, new long[3]));
  }

  @Test
  void trueLabelsCountAmongTheNulls() {
    NullDistribution nulls = new NullDistribution(new double[] {0.5, 0.6, 0.7, 0.4});
    assertEquals(3 / 5.0, nulls.pValue(0.6));
    assertEquals(1 / 5.0, nulls.pValue(0.8));
    assertEquals(1, nulls.pValue(0.1));
    assertEquals(0.55, nulls.mean(), 1e-15);
    assertEquals(Double.NaN, NullDistribution.NONE.pValue(0.5));
    assertEquals(Double.NaN, NullDistribution.NONE.mean());
  }
}
