package org.neuroglia.spark.decoding.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.SessionDecoder;
import org.neuroglia.decoding.TimeGeneralisation;
import org.neuroglia.decoding.crossval.SessionDecoding;
import org.neuroglia.decoding.decoder.UnfitClassException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;

/** Decodes the classes of one session. */
final class ClassifiedSession extends SessionInParts {
  private final ClassLabels classes;
  private final Map<String, SessionDecoder> decoders = new LinkedHashMap<>();

  ClassifiedSession(
      DecodingSettings settings, String session, SessionTrials trials, SessionResponses responses) {
    super(settings, session, trials, responses);
    this.classes = trials.classes();
    SessionLabels labels = trials.coded(session, classes);
    for (String name : settings.methods().keySet()) {
      decoders.put(name, settings.decoder(name, labels));
    }
  }

  @Override
  void decode(Part part) {
    int windows = settings.windows().size();
    for (String name : decoders.keySet()) {
      if (settings.generalise()) {
        SessionDecoder decoder = decoders.get(name);
        unlessItFails(part, name, 0, windows - 1, () -> generalise(part, name, decoder));
        continue;
      }
      for (int w = 0; w < windows; w++) {
        int window = w;
        unlessItFails(
            part,
            name,
            window,
            window,
            () -> {
              SessionDecoding decoded = decoders.get(name).decode(responses(part, window));
              add(
                  row(part, name, window, window)
                      .classes(classes)
                      .scores(decoded)
                      .set("predictions", predictions(trials, classes, decoded.repeats())));
            });
      }
    }
  }

  @Override
  String reason(InvalidInputException e) {
    return e instanceof UnfitClassException unfit
        ? unfit.named(classes).getMessage()
        : super.reason(e);
  }

  private void generalise(Part part, String name, SessionDecoder decoder) {
    int windows = settings.windows().size();
    List<Responses> byTime = new ArrayList<>();
    for (int window = 0; window < windows; window++) {
      byTime.add(responses(part, window));
    }
    TimeGeneralisation decoded =
        settings.nulls().number() > 0
            ? decoder.generaliseWithNulls(byTime)
            : decoder.generalise(byTime);
    for (int train = 0; train < windows; train++) {
      for (int test = 0; test < windows; test++) {
        add(row(part, name, train, test).classes(classes).scores(decoded.at(train, test)));
      }
    }
  }

  /** A row per tested event. */
  static Row[] predictions(
      SessionTrials trials, ClassLabels classes, List<SessionDecoding.Repeat> repeats) {
    List<Row> predictions = new ArrayList<>();
    for (int r = 0; r < repeats.size(); r++) {
      SessionDecoding.Repeat repeat = repeats.get(r);
      double[] probability = repeat.probability();
      for (int i = 0; i < trials.size(); i++) {
        if (repeat.prediction()[i] >= 0) {
          predictions.add(
              RowFactory.create(
                  r,
                  trials.event(i),
                  repeat.folds().fold()[i],
                  trials.label(i),
                  classes.value(repeat.prediction()[i]),
                  probability.length == 0
                      ? null
                      : Arrays.copyOfRange(
                          probability, i * classes.size(), (i + 1) * classes.size())));
        }
      }
    }
    return predictions.toArray(Row[]::new);
  }
}
