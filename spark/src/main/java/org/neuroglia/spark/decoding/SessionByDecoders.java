package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ClassLabels;
import org.neuroglia.decoding.NeuronDraws.NeuronDraw;
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
      DecodedRow row = new DecodedRow(session, null, 0);
      if (read != null) {
        row.set("events", (long) read.size()).set("unlabelled", read.unlabelled());
      }
      return List.of(failed(row, e.getMessage())).iterator();
    }
  }

  /** Of all decoders and windows. */
  private Row failed(DecodedRow row, String reason) {
    return failed(row, 0, settings.windows().size() - 1, reason);
  }

  private Row failed(DecodedRow row, int firstWindow, int lastWindow, String reason) {
    double[] last = settings.windows().get(lastWindow);
    double[] whole = {settings.windows().get(firstWindow)[0], last[last.length - 1]};
    return row.set("decoder", String.join(", ", settings.methods().keySet()))
        .windows(whole, whole)
        .set("failure", reason)
        .toRow();
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
      trains.groups(settings.byGroup()).forEach(this::decode);
      if (rows.isEmpty()) {
        throw new InvalidInputException("no unit has a group to be decoded with");
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
        String reason = "there are only " + neurons.length + " units, fewer than any number drawn";
        rows.add(failed(row(new Part(group, null, neurons)), reason));
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
                SessionDecoding decoded = decoders.get(name).decode(responses);
                rows.add(
                    row(part, name, window, window)
                        .scores(decoded)
                        .set("predictions", predictions(decoded.repeats()))
                        .toRow());
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
      rows.add(failed(row(part), first, last, reason));
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
          rows.add(row(part, name, train, test).scores(decoded.at(train, test)).toRow());
        }
      }
    }

    private DecodedRow row(Part part) {
      return new DecodedRow(session, part.group, part.neurons.length)
          .set("draw", part.draw)
          .set("events", (long) trials.size())
          .set("unlabelled", trials.unlabelled());
    }

    private DecodedRow row(Part part, String name, int train, int test) {
      return row(part)
          .set("decoder", name)
          .windows(settings.windows().get(train), settings.windows().get(test))
          .classes(classes);
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
  }

  /** Some neurons of a session. */
  private record Part(String group, Integer draw, int[] neurons) {}
}
