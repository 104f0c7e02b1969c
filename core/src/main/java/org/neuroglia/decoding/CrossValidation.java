package org.neuroglia.decoding;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;

/**
 * Decodes every event of a session with a decoder that was trained without it: what {@code
 * cross_val_predict(make_pipeline(StandardScaler(), decoder), X, y)} gives. Where the decoder needs
 * no more than moments, training sets are differences of moments rather than copies of rows.
 */
public final class CrossValidation {
  private CrossValidation() {}

  /**
   * @param prediction class code per event, −1 where no fold tests it
   * @param probability [event × class], NaN where no fold tests the event; 0 for a class that is
   *     not in the fold's training events
   * @param accuracy per fold the share of its events predicted right
   */
  public record Result(int[] prediction, double[] probability, double[] accuracy) {}

  /**
   * @param decoder what to fit
   * @param standardise whether a StandardScaler, fitted to the training events, comes before it
   * @param rows finite responses
   * @param y class code of each row
   * @param classes number of classes, at least 2
   * @param folds who tests which row
   */
  public static Result run(
      Decoder decoder, boolean standardise, Responses rows, int[] y, int classes, Folds folds) {
    Decoder.requireTwo(classes);
    rows.requireFinite();
    Training training =
        decoder instanceof MomentDecoder<?> moments
                && moments.fitsFromMoments()
                && !moments.prefersRows(fewestTrained(folds), rows.neurons(), classes)
            ? new FromMoments<>(moments, standardise, rows, y, classes, folds)
            : new FromRows(decoder, standardise, rows, y, folds);

    int[] prediction = new int[rows.events()];
    Arrays.fill(prediction, -1);
    double[] probability = new double[Math.multiplyExact(rows.events(), classes)];
    Arrays.fill(probability, Double.NaN);
    double[] accuracy = new double[folds.count()];
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] tested = folds.test(fold);
      Recoding recoding = Recoding.of(y, classes, folds.train(fold), fold);
      DecoderModel model = fit(training, fold, recoding);
      double[] decision = model.decision(rows.select(tested));
      int right = 0;
      for (int i = 0; i < tested.length; i++) {
        int event = tested[i];
        int offset = i * model.classes();
        int predicted = DecoderModel.largest(decision, offset, model.classes());
        prediction[event] = recoding.original[predicted];
        right += prediction[event] == y[event] ? 1 : 0;
        model.toProbability(decision, offset);
        Arrays.fill(probability, event * classes, (event + 1) * classes, 0);
        for (int k = 0; k < model.classes(); k++) {
          probability[event * classes + recoding.original[k]] = decision[offset + k];
        }
      }
      accuracy[fold] = (double) right / tested.length;
    }
    return new Result(prediction, probability, accuracy);
  }

  private static int fewestTrained(Folds folds) {
    return IntStream.range(0, folds.count()).map(fold -> folds.train(fold).length).min().orElse(0);
  }

  /** A class that spoils the training is called by its code among all. */
  private static DecoderModel fit(Training training, int fold, Recoding recoding) {
    try {
      return training.fit(fold, recoding);
    } catch (UnfitClassException e) {
      throw new UnfitClassException(
          recoding.original[e.code()], "of the training events of fold " + fold + " " + e.reason());
    }
  }

  /** Codes 0, 1, … for the classes that the training events of a fold have. */
  private record Recoding(int[] code, int[] original) {
    static Recoding of(int[] y, int classes, int[] training, int fold) {
      boolean[] present = new boolean[classes];
      for (int event : training) {
        present[y[event]] = true;
      }
      int[] original = IntStream.range(0, classes).filter(k -> present[k]).toArray();
      if (original.length < 2) {
        throw new InvalidInputException(
            "the training events of fold "
                + fold
                + " have "
                + original.length
                + " class; a decoder needs at least 2");
      }
      int[] code = new int[classes];
      Arrays.fill(code, -1);
      for (int k = 0; k < original.length; k++) {
        code[original[k]] = k;
      }
      return new Recoding(code, original);
    }
  }

  private interface Training {
    DecoderModel fit(int fold, Recoding recoding);
  }

  private record FromRows(
      Decoder decoder, boolean standardise, Responses rows, int[] y, Folds folds)
      implements Training {
    @Override
    public DecoderModel fit(int fold, Recoding recoding) {
      int[] events = folds.train(fold);
      Responses training = rows.select(events);
      int[] codes = Arrays.stream(events).map(event -> recoding.code[y[event]]).toArray();
      if (!standardise) {
        return decoder.fitForPrediction(training, codes, recoding.original.length);
      }
      StandardScaler scaler = StandardScaler.fit(training, true, true);
      DecoderModel model =
          decoder.fitForPrediction(scaler.transform(training), codes, recoding.original.length);
      return new StandardisedModel(scaler, model);
    }
  }

  /** Training moments: the total less the fold's. */
  private static final class FromMoments<M extends Moments<M>> implements Training {
    private final MomentDecoder<M> decoder;
    private final boolean standardise;
    private final Responses rows;
    private final int[] y;
    private final Folds folds;
    private final M total;

    FromMoments(
        MomentDecoder<M> decoder,
        boolean standardise,
        Responses rows,
        int[] y,
        int classes,
        Folds folds) {
      this.decoder = decoder;
      this.standardise = standardise;
      this.rows = rows;
      this.y = y;
      this.folds = folds;
      this.total = decoder.moments(rows, classes);
      total.add(rows, y);
    }

    @Override
    public DecoderModel fit(int fold, Recoding recoding) {
      M tested = total.none();
      tested.add(rows, y, folds.test(fold));
      M training = total.minus(tested).recoded(recoding.code, recoding.original.length);
      if (!standardise) {
        return decoder.fit(training);
      }
      FeatureMoments features = new FeatureMoments(rows.neurons());
      for (int event : folds.train(fold)) {
        features.add(rows.values(), event * rows.neurons());
      }
      StandardScaler scaler = StandardScaler.fit(features, true, true);
      return new StandardisedModel(scaler, decoder.fit(scaler.transform(training)));
    }
  }

  private record StandardisedModel(StandardScaler scaler, DecoderModel model)
      implements DecoderModel {
    private static final long serialVersionUID = 1L;

    @Override
    public int classes() {
      return model.classes();
    }

    @Override
    public int neurons() {
      return model.neurons();
    }

    @Override
    public double[] decision(Responses rows) {
      return model.decision(scaler.transform(rows));
    }

    @Override
    public void toProbability(double[] decision, int offset) {
      model.toProbability(decision, offset);
    }
  }
}
