package org.neuroglia.decoding.crossval;

import java.util.Arrays;
import java.util.List;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;

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
    ClassLabels.requireTwo(classes);
    rows.requireFinite();
    return run(TrainingSets.of(decoder, standardise, rows, y, classes, List.of(folds)), folds);
  }

  public static Result run(TrainingSets sets, Folds folds) {
    int[] prediction = new int[sets.rows.events()];
    Arrays.fill(prediction, -1);
    double[] probability = new double[Math.multiplyExact(sets.rows.events(), sets.classes)];
    Arrays.fill(probability, Double.NaN);
    double[] accuracy = new double[folds.count()];
    for (int fold = 0; fold < folds.count(); fold++) {
      TrainingSet set = sets.of(folds, fold);
      TrainingSet.Fitted fitted = set.fitTrueLabels();
      DecoderModel model = fitted.model();
      int[] tested = set.tested();
      double[] decision = model.decision(set.prepared(sets.rows.select(tested)));
      int right = 0;
      for (int i = 0; i < tested.length; i++) {
        int event = tested[i];
        int offset = i * model.classes();
        int predicted = DecoderModel.largest(decision, offset, model.classes());
        prediction[event] = fitted.original()[predicted];
        right += prediction[event] == sets.y[event] ? 1 : 0;
        model.toProbability(decision, offset);
        Arrays.fill(probability, event * sets.classes, (event + 1) * sets.classes, 0);
        for (int k = 0; k < model.classes(); k++) {
          probability[event * sets.classes + fitted.original()[k]] = decision[offset + k];
        }
      }
      accuracy[fold] = (double) right / tested.length;
    }
    return new Result(prediction, probability, accuracy);
  }
}
