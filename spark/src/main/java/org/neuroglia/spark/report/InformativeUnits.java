package org.neuroglia.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.decoding.session.CountsAroundEvents;
import org.neuroglia.spark.decoding.session.Label;
import org.neuroglia.spark.plan.Attributes;

/**
 * Finds the units that tell most of what was decoded, in a few sessions, and draws them: a raster
 * and a peri-stimulus time histogram each.
 *
 * <p>Units are ranked by ω², the share of the variance of their spike counts in the decoded window
 * that the classes explain; see {@link org.neuroglia.decoding.AnalysisOfVariance}. Trains are read
 * where they lie, and only pictures of the best come to the driver.
 */
public final class InformativeUnits {
  /** Units that are drawn. */
  private static final int UNITS = 6;

  /** Bins that a picture has, about. */
  private static final int BINS = 50;

  private static final double[] ROUND = {1, 2, 5, 10};

  private final List<Decoding> decodings;
  private final String label;
  private final Optional<String> by;
  private final boolean regression;
  private final PeriEventSpikeSampler window;
  private final PeriEventSpikeSampler bins;

  /** A session to look at, and the group of units in it, or null. */
  public record Decoding(String session, String group) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param decodings to look at: a few
   * @param label column of the events
   * @param by column of the units that gives their group, if they were decoded by one
   * @param regression whether labels are a continuous target
   * @param window start and stop in seconds around the event, of the spikes that are counted
   * @param windows start of the first window that was decoded, and stop of the last
   */
  public InformativeUnits(
      List<Decoding> decodings,
      String label,
      Optional<String> by,
      boolean regression,
      double[] window,
      double[] windows) {
    this.decodings = List.copyOf(decodings);
    this.label = label;
    this.by = by;
    this.regression = regression;
    this.window = new PeriEventSpikeSampler(window);
    boolean one = window[0] == windows[0] && window[1] == windows[1];
    this.bins = new PeriEventSpikeSampler(edges(windows[0], windows[1], one));
  }

  /** Edges around all windows, with the event where it is near, and round. */
  private static double[] edges(double start, double stop, boolean wider) {
    double span = stop - start;
    double margin = wider ? span / 2 : 0;
    double first = Math.min(start - margin, start > 0 && start <= 2 * span ? -span / 5 : start);
    double last = Math.max(stop + margin, stop < 0 && stop >= -2 * span ? span / 5 : stop);
    double width = round((last - first) / BINS);
    long from = (long) Math.floor(first / width + 1e-9);
    long to = (long) Math.ceil(last / width - 1e-9);
    return IntStream.rangeClosed(0, (int) (to - from))
        .mapToDouble(i -> (from + i) * width)
        .toArray();
  }

  /** The next number that is 1, 2 or 5 times a power of ten. */
  private static double round(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (double number : ROUND) {
      if (number * power >= width * (1 - 1e-9)) {
        return number * power;
      }
    }
    return 10 * power;
  }

  /**
   * Reads trains and events of the sessions: some jobs.
   *
   * @param trains session, neuron, times, and the column {@code by}; a neuron with several rows has
   *     the spikes of all of them
   * @param events session, time, and the column {@code label}
   * @return what {@code units.json} holds
   */
  public ObjectNode find(Dataset<Row> trains, Dataset<Row> events) {
    Object[] names = decodings.stream().map(Decoding::session).distinct().toArray();
    Map<String, ClassifiedEvents> sessions =
        names.length == 0 ? Map.of() : events(events.where(session().isin(names)));
    UnitRanking ranking = new UnitRanking(UNITS, sessions, window, bins);
    if (!sessions.isEmpty()) {
      ranking = ranked(trains.where(session().isin(names)), ranking);
    }
    return json(ranking);
  }

  private static Column session() {
    return col("session").cast("string");
  }

  private Map<String, ClassifiedEvents> events(Dataset<Row> events) {
    Map<String, List<Double>> times = new HashMap<>();
    Map<String, List<Object>> labels = new HashMap<>();
    List<Row> rows =
        events
            .select(session(), col("time").cast("double"), col(Schemas.quoted(label)))
            .collectAsList();
    for (Row row : rows) {
      Object value = Label.of(row.get(2));
      if (value == null || row.isNullAt(1) || Double.isNaN(row.getDouble(1))) {
        continue;
      }
      times.computeIfAbsent(row.getString(0), name -> new ArrayList<>()).add(row.getDouble(1));
      labels.computeIfAbsent(row.getString(0), name -> new ArrayList<>()).add(value);
    }
    Map<String, ClassifiedEvents> sessions = new HashMap<>();
    times.forEach(
        (name, of) -> sessions.put(name, ClassifiedEvents.of(of, labels.get(name), regression)));
    sessions.values().removeIf(one -> !one.canBeTested());
    return sessions;
  }

  private UnitRanking ranked(Dataset<Row> trains, UnitRanking none) {
    Column group = by.map(name -> col(Schemas.quoted(name))).orElse(lit(null)).cast("string");
    Dataset<Row> wanted =
        trains
            .select(
                session().as("session"),
                col("neuron").cast("string").as("neuron"),
                group.as("group"),
                col("times").cast("array<double>").as("times"))
            .where("neuron IS NOT NULL");
    Dataset<Row> units = onceEach(wanted).where("times IS NOT NULL");
    List<Decoding> of = decodings;
    // Rows as Spark has them: an encoder would box every spike.
    return Attributes.internalRows(units)
        .aggregate(none, (ranking, row) -> with(ranking, row, of), UnitRanking::with);
  }

  /** A row per neuron. Trains are not moved, unless some neuron has several. */
  private static Dataset<Row> onceEach(Dataset<Row> trains) {
    Dataset<Row> repeated =
        trains.groupBy("session", "neuron", "group").count().where("count > 1").limit(1);
    return repeated.isEmpty()
        ? trains
        : trains
            .where("times IS NOT NULL")
            .groupBy("session", "neuron", "group")
            .agg(flatten(collect_list(col("times"))).as("times"))
            .select("session", "neuron", "group", "times");
  }

  private static UnitRanking with(UnitRanking ranking, InternalRow row, List<Decoding> wanted) {
    String session = row.getUTF8String(0).toString();
    String group = row.isNullAt(2) ? null : row.getUTF8String(2).toString();
    boolean decoded =
        wanted.stream()
            .anyMatch(one -> one.session.equals(session) && Objects.equals(one.group, group));
    return decoded && ranking.has(session)
        ? ranking.with(
            session,
            row.getUTF8String(1).toString(),
            group,
            CountsAroundEvents.withoutNull(row.getArray(3)))
        : ranking;
  }

  private ObjectNode json(UnitRanking ranking) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("measure", regression ? "slope" : "oneWay");
    json.put("start", window.first());
    json.put("stop", window.last());
    json.set("edges", numbers(json, bins.sampleTimes()));
    ArrayNode sessions = json.putArray("sessions");
    decodings.forEach(
        one -> sessions.addObject().put("session", one.session).put("group", one.group));
    json.put("ranked", ranking.seen());
    ArrayNode units = json.putArray("units");
    ranking.best().forEach(unit -> json(units.addObject(), unit));
    return json;
  }

  private static void json(ObjectNode json, InformativeUnit unit) {
    json.put("session", unit.session());
    json.put("neuron", unit.neuron());
    json.put("group", unit.group());
    json.set("f", Rounded.significant(unit.test().f()));
    json.put("between", unit.test().between());
    json.put("within", unit.test().within());
    json.set("omegaSquared", Rounded.significant(unit.test().omegaSquared()));
    ArrayNode conditions = json.putArray("conditions");
    for (InformativeUnit.Condition condition : unit.conditions()) {
      ObjectNode one = conditions.addObject();
      one.put("label", condition.label());
      one.put("events", condition.events());
      one.set("rate", numbers(json, condition.rate()));
      one.set("standardError", numbers(json, condition.standardError()));
      ArrayNode trials = one.putArray("trials");
      for (double[] spikes : condition.trials()) {
        ArrayNode times = trials.addArray();
        for (double spike : spikes) {
          times.add(Rounded.decimals(spike, 4));
        }
      }
    }
  }

  private static ArrayNode numbers(ObjectNode factory, double[] values) {
    ArrayNode numbers = factory.arrayNode();
    for (double value : values) {
      numbers.add(Rounded.significant(value));
    }
    return numbers;
  }
}
