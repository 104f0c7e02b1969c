package org.neuroglia.spike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;

class BinnerTest {
  static Stream<GoldenCase> cases() {
    return GoldenCase.all("Binner");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsNeuroglia(GoldenCase golden) {
    if (golden.expectsError()) {
      assertThrows(InvalidInputException.class, () -> new Binner(golden.sampleTimes()));
      return;
    }
    Binner binner = new Binner(golden.sampleTimes());
    int k = 0;
    for (double[] train : golden.trains().values()) {
      golden.assertClose(golden.ofNeuron(k++), binner.transform(train));
    }
  }

  @Test
  void everyTrainHasEveryBin() {
    Binner binner = new Binner(new double[] {0, 0.1, 0.2});
    assertEquals(2, binner.bins());
    assertArrayEquals(new double[2], binner.transform(new double[0]));
    assertArrayEquals(new double[0], new Binner(new double[] {0}).transform(new double[] {0}));
  }

  @Test
  void trainIsNotTouchedByTheSortThatItNeeds() {
    double[] train = {0.15, Double.NaN, 0.05, Double.POSITIVE_INFINITY, -1, 0.2};
    double[] kept = train.clone();
    assertArrayEquals(new double[] {1, 2}, new Binner(new double[] {0, 0.1, 0.2}).transform(train));
    assertArrayEquals(kept, train);
  }
}
