package org.neuroglia.spark.decoding.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.PseudoPopulation;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * Gives the part that one session has in each resample of the pseudo-population, or the reason why
 * it has none, in its task.
 */
final class PseudoSession implements CoGroupFunction<String, Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  /** The resample of a row that says why a session takes no part. */
  static final int NONE = -1;

  private final DecodingSettings settings;
  private final SessionInput input;
  private final boolean text;

  PseudoSession(DecodingSettings settings, SessionInput input, boolean text) {
    this.settings = settings;
    this.input = input;
    this.text = text;
  }

  /** A row is a block of responses, [pseudo-trial × neuron] in eight bytes each. */
  static StructType schema(DataType label) {
    return new StructType()
        .add("resample", DataTypes.IntegerType, false)
        .add("group", DataTypes.StringType, true)
        .add("window", DataTypes.IntegerType, false)
        .add("session", DataTypes.StringType, false)
        .add("events", DataTypes.LongType, false)
        .add("unlabelled", DataTypes.LongType, false)
        .add("neurons", DataTypes.IntegerType, false)
        .add("block", DataTypes.BinaryType, true)
        .add("classes", DataTypes.createArrayType(label, false), true)
        .add("failure", DataTypes.StringType, true);
  }

  /**
   * @param neurons as the {@link SessionInput} reads them
   * @param trials {@link SessionTrials#schema}: the labels of all sessions as those of a donor,
   *     then events by number
   */
  @Override
  public Iterator<Row> call(String session, Iterator<Row> neurons, Iterator<Row> trials) {
    if (!trials.hasNext()) {
      return List.<Row>of().iterator();
    }
    SessionTrials read = null;
    try {
      read = new SessionTrials(trials, text);
      return blocks(session, read, input.read(neurons, read));
    } catch (InvalidInputException e) {
      return failed(session, read, e.getMessage());
    }
  }

  private static Iterator<Row> failed(String session, SessionTrials trials, String reason) {
    long events = trials == null ? 0 : trials.size();
    long unlabelled = trials == null ? 0 : trials.unlabelled();
    return List.of(
            RowFactory.create(NONE, null, 0, session, events, unlabelled, 0, null, null, reason))
        .iterator();
  }

  private Iterator<Row> blocks(String session, SessionTrials trials, SessionResponses responses) {
    if (trials.size() == 0) { // neurons meet no event then, and would seem to be missing
      return failed(session, trials, "no event has a label");
    }
    if (responses.neurons() == 0) {
      return failed(session, trials, DecodedRows.NO_UNITS);
    }
    ClassLabels classes = trials.classesOfAll();
    PseudoPopulation population = settings.pseudo().population(classes.size());
    int[] y = trials.codes(classes);
    Optional<String> reason = population.unusable(y);
    if (reason.isPresent()) {
      return failed(session, trials, reason.get());
    }
    Object[] labels =
        IntStream.range(0, classes.size()).mapToObj(classes::value).toArray(Object[]::new);
    Map<String, int[]> groups = responses.groups(settings.byGroup());
    if (groups.isEmpty()) {
      return failed(session, trials, "no unit has a group to be decoded with");
    }
    int windows = settings.windows().size();
    int resamples = settings.pseudo().resamples();
    List<Map.Entry<String, int[]>> parts = new ArrayList<>(groups.entrySet());
    Responses[] last = new Responses[1]; // those of all resamples of a group and window
    return IntStream.range(0, Math.multiplyExact(parts.size() * windows, resamples))
        .mapToObj(
            i -> {
              int resample = i % resamples;
              int window = i / resamples % windows;
              Map.Entry<String, int[]> part = parts.get(i / resamples / windows);
              if (resample == 0) {
                last[0] = responses.responses(window, part.getValue());
              }
              return RowFactory.create(
                  resample,
                  part.getKey(),
                  window,
                  session,
                  (long) trials.size(),
                  trials.unlabelled(),
                  last[0].neurons(),
                  bytes(population.resampled(resample, session, last[0], y)),
                  labels,
                  null);
            })
        .iterator();
  }

  private static byte[] bytes(Responses rows) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rows.values().length, Double.BYTES));
    bytes.asDoubleBuffer().put(rows.values());
    return bytes.array();
  }
}
