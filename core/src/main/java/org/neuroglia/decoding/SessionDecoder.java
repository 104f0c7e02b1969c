package org.neuroglia.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.SessionDecoding;
import org.neuroglia.decoding.crossval.TrainingSets;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.nulls.NullScorer;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;

/**
 * Decodes one session with cross-validation, and with null labels to compare: the splits and the
 * null labels are drawn once and serve any number of responses of the same events, such as those of
 * each area, of each time or of some neurons.
 *
 * <p>Null labels keep the folds of the true ones, so that everything that does not depend on labels
 * is computed once for all. scikit-learn's {@code permutation_test_score} stratifies anew by the
 * permuted labels. With kept folds a class that is rare in a test fold is common in its training
 * set, so in small sessions (tens of events) the scores of nulls lie below chance. A null whose
 * training events in some fold are all of one class has that class predicted there; of true labels
 * the same is refused.
 *
 * <p>Thread-safe once constructed, as far as the decoder is.
 */
public final class SessionDecoder {
  private final Decoder decoder;
  private final boolean standardise;
  private final SessionLabels labels;

  /** Events that the balance left, ascending. */
  private final int[] kept;

  /** Of the events that the balance left. */
  private final SessionLabels balanced;

  private final List<Folds> folds;
  private final int[][] nullLabels;

  /**
   * @param decoder what to fit
   * @param standardise whether a StandardScaler, fitted to the training events, comes before it
   * @param splits how events are split into those that train and those that test
   * @param nulls null labels to decode for comparison
   * @param balance what is done about classes of unequal size, before anything else
   * @param labels of the session's events
   * @throws InvalidInputException if the session cannot be split, or has not what the null labels
   *     are drawn from
   */
  public SessionDecoder(
      Decoder decoder,
      boolean standardise,
      Splits splits,
      NullLabels nulls,
      Balance balance,
      SessionLabels labels) {
    this.decoder = decoder;
    this.standardise = standardise;
    this.labels = labels;
    this.kept = balance.kept(labels);
    this.balanced = kept.length == labels.events() ? labels : labels.select(kept);
    this.folds = splits.draw(balanced);
    this.nullLabels = drawn(nulls);
  }

  /**
   * Labels of other sessions belong to the events by their place in the session, whether or not
   * some are dropped; the session's own are drawn from those that are left, and stay balanced.
   */
  private int[][] drawn(NullLabels nulls) {
    if (nulls.kind() != NullLabels.Kind.OTHER_SESSION) {
      return nulls.draw(balanced);
    }
    return Arrays.stream(nulls.draw(labels))
        .map(all -> Arrays.stream(kept).map(event -> all[event]).toArray())
        .toArray(int[][]::new);
  }

  /**
   * Who tests which event, for each repeat; −1 for events that are only trained on and for those
   * that were dropped to balance the classes.
   */
  public List<Folds> folds() {
    return folds.stream().map(this::ofAllEvents).toList();
  }

  /** The events that take part, ascending: all, unless classes are balanced. */
  public int[] kept() {
    return kept.clone();
  }

  /** Decodes with the probabilities of the first repeat only. */
  public SessionDecoding decode(Responses rows) {
    return decode(rows, 1);
  }

  /**
   * @param rows finite responses to the session's events
   * @param probabilities of how many repeats the probabilities are wanted; they take events ×
   *     classes doubles each
   */
  public SessionDecoding decode(Responses rows, int probabilities) {
    Responses own = ofKept(rows);
    TrainingSets sets =
        TrainingSets.of(decoder, standardise, own, balanced.y(), balanced.classes(), folds);
    NullTally tally = new NullTally(nullLabels, balanced.allClasses());
    NullScorer scorer = NullScorer.of(decoder, nullLabels, balanced.allClasses());
    List<SessionDecoding.Repeat> repeats = new ArrayList<>();
    ConfusionMatrix confusion = new ConfusionMatrix(balanced.classes());
    double[] accuracy = new double[folds.size()];
    for (int repeat = 0; repeat < folds.size(); repeat++) {
      Folds of = folds.get(repeat);
      CrossValidation.Result result = CrossValidation.run(sets, of);
      confusion =
          confusion.plus(ConfusionMatrix.of(balanced.y(), result.prediction(), balanced.classes()));
      accuracy[repeat] = NullTally.mean(result.accuracy());
      repeats.add(
          new SessionDecoding.Repeat(
              ofAllEvents(of),
              predictionsOfAll(result.prediction()),
              repeat < probabilities ? probabilitiesOfAll(result.probability()) : new double[0],
              result.accuracy()));
      if (nullLabels.length > 0) {
        scorer.score(sets, of, List.of(own), List.of(tally.repeat(of.count())));
      }
    }
    return new SessionDecoding(
        List.copyOf(repeats),
        confusion,
        NullTally.mean(accuracy),
        tally.accuracy(),
        tally.balancedAccuracy());
  }

  /** Trains at each time and tests at every other, without null labels. */
  public TimeGeneralisation generalise(List<Responses> byTime) {
    return new GeneralisationAcrossTime(
            decoder, standardise, balanced, folds, new int[0][], ofKept(byTime))
        .run();
  }

  /**
   * Trains at each time and tests at every other, with null labels too.
   *
   * @param byTime responses of the same neurons to the session's events, one for each time
   */
  public TimeGeneralisation generaliseWithNulls(List<Responses> byTime) {
    return new GeneralisationAcrossTime(
            decoder, standardise, balanced, folds, nullLabels, ofKept(byTime))
        .run();
  }

  private List<Responses> ofKept(List<Responses> byTime) {
    return byTime.stream().map(this::ofKept).toList();
  }

  private Responses ofKept(Responses rows) {
    if (rows.events() != labels.events()) {
      throw new InvalidInputException(
          "there are responses to " + rows.events() + " events, and labels of " + labels.events());
    }
    rows.requireFinite();
    return kept.length == rows.events() ? rows : rows.select(kept);
  }

  private Folds ofAllEvents(Folds of) {
    return kept.length == labels.events()
        ? of
        : new Folds(spread(of.fold()), of.count(), of.caution());
  }

  private int[] predictionsOfAll(int[] prediction) {
    return kept.length == labels.events() ? prediction : spread(prediction);
  }

  private int[] spread(int[] ofKept) {
    int[] all = new int[labels.events()];
    Arrays.fill(all, -1);
    for (int i = 0; i < kept.length; i++) {
      all[kept[i]] = ofKept[i];
    }
    return all;
  }

  private double[] probabilitiesOfAll(double[] ofKept) {
    if (kept.length == labels.events()) {
      return ofKept;
    }
    int classes = labels.classes();
    double[] all = new double[labels.events() * classes];
    Arrays.fill(all, Double.NaN);
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(ofKept, i * classes, all, kept[i] * classes, classes);
    }
    return all;
  }
}
