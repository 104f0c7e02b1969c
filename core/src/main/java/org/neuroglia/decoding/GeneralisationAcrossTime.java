package org.neuroglia.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.NullTally;
import org.neuroglia.decoding.crossval.TrainingSet;
import org.neuroglia.decoding.crossval.TrainingSets;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.nulls.NullScorer;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;

/** Fits a decoder once at each time, fold and null, and tests it at every time. */
final class GeneralisationAcrossTime {
  private final Decoder decoder;
  private final boolean standardise;
  private final SessionLabels labels;
  private final List<Folds> folds;
  private final int[][] nulls;
  private final List<Responses> byTime;

  GeneralisationAcrossTime(
      Decoder decoder,
      boolean standardise,
      SessionLabels labels,
      List<Folds> folds,
      int[][] nulls,
      List<Responses> byTime) {
    this.decoder = decoder;
    this.standardise = standardise;
    this.labels = labels;
    this.folds = folds;
    this.nulls = nulls;
    this.byTime = byTime;
    for (int time = 1; time < byTime.size(); time++) {
      if (byTime.get(time).neurons() != byTime.get(0).neurons()) {
        throw new InvalidInputException(
            "time "
                + time
                + " (counted from 0) has "
                + byTime.get(time).neurons()
                + " neurons, time 0 has "
                + byTime.get(0).neurons());
      }
    }
  }

  TimeGeneralisation run() {
    List<TimeGeneralisation.Score> decodings = new ArrayList<>();
    for (Responses rows : byTime) {
      decodings.addAll(trainedOn(rows));
    }
    return new TimeGeneralisation(byTime.size(), List.copyOf(decodings));
  }

  private List<TimeGeneralisation.Score> trainedOn(Responses rows) {
    TrainingSets sets =
        TrainingSets.of(decoder, standardise, rows, labels.y(), labels.classes(), folds);
    NullScorer scorer = NullScorer.of(decoder, nulls, labels.allClasses());
    int times = byTime.size();
    double[][] accuracy = new double[times][folds.size()];
    ConfusionMatrix[] confusion = new ConfusionMatrix[times];
    Arrays.fill(confusion, new ConfusionMatrix(labels.classes()));
    List<NullTally> tallies =
        byTime.stream().map(time -> new NullTally(nulls, labels.allClasses())).toList();
    for (int repeat = 0; repeat < folds.size(); repeat++) {
      Folds of = folds.get(repeat);
      double[][] shares = new double[times][of.count()];
      tallies.forEach(tally -> tally.repeat(of.count()));
      for (int fold = 0; fold < of.count(); fold++) {
        TrainingSet set = sets.of(of, fold);
        List<Responses> tested = set.preparedTests(byTime);
        TrainingSet.Fitted fitted = set.fitTrueLabels();
        int[] y = Arrays.stream(set.tested()).map(event -> labels.y()[event]).toArray();
        for (int time = 0; time < times; time++) {
          ConfusionMatrix one =
              ConfusionMatrix.of(y, fitted.predict(tested.get(time)), labels.classes());
          confusion[time] = confusion[time].plus(one);
          shares[time][fold] = one.accuracy();
        }
      }
      if (nulls.length > 0) {
        scorer.score(sets, of, byTime, tallies);
      }
      for (int time = 0; time < times; time++) {
        accuracy[time][repeat] = NullTally.mean(shares[time]);
      }
    }
    return IntStream.range(0, times)
        .mapToObj(
            time ->
                new TimeGeneralisation.Score(
                    confusion[time],
                    NullTally.mean(accuracy[time]),
                    tallies.get(time).accuracy(),
                    tallies.get(time).balancedAccuracy()))
        .toList();
  }
}
