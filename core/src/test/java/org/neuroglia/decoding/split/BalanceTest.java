package org.neuroglia.decoding.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalanceTest {
  private static SessionLabels labels(String session) {
    return new SessionLabels(
        session, IntStream.range(0, 50).map(i -> i % 10 == 0 ? 2 : i % 3 % 2).toArray(), 4);
  }

  @Test
  void everyClassKeepsAsManyEventsAsTheSmallestHas() {
    int[] kept = Balance.subsample(3).kept(labels("a"));
    int[] sizes = new int[4];
    for (int event : kept) {
      sizes[labels("a").y()[event]]++;
    }
    assertArrayEquals(new int[] {5, 5, 5, 0}, sizes);
    int[] ascending = kept.clone();
    Arrays.sort(ascending);
    assertArrayEquals(ascending, kept);
  }

  @Test
  void drawsDependOnSeedAndSessionAlone() {
    int[] kept = Balance.subsample(3).kept(labels("a"));
    assertArrayEquals(kept, Balance.subsample(3).kept(labels("a")));
    assertFalse(Arrays.equals(kept, Balance.subsample(4).kept(labels("a"))));
    assertFalse(Arrays.equals(kept, Balance.subsample(3).kept(labels("b"))));
  }

  @Test
  void withoutItAllEventsStay() {
    assertEquals(50, Balance.NONE.kept(labels("a")).length);
  }
}
