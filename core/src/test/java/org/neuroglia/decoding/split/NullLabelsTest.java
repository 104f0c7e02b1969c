package org.neuroglia.decoding.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.NullLabels.Kind;

class NullLabelsTest {
  private static final int[] Y = IntStream.range(0, 40).map(i -> i * i % 7 % 3).toArray();
  private static final int[][] DONORS = {
    IntStream.range(0, 50).map(i -> i % 3).toArray(),
    {0, 1, 4},
    {},
    IntStream.range(0, 44).map(i -> i / 20).toArray(),
  };

  private static SessionLabels labels(String session) {
    return new SessionLabels(session, Y, 3)
        .withStrata(IntStream.range(0, 40).map(i -> i / 15 - 1).toArray())
        .withDonors(DONORS, 5);
  }

  private static int[][] draw(Kind kind, int number, long seed, String session) {
    return new NullLabels(kind, number, seed).draw(labels(session));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void drawsDependOnSeedSessionAndNumberAlone(Kind kind) {
    int[][] drawn = draw(kind, 6, 3, "a");
    assertEquals(6, drawn.length);
    assertArrayEquals(drawn, draw(kind, 6, 3, "a"));
    assertArrayEquals(Arrays.copyOf(drawn, 2), draw(kind, 2, 3, "a"));
    assertFalse(Arrays.deepEquals(drawn, draw(kind, 6, 4, "a")));
    assertFalse(Arrays.deepEquals(drawn, draw(kind, 6, 3, "b")));
    assertEquals(kind, Kind.parse(kind.toString()));
  }

  @Test
  void drawsAreTheSameOnEveryMachine() {
    SessionLabels labels = new SessionLabels("mouse 1", new int[] {0, 0, 0, 1, 1, 1, 2, 2}, 3);
    assertArrayEquals(
        new int[] {1, 1, 0, 0, 2, 1, 0, 2}, new NullLabels(Kind.SHUFFLE, 1, 5).draw(labels)[0]);
  }

  private static int[] sorted(int[] values) {
    int[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  @Test
  void aShuffleKeepsTheNumberOfEachLabel() {
    for (int[] labels : draw(Kind.SHUFFLE, 5, 1, "a")) {
      assertArrayEquals(sorted(Y), sorted(labels));
      assertFalse(Arrays.equals(Y, labels));
    }
  }

  @Test
  void everyOrderIsEquallyLikely() {
    SessionLabels three = new SessionLabels("s", new int[] {0, 1, 2}, 3);
    int[] seen = new int[27];
    for (int[] labels : new NullLabels(Kind.SHUFFLE, 6_000, 1).draw(three)) {
      seen[9 * labels[0] + 3 * labels[1] + labels[2]]++;
    }
    int[] orders = Arrays.stream(seen).filter(n -> n > 0).toArray();
    assertEquals(6, orders.length);
    assertTrue(Arrays.stream(orders).allMatch(n -> n > 880 && n < 1120), Arrays.toString(orders));
  }

  @Test
  void aShuffleWithinStrataKeepsTheNumberOfEachLabelInEach() {
    for (int[] labels : draw(Kind.SHUFFLE_WITHIN, 5, 1, "a")) {
      for (int[] part : new int[][] {{0, 15}, {15, 30}, {30, 40}}) {
        assertArrayEquals(
            sorted(Arrays.copyOfRange(Y, part[0], part[1])),
            sorted(Arrays.copyOfRange(labels, part[0], part[1])));
      }
      assertFalse(Arrays.equals(Y, labels));
    }
  }

  @Test
  void shiftsUseEveryLagOnceBeforeOneTwice() {
    int[] y = IntStream.range(0, 9).toArray();
    SessionLabels labels = new SessionLabels("s", y, 9);
    int[][] drawn = new NullLabels(Kind.CIRCULAR_SHIFT, 16, 1).draw(labels);
    Set<Integer> lags = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      int lag = (9 - drawn[i][0]) % 9;
      assertTrue(lag > 0);
      lags.add(lag);
      for (int event = 0; event < 9; event++) {
        assertEquals(y[event], drawn[i][(event + lag) % 9]);
      }
      assertArrayEquals(drawn[i], drawn[i + 8]);
    }
    assertEquals(8, lags.size());
  }

  /** Of the donors put end to end. */
  @Test
  void otherSessionsKeepTheirOrderAndCoverAllEvents() {
    int[][] drawn = draw(Kind.OTHER_SESSION, 6, 1, "a");
    int first = 0;
    for (int i = 0; i < 6; i++) {
      boolean found = false;
      for (int d = 0; d < DONORS.length; d++) {
        int length = Math.min(40, DONORS[d].length);
        if (length > 0 && Arrays.equals(DONORS[d], 0, length, drawn[i], 0, length)) {
          found = true;
          first |= 1 << d;
        }
      }
      assertTrue(found, "null " + i + " begins with a donor");
      if (i == 2) {
        assertEquals(0b1011, first, "each donor came first once");
      }
    }
  }

  @Test
  void oneShortDonorIsRepeated() {
    SessionLabels labels =
        new SessionLabels("s", new int[] {0, 1, 1, 0, 0}, 2).withDonors(new int[][] {{1, 2}}, 3);
    assertArrayEquals(
        new int[] {1, 2, 1, 2, 1}, new NullLabels(Kind.OTHER_SESSION, 1, 1).draw(labels)[0]);
  }

  @Test
  void noneAreNone() {
    assertEquals(0, NullLabels.NONE.draw(labels("a")).length);
  }

  private static void assertRefused(String message, Kind kind, SessionLabels labels) {
    assertEquals(
        message,
        assertThrows(InvalidInputException.class, () -> new NullLabels(kind, 3, 1).draw(labels))
            .getMessage());
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    SessionLabels labels = new SessionLabels("s", new int[] {0}, 2);
    assertRefused(
        "labels cannot be shuffled within strata, for the events have no column of them",
        Kind.SHUFFLE_WITHIN,
        labels);
    assertRefused(
        "the labels of 1 event cannot be shifted; at least 2 events are needed",
        Kind.CIRCULAR_SHIFT,
        labels);
    assertRefused(
        "there is no other session with labels to take null labels from",
        Kind.OTHER_SESSION,
        labels.withDonors(new int[][] {{}}, 2));
    assertEquals(
        "the number of null labels must be at least 1, not 0",
        assertThrows(InvalidInputException.class, () -> new NullLabels(Kind.SHUFFLE, 0, 1))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> new NullLabels(Kind.NONE, 5, 1));
    assertEquals(
        "null labels are none, shuffle, shuffle-within, circular-shift or other-session, not"
            + " 'permute'",
        assertThrows(InvalidInputException.class, () -> Kind.parse("permute")).getMessage());
  }

  @Test
  void labelsThatDoNotFitAreRefused() {
    assertEquals(
        "the class of event 1 (counted from 0) has the code 2; codes from 0 to 1 are accepted",
        assertThrows(InvalidInputException.class, () -> new SessionLabels("s", new int[] {0, 2}, 2))
            .getMessage());
    SessionLabels labels = new SessionLabels("s", new int[] {0, 1}, 2);
    assertEquals(
        "there are 3 groups for 2 events",
        assertThrows(InvalidInputException.class, () -> labels.withGroups(new int[3]))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> labels.withStrata(new int[1]));
    assertThrows(InvalidInputException.class, () -> labels.withDonors(new int[][] {{3}}, 3));
    assertThrows(InvalidInputException.class, () -> labels.withDonors(new int[0][], 1));
  }
}
