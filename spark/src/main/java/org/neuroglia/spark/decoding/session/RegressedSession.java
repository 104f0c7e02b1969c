package org.neuroglia.spark.decoding.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.neuroglia.decoding.SessionRegression;
import org.neuroglia.decoding.SessionRegressor;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.SessionLabels;

/** Predicts the continuous target of one session. */
final class RegressedSession extends SessionInParts {
  private final SessionRegressor regressor;

  RegressedSession(
      DecodingSettings settings, String session, SessionTrials trials, SessionResponses responses) {
    super(settings, session, trials, responses);
    ClassLabels own = trials.targets();
    SessionLabels labels = trials.coded(session, own);
    double[] values =
        DoubleStream.concat(
                Arrays.stream(own.numbers()), Arrays.stream(trials.foreign(own).numbers()))
            .toArray();
    this.regressor = settings.regressor(labels, values);
  }

  @Override
  void decode(Part part) {
    for (int w = 0; w < settings.windows().size(); w++) {
      int window = w;
      unlessItFails(
          part,
          DecodingSettings.Regression.NAME,
          window,
          window,
          () -> {
            SessionRegression decoded = regressor.decode(responses(part, window));
            add(
                row(part, DecodingSettings.Regression.NAME, window, window)
                    .scores(decoded)
                    .set("predictions", predictions(decoded.repeats())));
          });
    }
  }

  private Row[] predictions(List<SessionRegression.Repeat> repeats) {
    List<Row> predictions = new ArrayList<>();
    for (int r = 0; r < repeats.size(); r++) {
      SessionRegression.Repeat repeat = repeats.get(r);
      for (int i = 0; i < trials.size(); i++) {
        int fold = repeat.folds().fold()[i];
        if (fold >= 0) {
          predictions.add(
              RowFactory.create(
                  r, trials.event(i), fold, trials.label(i), repeat.prediction()[i], null));
        }
      }
    }
    return predictions.toArray(Row[]::new);
  }
}
