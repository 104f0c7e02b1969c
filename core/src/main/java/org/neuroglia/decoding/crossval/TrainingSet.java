package org.neuroglia.decoding.crossval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.StandardScaler;
import org.neuroglia.decoding.decoder.UnfitClassException;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.linalg.Moments;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;

/**
 * The training events of one fold, to which decoders are fitted with the true labels or with
 * others. Not thread-safe.
 */
public abstract class TrainingSet {
  private final TrainingSets sets;
  private final int fold;
  private final int[] tested;
  private final int[] trained;
  private StandardScaler scaler;

  /** As decoders want them; null until a decoder wants rows. */
  private Responses training;

  public TrainingSet(TrainingSets sets, Folds folds, int fold) {
    this.sets = sets;
    this.fold = fold;
    this.tested = folds.test(fold);
    this.trained = folds.train(fold);
  }

  /**
   * A fitted decoder.
   *
   * @param model of the classes that the training events have
   * @param original the code of each of them among all classes
   */
  public record Fitted(DecoderModel model, int[] original) {
    /**
     * The predicted classes, by their codes among all.
     *
     * @param prepared as {@link TrainingSet#prepared} gives them
     */
    public int[] predict(Responses prepared) {
      int[] predicted = model.predict(prepared);
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = original[predicted[i]];
      }
      return predicted;
    }
  }

  /** Codes 0, 1, … for the classes that the training events of a fold have. */
  record Recoding(int[] code, int[] original) {
    static Recoding of(int[] y, int classes, int[] training) {
      boolean[] present = new boolean[classes];
      for (int event : training) {
        present[y[event]] = true;
      }
      int[] original = IntStream.range(0, classes).filter(k -> present[k]).toArray();
      int[] code = new int[classes];
      Arrays.fill(code, -1);
      for (int k = 0; k < original.length; k++) {
        code[original[k]] = k;
      }
      return new Recoding(code, original);
    }
  }

  /**
   * Fits the decoder to the true labels of the training events.
   *
   * @param recoding of the classes that the training events have
   */
  abstract DecoderModel modelOfTrueLabels(Recoding recoding);

  /**
   * Fits the decoder to other labels of the same training events.
   *
   * @param labels class code of every event of the session, also of those that are not trained on
   * @param recoding of the classes that these labels have among the training events
   */
  abstract DecoderModel modelOf(int[] labels, Recoding recoding);

  /** A decoder of the rows, where moments do not do. */
  final DecoderModel fitRows(Decoder decoder, int[] labels, Recoding recoding) {
    int[] codes = Arrays.stream(trained).map(event -> recoding.code()[labels[event]]).toArray();
    return decoder.fitForPrediction(preparedTraining(), codes, recoding.original().length);
  }

  /** The training events, as the decoder wants them. */
  public final Responses preparedTraining() {
    if (training == null) {
      training = prepared(sets.rows.select(trained));
    }
    return training;
  }

  /** Moments of the training events as they are, not standardised; null for other decoders. */
  public Moments<?> moments() {
    return null;
  }

  public int fold() {
    return fold;
  }

  /** Events that are tested, ascending. */
  public int[] tested() {
    return tested;
  }

  /** Events that are trained on, ascending. */
  public int[] trained() {
    return trained;
  }

  public Responses rows() {
    return sets.rows;
  }

  public boolean standardises() {
    return sets.standardise;
  }

  /** Fitted to the training events, whether it is to be used or not. */
  public final StandardScaler scaler() {
    if (scaler == null) {
      FeatureMoments features = new FeatureMoments(sets.rows.neurons());
      features.add(sets.rows, trained);
      scaler = StandardScaler.fit(features, true, true);
    }
    return scaler;
  }

  /** Rows as the fitted decoder wants them: standardised, if that is asked for. */
  final Responses prepared(Responses some) {
    return sets.standardise ? scaler().transform(some) : some;
  }

  /**
   * A decoder of the true labels.
   *
   * @throws InvalidInputException if the training events have fewer than 2 classes
   * @throws UnfitClassException if the decoder cannot take a class; it has that class's code among
   *     all classes of the session
   */
  public final Fitted fitTrueLabels() {
    Recoding recoding = Recoding.of(sets.y, sets.classes, trained);
    if (recoding.original.length < 2) {
      throw new InvalidInputException(
          "the training events of fold "
              + fold
              + " have "
              + recoding.original.length
              + " class; a decoder needs at least 2");
    }
    try {
      return new Fitted(modelOfTrueLabels(recoding), recoding.original);
    } catch (UnfitClassException e) {
      throw new UnfitClassException(
          recoding.original[e.code()], "of the training events of fold " + fold + " " + e.reason());
    }
  }

  /**
   * A decoder of other labels; empty if the training events have only one class of them.
   *
   * @param labels class code of every event of the session, 0 to {@code classes} − 1
   */
  public final Optional<Fitted> fitLabels(int[] labels, int classes) {
    Recoding recoding = Recoding.of(labels, classes, trained);
    return recoding.original.length < 2
        ? Optional.empty()
        : Optional.of(new Fitted(modelOf(labels, recoding), recoding.original));
  }

  /** The tested events of some responses to all events, as the fitted decoder wants them. */
  public final List<Responses> preparedTests(List<Responses> responses) {
    return responses.stream().map(rows -> prepared(rows.select(tested))).toList();
  }

  /**
   * Fits null labels and tests them; where there is only one class to train on, that is predicted.
   *
   * @param number of the null labels
   * @param prepared as {@link #preparedTests} gives them
   * @param tallies for each of these what takes the outcome
   */
  public final void scoreNull(
      int[] labels, int classes, int number, List<Responses> prepared, List<NullTally> tallies) {
    Optional<Fitted> fitted = fitNull(labels, classes, number);
    for (int i = 0; i < tallies.size(); i++) {
      int[] predicted = new int[tested.length];
      if (fitted.isPresent()) {
        predicted = fitted.get().predict(prepared.get(i));
      } else {
        Arrays.fill(predicted, labels[trained[0]]);
      }
      tallies.get(i).add(number, fold, tested, predicted);
    }
  }

  /** A decoder of null labels; an error names them. */
  private Optional<Fitted> fitNull(int[] labels, int classes, int number) {
    try {
      return fitLabels(labels, classes);
    } catch (InvalidInputException e) {
      String reason =
          e instanceof UnfitClassException unfit
              ? "a class of the training events of fold " + fold + " " + unfit.reason()
              : e.getMessage();
      throw new InvalidInputException(
          "the null labels number " + number + " (counted from 0) cannot be decoded: " + reason, e);
    }
  }
}
