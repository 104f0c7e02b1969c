package org.neuroglia.spark.decoding.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.NeuronDraws.NeuronDraw;
import org.neuroglia.decoding.split.Responses;

/**
 * One session, decoded part by part: each group of neurons and each draw of them. What cannot be
 * decoded has a row that says why. Not thread-safe.
 */
abstract class SessionInParts {
  /** Some neurons of a session. */
  record Part(String group, Integer draw, int[] neurons) {}

  final DecodingSettings settings;
  final String session;
  final SessionTrials trials;
  private final SessionResponses responses;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @throws InvalidInputException if there are no neurons
   */
  SessionInParts(
      DecodingSettings settings, String session, SessionTrials trials, SessionResponses responses) {
    this.settings = settings;
    this.session = session;
    this.trials = trials;
    this.responses = responses;
    if (trials.size() == 0) { // neurons meet no event then, and would seem to be missing
      throw new InvalidInputException("no event has a label");
    }
    if (responses.neurons() == 0) {
      throw new InvalidInputException(DecodedRows.NO_UNITS);
    }
  }

  /** Decodes one part by all methods and in all windows. */
  abstract void decode(Part part);

  /** Why a part cannot be decoded. */
  String reason(InvalidInputException e) {
    return e.getMessage();
  }

  /** Decodes all parts. */
  final List<Row> rows() {
    responses.groups(settings.byGroup()).forEach(this::decode);
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
      rows.add(failed(settings, row(new Part(group, null, neurons)), reason));
    }
    for (NeuronDraw draw : drawn) {
      int[] chosen = Arrays.stream(draw.neurons()).map(i -> neurons[i]).toArray();
      decode(new Part(group, draw.draw(), chosen));
    }
  }

  /** What one decoder cannot decode has a row of its own that says why. */
  final void unlessItFails(Part part, String name, int first, int last, Runnable decoding) {
    try {
      decoding.run();
    } catch (InvalidInputException e) {
      rows.add(failed(settings, row(part), name, first, last, reason(e)));
    }
  }

  final void add(DecodedRow row) {
    rows.add(row.toRow());
  }

  /** Responses of a part's neurons to the events, in the order of their numbers. */
  final Responses responses(Part part, int window) {
    return responses.responses(window, part.neurons);
  }

  private DecodedRow row(Part part) {
    return new DecodedRow(session, part.group, part.neurons.length)
        .set("draw", part.draw)
        .set("events", (long) trials.size())
        .set("unlabelled", trials.unlabelled());
  }

  final DecodedRow row(Part part, String name, int train, int test) {
    return row(part)
        .set("decoder", name)
        .windows(settings.windows().get(train), settings.windows().get(test));
  }

  /** Of all decoders and windows. */
  static Row failed(DecodingSettings settings, DecodedRow row, String reason) {
    String all = String.join(", ", settings.decoders());
    return failed(settings, row, all, 0, settings.windows().size() - 1, reason);
  }

  private static Row failed(
      DecodingSettings settings,
      DecodedRow row,
      String decoder,
      int firstWindow,
      int lastWindow,
      String reason) {
    double[] last = settings.windows().get(lastWindow);
    double[] whole = {settings.windows().get(firstWindow)[0], last[last.length - 1]};
    return row.set("decoder", decoder).windows(whole, whole).set("failure", reason).toRow();
  }
}
