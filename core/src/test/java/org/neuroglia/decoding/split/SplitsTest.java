package org.neuroglia.decoding.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.SavedScores;

class SplitsTest {
  private static final SessionLabels LABELS = labels("a");

  private static SessionLabels labels(String session) {
    return new SessionLabels(session, IntStream.range(0, 60).map(i -> i * i % 5 % 3).toArray(), 3);
  }

  @Test
  void theFirstRepeatIsThatOfStratifiedKFoldAndOfTrainTestSplit() {
    int[] y = LABELS.y();
    assertArrayEquals(
        StratifiedKFold.split(y, 4).fold(), Splits.stratified(4).draw(LABELS).get(0).fold());
    assertArrayEquals(
        StratifiedKFold.split(y, 4, 7).fold(),
        Splits.stratified(4, 3, 7).draw(LABELS).get(0).fold());
    assertArrayEquals(
        TrainTestSplit.split(60, 0.3, 7).fold(),
        Splits.testShare(0.3, 2, 7).draw(LABELS).get(0).fold());
  }

  @Test
  void repeatsDifferAndAreStratified() {
    List<Folds> folds = Splits.stratified(4, 3, 7).draw(LABELS);
    assertEquals(3, folds.size());
    assertFalse(Arrays.equals(folds.get(0).fold(), folds.get(1).fold()));
    assertFalse(Arrays.equals(folds.get(1).fold(), folds.get(2).fold()));
    for (Folds repeat : folds) {
      for (int fold = 0; fold < 4; fold++) {
        long ofClass0 =
            Arrays.stream(repeat.test(fold)).filter(event -> LABELS.y()[event] == 0).count();
        assertEquals(
            Arrays.stream(LABELS.y()).filter(code -> code == 0).count() / 4.0, ofClass0, 1);
      }
    }
  }

  @Test
  void drawsDependOnSeedSessionAndRepeatAlone() {
    Splits splits = Splits.stratified(4, 2, 7);
    assertArrayEquals(splits.draw(LABELS).get(1).fold(), splits.draw(labels("a")).get(1).fold());
    assertArrayEquals(
        splits.draw(LABELS).get(1).fold(), Splits.stratified(4, 5, 7).draw(LABELS).get(1).fold());
    assertFalse(
        Arrays.equals(splits.draw(LABELS).get(1).fold(), splits.draw(labels("b")).get(1).fold()));
  }

  @Test
  void groupsAndPredefinedFoldsAreSplitAsByScikitLearn() {
    SavedScores saved = SavedScores.read();
    SessionLabels labels = new SessionLabels("s", saved.codes("y"), 3);
    Folds groups = Splits.leaveOneGroupOut().draw(labels.withGroups(saved.codes("groups"))).get(0);
    assertArrayEquals(saved.codes("leave_one_group_out"), groups.fold());
    assertEquals(5, groups.count());
    Folds predefined = Splits.predefined().draw(labels.withGroups(saved.codes("test_fold"))).get(0);
    assertArrayEquals(saved.codes("predefined"), predefined.fold());
    assertEquals(3, predefined.count());
  }

  @Test
  void codesThatNoEventHasMakeNoFold() {
    SessionLabels labels = new SessionLabels("s", new int[] {0, 1, 0, 1}, 2);
    Folds folds = Splits.predefined().draw(labels.withGroups(new int[] {5, -1, 2, 5})).get(0);
    assertArrayEquals(new int[] {1, -1, 0, 1}, folds.fold());
    assertEquals(2, folds.count());
  }

  private static void assertRefused(String message, Splits splits, SessionLabels labels) {
    assertEquals(
        message, assertThrows(InvalidInputException.class, () -> splits.draw(labels)).getMessage());
  }

  @Test
  void sessionsThatCannotBeSplitAreRefused() {
    SessionLabels labels = new SessionLabels("s", new int[] {0, 1, 0}, 2);
    assertRefused(
        "the events have no column that says their group", Splits.leaveOneGroupOut(), labels);
    assertRefused("the events have no column that says their fold", Splits.predefined(), labels);
    assertRefused(
        "to leave one group out, events of at least 2 groups are needed, not of 1",
        Splits.leaveOneGroupOut(),
        labels.withGroups(new int[] {3, -1, 3}));
    assertRefused(
        "no event has a fold, so none can be tested",
        Splits.predefined(),
        labels.withGroups(new int[] {-1, -1, -1}));
    assertRefused(
        "all events are of the same fold, so none are left to train on",
        Splits.predefined(),
        labels.withGroups(new int[] {0, 0, 0}));
    assertTrue(Splits.predefined().needsGroups());
    assertFalse(Splits.stratified(5).needsGroups());
  }

  @Test
  void impossibleSplitsAreRefused() {
    assertThrows(InvalidInputException.class, () -> Splits.stratified(1));
    assertThrows(InvalidInputException.class, () -> Splits.stratified(5, 0, 1));
    assertThrows(InvalidInputException.class, () -> Splits.testShare(1, 1, 1));
    assertEquals(
        "folds that are not shuffled are the same in each of 2 repeats; give a seed, or repeat"
            + " once",
        assertThrows(InvalidInputException.class, () -> new Splits.Stratified(5, 2, false, 0))
            .getMessage());
  }
}
