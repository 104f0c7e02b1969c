package org.neuroglia.decoding.split;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.InvalidInputException;

/**
 * How the events of a session are split into those that train and those that test. Immutable.
 *
 * <p>What is drawn depends on the seed, the labels and the name of the session alone, never on
 * partitions or on other sessions. The first repeat depends on the seed and the labels only: it is
 * that of {@link StratifiedKFold} or {@link TrainTestSplit} with this seed.
 */
public sealed interface Splits extends Serializable {
  /**
   * The folds of each repeat.
   *
   * @throws InvalidInputException if the session cannot be split so
   */
  List<Folds> draw(SessionLabels labels);

  /**
   * The folds of each repeat where labels are no classes but values of a continuous target: those
   * of {@link KFold} in place of stratified ones.
   *
   * @throws InvalidInputException if the session cannot be split so
   */
  default List<Folds> drawUnstratified(SessionLabels labels) {
    return draw(labels);
  }

  /** Whether {@link SessionLabels#groups} are needed. */
  default boolean needsGroups() {
    return false;
  }

  /** Stratified folds in the events' order: scikit-learn's StratifiedKFold. */
  static Splits stratified(int folds) {
    return new Stratified(folds, 1, false, 0);
  }

  /** Stratified folds shuffled by a seed; {@code repeats} times, each shuffled anew. */
  static Splits stratified(int folds, int repeats, long seed) {
    return new Stratified(folds, repeats, true, seed);
  }

  /** One test on a share of the events drawn at random; {@code repeats} times. */
  static Splits testShare(double testSize, int repeats, long seed) {
    return new TestShare(testSize, repeats, seed);
  }

  /** A fold for each group of events, such as a block: scikit-learn's LeaveOneGroupOut. */
  static Splits leaveOneGroupOut() {
    return new LeaveOneGroupOut();
  }

  /** Folds that the events bring with them: scikit-learn's PredefinedSplit. */
  static Splits predefined() {
    return new Predefined();
  }

  /**
   * Stratified k-fold.
   *
   * @param folds at least 2
   * @param repeats at least 1; more than one only if shuffled
   * @param shuffled whether events of a class go to the folds in random order
   * @param seed of the shuffles
   */
  record Stratified(int folds, int repeats, boolean shuffled, long seed) implements Splits {
    private static final long serialVersionUID = 1L;

    public Stratified {
      if (folds < 2) {
        throw new InvalidInputException("cross-validation needs at least 2 folds, not " + folds);
      }
      requireRepeats(repeats);
      if (repeats > 1 && !shuffled) {
        throw new InvalidInputException(
            "folds that are not shuffled are the same in each of "
                + repeats
                + " repeats; give a seed, or repeat once");
      }
    }

    @Override
    public List<Folds> draw(SessionLabels labels) {
      if (!shuffled) {
        return List.of(StratifiedKFold.split(labels.y(), folds));
      }
      List<Folds> drawn = new ArrayList<>();
      for (int repeat = 0; repeat < repeats; repeat++) {
        drawn.add(StratifiedKFold.split(labels.y(), folds, seedOf(repeat, seed, labels)));
      }
      return List.copyOf(drawn);
    }

    @Override
    public List<Folds> drawUnstratified(SessionLabels labels) {
      if (!shuffled) {
        return List.of(KFold.split(labels.events(), folds));
      }
      List<Folds> drawn = new ArrayList<>();
      for (int repeat = 0; repeat < repeats; repeat++) {
        drawn.add(KFold.split(labels.events(), folds, seedOf(repeat, seed, labels)));
      }
      return List.copyOf(drawn);
    }
  }

  /**
   * Events drawn at random for one test, not stratified.
   *
   * @param testSize share of the events, between 0 and 1
   * @param repeats at least 1
   */
  record TestShare(double testSize, int repeats, long seed) implements Splits {
    private static final long serialVersionUID = 1L;

    public TestShare {
      if (!(testSize > 0 && testSize < 1)) {
        throw new InvalidInputException("a test size is a share between 0 and 1, not " + testSize);
      }
      requireRepeats(repeats);
    }

    @Override
    public List<Folds> draw(SessionLabels labels) {
      List<Folds> drawn = new ArrayList<>();
      for (int repeat = 0; repeat < repeats; repeat++) {
        drawn.add(TrainTestSplit.split(labels.events(), testSize, seedOf(repeat, seed, labels)));
      }
      return List.copyOf(drawn);
    }
  }

  /**
   * Each group is tested by a decoder of all others. Folds are in the order of the groups' codes;
   * codes that no event has make no fold. An event without a group is trained on only.
   */
  record LeaveOneGroupOut() implements Splits {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needsGroups() {
      return true;
    }

    @Override
    public List<Folds> draw(SessionLabels labels) {
      Folds folds = byCode(labels, "group");
      if (folds.count() < 2) {
        throw new InvalidInputException(
            "to leave one group out, events of at least 2 groups are needed, not of "
                + folds.count());
      }
      return List.of(folds);
    }
  }

  /**
   * The groups are the folds, in the order of their codes; codes that no event has make no fold. An
   * event without a fold is trained on by every fold and never tested, as where scikit-learn's
   * {@code test_fold} is −1.
   */
  record Predefined() implements Splits {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needsGroups() {
      return true;
    }

    @Override
    public List<Folds> draw(SessionLabels labels) {
      Folds folds = byCode(labels, "fold");
      if (folds.count() == 0) {
        throw new InvalidInputException("no event has a fold, so none can be tested");
      }
      if (folds.train(0).length == 0) {
        throw new InvalidInputException(
            "all events are of the same fold, so none are left to train on");
      }
      return List.of(folds);
    }
  }

  private static void requireRepeats(int repeats) {
    if (repeats < 1) {
      throw new InvalidInputException("a split is made at least once, not " + repeats + " times");
    }
  }

  private static long seedOf(int repeat, long seed, SessionLabels labels) {
    return repeat == 0 ? seed : Shuffle.of(seed, labels.session(), "repeat", repeat).next();
  }

  private static Folds byCode(SessionLabels labels, String what) {
    int[] groups = labels.groups();
    if (groups.length == 0 && labels.events() > 0) {
      throw new InvalidInputException("the events have no column that says their " + what);
    }
    int[] codes = Arrays.stream(groups).filter(code -> code >= 0).sorted().distinct().toArray();
    int[] fold =
        Arrays.stream(groups)
            .map(code -> code < 0 ? -1 : Arrays.binarySearch(codes, code))
            .toArray();
    return new Folds(fold, codes.length, "");
  }
}
