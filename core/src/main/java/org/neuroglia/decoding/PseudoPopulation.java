package org.neuroglia.decoding;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Shuffle;
import org.neuroglia.decoding.split.Splits;

/**
 * Neurons of several sessions as if they had been recorded at once: a pseudo-trial puts together
 * one trial of each session, all of the same class (Meyers et al. 2008; Rigotti et al. 2013).
 * Immutable.
 *
 * <p>Within each session the trials of a class are first dealt out to the folds at random; the
 * pseudo-trials of a fold are made from its trials alone, so that no trial both trains and tests.
 * Every fold has {@code trials} pseudo-trials of each class. A session uses each trial of the fold
 * once before it uses one twice; which of two sessions' trials meet is random. All this depends on
 * the seed, the number of the resample and the session's name and labels alone: sessions may come
 * in any order, or be resampled apart ({@link #resampled}).
 *
 * <p>Correlations between neurons of different sessions are lost, and pseudo-trials that share
 * trials are not independent: to test against chance, exchange labels within each session ({@link
 * NullLabels}) before its trials are pooled, rather than those of the pseudo-trials.
 *
 * @param classes number of classes, the same for all sessions
 * @param folds at least 2
 * @param trials pseudo-trials of each class in each fold, at least 1
 * @param minimum trials of each class that a session must have, at least {@code folds}
 * @param seed of all draws
 */
public record PseudoPopulation(int classes, int folds, int trials, int minimum, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public PseudoPopulation {
    ClassLabels.requireTwo(classes);
    if (folds < 2) {
      throw new InvalidInputException("cross-validation needs at least 2 folds, not " + folds);
    }
    if (trials < 1) {
      throw new InvalidInputException(
          "a fold needs at least 1 pseudo-trial of each class, not " + trials);
    }
    if (minimum < folds) {
      throw new InvalidInputException(
          "a session needs at least a trial of each class for each of the "
              + folds
              + " folds, so the minimum cannot be "
              + minimum);
    }
  }

  /** With the smallest minimum that there can be, a trial of each class in each fold. */
  public PseudoPopulation(int classes, int folds, int trials, long seed) {
    this(classes, folds, trials, folds, seed);
  }

  /**
   * Pseudo-trials, a row each.
   *
   * @param responses [pseudo-trial × neurons of all sessions]
   * @param y class code of each
   * @param folds who tests which
   * @param sessions names of the sessions that take part, in the order of their neurons
   * @param neurons of each of them, their number
   * @param leftOut why other sessions are left out, by name
   */
  public record Pooled(
      Responses responses,
      int[] y,
      Folds folds,
      List<String> sessions,
      int[] neurons,
      SortedMap<String, String> leftOut)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * What a {@link SessionDecoder} with {@link Splits#predefined} needs.
     *
     * @param name by which null labels and the like are drawn
     */
    public SessionLabels labels(String name, int classes) {
      return new SessionLabels(name, y, classes).withGroups(folds.fold());
    }
  }

  /** Number of pseudo-trials. */
  public int events() {
    return Math.multiplyExact(Math.multiplyExact(folds, classes), trials);
  }

  /** Class code of each pseudo-trial. */
  public int[] y() {
    return IntStream.range(0, events()).map(i -> i / trials % classes).toArray();
  }

  /** The fold that tests each pseudo-trial. */
  public Folds testedBy() {
    int[] fold = IntStream.range(0, events()).map(i -> i / trials / classes).toArray();
    return new Folds(fold, folds, "");
  }

  /**
   * Why a session cannot take part; empty if it can.
   *
   * @param y class code of each trial; −1 for trials of no class, which are left out
   */
  public Optional<String> unusable(int[] y) {
    for (int k = 0; k < classes; k++) {
      int members = members(y, k).length;
      if (members < minimum) {
        return Optional.of(
            "class "
                + k
                + " (counted from 0) has "
                + members
                + (members == 1 ? " trial" : " trials")
                + ", fewer than the "
                + minimum
                + " that are needed");
      }
    }
    return Optional.empty();
  }

  /**
   * The part that one session has in the pseudo-trials of a resample, [pseudo-trial × neuron].
   *
   * @param resample number of the resample, from 0
   * @param session its name
   * @param rows finite responses to its trials
   * @param y class code of each trial; −1 for trials of no class, which are left out
   * @throws InvalidInputException if the session cannot take part
   */
  public Responses resampled(int resample, String session, Responses rows, int[] y) {
    return rows.select(trialsOf(resample, session, y));
  }

  /** The trial of a session that each pseudo-trial of a resample is made from. */
  int[] trialsOf(int resample, String session, int[] y) {
    unusable(y)
        .ifPresent(
            reason -> {
              throw new InvalidInputException(
                  "session \"" + session + "\" has no part in the pseudo-population: " + reason);
            });
    int[] chosen = new int[events()];
    for (int k = 0; k < classes; k++) {
      Shuffle random = Shuffle.of(seed, session, "pseudo-population", resample, k);
      int[] members = members(y, k);
      random.shuffle(members);
      for (int fold = 0; fold < folds; fold++) {
        int[] own = everyOther(members, fold);
        for (int trial = 0; trial < trials; trial++) {
          if (trial % own.length == 0) {
            random.shuffle(own);
          }
          chosen[(fold * classes + k) * trials + trial] = own[trial % own.length];
        }
      }
    }
    return chosen;
  }

  private static int[] members(int[] y, int code) {
    return IntStream.range(0, y.length).filter(event -> y[event] == code).toArray();
  }

  /** Members number {@code fold}, {@code fold + folds}, … */
  private int[] everyOther(int[] members, int fold) {
    return IntStream.iterate(fold, i -> i < members.length, i -> i + folds)
        .map(i -> members[i])
        .toArray();
  }

  /** A resample, to which sessions are added one by one. */
  public Resample resample(int number) {
    return new Resample(this, number);
  }

  /** Collects the sessions of one resample. Not thread-safe. */
  public static final class Resample {
    private final PseudoPopulation population;
    private final int number;
    private final SortedMap<String, Responses> parts = new TreeMap<>();
    private final SortedMap<String, String> leftOut = new TreeMap<>();

    private Resample(PseudoPopulation population, int number) {
      this.population = population;
      this.number = number;
    }

    /**
     * Adds a session, whose responses are copied; one that has not enough trials is left out.
     *
     * @return whether it takes part
     */
    public boolean add(String session, Responses rows, int[] y) {
      if (parts.containsKey(session) || leftOut.containsKey(session)) {
        throw new InvalidInputException(
            "session \"" + session + "\" is added to the pseudo-population more than once");
      }
      if (rows.events() != y.length) {
        throw new InvalidInputException(
            "session \""
                + session
                + "\" has responses to "
                + rows.events()
                + " events, and labels of "
                + y.length);
      }
      Optional<String> reason = population.unusable(y);
      reason.ifPresentOrElse(
          why -> leftOut.put(session, why),
          () -> parts.put(session, population.resampled(number, session, rows, y)));
      return reason.isEmpty();
    }

    /**
     * The pseudo-trials; sessions, and so neurons, are in the order of their names.
     *
     * @throws InvalidInputException if no session takes part
     */
    public Pooled pooled() {
      if (parts.isEmpty()) {
        throw new InvalidInputException(
            "no session has enough trials of each class for a pseudo-population; at least "
                + population.minimum
                + " are needed");
      }
      int[] neurons = parts.values().stream().mapToInt(Responses::neurons).toArray();
      int width = Arrays.stream(neurons).reduce(0, Math::addExact);
      double[] values = new double[Math.multiplyExact(population.events(), width)];
      int column = 0;
      for (Map.Entry<String, Responses> part : parts.entrySet()) {
        Responses rows = part.getValue();
        for (int event = 0; event < rows.events(); event++) {
          System.arraycopy(
              rows.values(),
              event * rows.neurons(),
              values,
              event * width + column,
              rows.neurons());
        }
        column += rows.neurons();
      }
      return new Pooled(
          new Responses(values, population.events(), width),
          population.y(),
          population.testedBy(),
          new ArrayList<>(parts.keySet()),
          neurons,
          new TreeMap<>(leftOut));
    }
  }
}
