package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ClassLabels;
import org.neuroglia.decoding.ConfusionMatrix;
import org.neuroglia.decoding.Folds;
import org.neuroglia.decoding.NeuronDraws.NeuronDraw;
import org.neuroglia.decoding.NullDistribution;
import org.neuroglia.decoding.Responses;
import org.neuroglia.decoding.SessionDecoder;
import org.neuroglia.decoding.SessionDecoding;
import org.neuroglia.decoding.SessionLabels;
import org.neuroglia.decoding.TimeGeneralisation;
import org.neuroglia.decoding.UnfitClassException;
import org.neuroglia.event.WindowCounts;

/** Decodes one session in its task. */
final class SessionByDecoders implements CoGroupFunction<String, Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final DecodingSettings settings;
  private final boolean text;

  SessionByDecoders(DecodingSettings settings, boolean text) {
    this.settings = settings;
    this.text = text;
  }

  /**
   * @param trains {@link CountedTrains#schema}, by neuron
   * @param trials {@link SessionTrials#schema}, donors first, then by event
   */
  @Override
  public Iterator<Row> call(String session, Iterator<Row> trains, Iterator<Row> trials) {
    if (!trials.hasNext()) {
      return List.<Row>of().iterator();
    }
    SessionTrials read = null;
    try {
      read = new SessionTrials(trials, text);
      WindowCounts windows = settings.counts();
      CountedTrains counted = new CountedTrains(trains, windows, settings.reducer());
      return new OneSession(session, read, counted).rows().iterator();
    } catch (InvalidInputException e) {
      return List.of(failed(session, read, null, 0, e.getMessage())).iterator();
    }
  }

  private Row failed(
      String session, SessionTrials trials, String group, int neurons, String reason) {
    int last = settings.windows().size() - 1;
    return failed(session, trials, group, neurons, 0, last, reason);
  }

  private Row failed(
      String session,
      SessionTrials trials,
      String group,
      int neurons,
      int firstWindow,
      int lastWindow,
      String reason) {
    String decoder = String.join(", ", settings.methods().keySet());
    double start = settings.windows().get(firstWindow)[0];
    double[] last = settings.windows().get(lastWindow);
    double stop = last[last.length - 1];
    return RowFactory.create(
        session,
        group,
        decoder,
        neurons,
        null,
        start,
        stop,
        start,
        stop,
        trials == null ? 0L : trials.size(),
        trials == null ? 0L : trials.unlabelled(),
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        null,
        new String[0],
        null,
        null,
        null,
        reason,
        new double[0],
        new double[0],
        new long[0],
        new Row[0]);
  }

  /** The decodings of one session. */
  private final class OneSession {
    private final String session;
    private final SessionTrials trials;
    private final CountedTrains trains;
    private final ClassLabels classes;
    private final int[] place;
    private final Map<String, SessionDecoder> decoders = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    OneSession(String session, SessionTrials trials, CountedTrains trains) {
      this.session = session;
      this.trials = trials;
      this.trains = trains;
      if (trains.neurons() == 0) {
        throw new InvalidInputException(PopulationDecoding.NO_UNITS);
      }
      this.classes = trials.classes();
      this.place = trials.places();
      SessionLabels labels = trials.coded(session, classes);
      for (String name : settings.methods().keySet()) {
        decoders.put(name, settings.decoder(name, labels));
      }
    }

    List<Row> rows() {
      if (!settings.byGroup()) {
        decode(null, IntStream.range(0, trains.neurons()).toArray());
      } else {
        trains.byGroup().forEach(this::decode);
        if (rows.isEmpty()) {
          throw new InvalidInputException("no unit has a group to be decoded with");
        }
      }
      return rows;
    }

    private void decode(String group, int[] neurons) {
      if (settings.draws().sizes().length == 0) {
        decode(new Part(group, null, neurons));
        return;
      }
      String name = group == null ? session : session + "\u0000" + group;
      List<NeuronDraw> drawn = settings.draws().of(name, neurons.length);
      if (drawn.isEmpty()) {
        rows.add(
            failed(
                session,
                trials,
                group,
                neurons.length,
                "there are only " + neurons.length + " units, fewer than any number to draw"));
      }
      for (NeuronDraw draw : drawn) {
        int[] chosen = Arrays.stream(draw.neurons()).map(i -> neurons[i]).toArray();
        decode(new Part(group, draw.draw(), chosen));
      }
    }

    private void decode(Part part) {
      int windows = settings.windows().size();
      for (String name : decoders.keySet()) {
        if (settings.generalise()) {
          unlessItFails(part, 0, windows - 1, () -> generalise(part, name, decoders.get(name)));
          continue;
        }
        for (int w = 0; w < windows; w++) {
          int window = w;
          unlessItFails(
              part,
              window,
              window,
              () -> {
                Responses responses = trains.responses(window, part.neurons, place);
                rows.add(row(part, name, window, decoders.get(name).decode(responses)));
              });
        }
      }
    }

    /** What cannot be decoded has a row that says why. */
    private void unlessItFails(Part part, int first, int last, Runnable decoding) {
      String reason;
      try {
        decoding.run();
        return;
      } catch (UnfitClassException e) {
        reason = e.named(classes).getMessage();
      } catch (InvalidInputException e) {
        reason = e.getMessage();
      }
      rows.add(failed(session, trials, part.group, part.neurons.length, first, last, reason));
    }

    private void generalise(Part part, String name, SessionDecoder decoder) {
      int windows = settings.windows().size();
      List<Responses> byTime = new ArrayList<>();
      for (int window = 0; window < windows; window++) {
        byTime.add(trains.responses(window, part.neurons, place));
      }
      TimeGeneralisation decoded =
          settings.nulls().number() > 0
              ? decoder.generaliseWithNulls(byTime)
              : decoder.generalise(byTime);
      for (int train = 0; train < windows; train++) {
        for (int test = 0; test < windows; test++) {
          TimeGeneralisation.Score score = decoded.at(train, test);
          rows.add(
              row(
                  part,
                  name,
                  train,
                  test,
                  new Scores(
                      score.confusion(),
                      score.accuracy(),
                      null,
                      score.nullAccuracy(),
                      score.nullBalancedAccuracy()),
                  null,
                  new Row[0]));
        }
      }
    }

    private Row row(Part part, String name, int window, SessionDecoding decoded) {
      List<SessionDecoding.Repeat> repeats = decoded.repeats();
      Optional<String> warning =
          repeats.stream()
              .map(SessionDecoding.Repeat::folds)
              .map(Folds::warning)
              .flatMap(Optional::stream)
              .findFirst();
      return row(
          part,
          name,
          window,
          window,
          new Scores(
              decoded.confusion(),
              decoded.accuracy(),
              repeats.stream()
                  .flatMapToDouble(repeat -> Arrays.stream(repeat.accuracy()))
                  .toArray(),
              decoded.nullAccuracy(),
              decoded.nullBalancedAccuracy()),
          warning.orElse(null),
          predictions(repeats));
    }

    private Row[] predictions(List<SessionDecoding.Repeat> repeats) {
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

    private Row row(
        Part part,
        String name,
        int train,
        int test,
        Scores scores,
        String warning,
        Row[] predictions) {
      double[] trained = settings.windows().get(train);
      double[] tested = settings.windows().get(test);
      ConfusionMatrix confusion = scores.confusion;
      double balanced = confusion.balancedAccuracy();
      boolean hasNulls = scores.nullAccuracy.size() > 0;
      return RowFactory.create(
          session,
          part.group,
          name,
          part.neurons.length,
          part.draw,
          trained[0],
          trained[trained.length - 1],
          tested[0],
          tested[tested.length - 1],
          (long) trials.size(),
          trials.unlabelled(),
          classes.size(),
          scores.accuracy,
          1.0 / classes.size(),
          balanced,
          confusion.majorityShare(),
          confusion.mutualInformation(),
          scores.nullAccuracy.size(),
          hasNulls ? scores.nullAccuracy.pValue(scores.accuracy) : null,
          hasNulls ? scores.nullBalancedAccuracy.pValue(balanced) : null,
          classes.names().toArray(String[]::new),
          confusion.recall(),
          scores.folds,
          warning,
          null,
          scores.nullAccuracy.scores(),
          scores.nullBalancedAccuracy.scores(),
          confusion.counts(),
          predictions);
    }
  }

  /** Some neurons of a session. */
  private record Part(String group, Integer draw, int[] neurons) {}

  private record Scores(
      ConfusionMatrix confusion,
      double accuracy,
      double[] folds,
      NullDistribution nullAccuracy,
      NullDistribution nullBalancedAccuracy) {}
}
