package org.neuroglia.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a report shows, as the JSON that its page reads. Numbers are bounded: a page stays a few MB
 * however many decodings there are, and says what it leaves out.
 */
public final class ReportContents {
  /** Sessions, groups and decoders that have a row of the table. */
  static final int MOST_ROWS = 20_000;

  /** Decodings of which null scores and folds are all shown. */
  private static final int FEW = 12;

  /** Numbers in the confusion matrices of single sessions, together. */
  private static final int MOST_CELLS = 60_000;

  /** Sessions that have a confusion matrix of their own, the best ones. */
  private static final int MOST_MATRICES = 50;

  /** Classes of a matrix that can be drawn. */
  private static final int MOST_CLASSES = 400;

  /** Events of a regression that are drawn. */
  private static final int MOST_POINTS = 1_500;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final JsonNode summary;
  private final DecodedTables tables;
  private final DecodedScores scores;
  private final TimeWindow best;
  private final List<SessionScore> sessions;

  /**
   * Reads the decodings: a job, or two where there are null labels.
   *
   * @param summary what {@code summary.json} holds: settings, program, seconds
   * @param decodings the rows of {@link DecodedTables#decodings}, if they are known already
   * @throws java.util.NoSuchElementException if no decoding has a score
   */
  public ReportContents(JsonNode summary, DecodedTables tables, Optional<List<Row>> decodings) {
    this.summary = summary;
    this.tables = tables;
    this.scores = new DecodedScores(summary.has("r2"), summary.at("/settings").has("neurons"));
    scores.addAll(
        decodings.map(List::iterator).orElseGet(() -> tables.decodings().toLocalIterator()));
    if (summary.at("/settings").has("permutations")) {
      scores.addNulls(tables.nulls().toLocalIterator());
    }
    this.best = scores.best();
    this.sessions = scores.in(best);
  }

  /** The sessions, and groups in them, that are decoded best. */
  public List<InformativeUnits.Decoding> best(int number) {
    return scores.bestIn(best).stream()
        .map(one -> new InformativeUnits.Decoding(one.session(), one.key().part().group()))
        .distinct()
        .limit(number)
        .toList();
  }

  /** Start and stop of the window that is decoded best, in seconds around the event. */
  public double[] window() {
    return new double[] {best.start(), best.stop()};
  }

  /** Start of the first window that was decoded, and stop of the last. */
  public double[] windows() {
    double[] span = window();
    for (TimeWindow window : scores.windows()) {
      span[0] = Math.min(span[0], window.start());
      span[1] = Math.max(span[1], window.stop());
    }
    return span;
  }

  /**
   * All that the page shows; reads confusion matrices, or predictions of a regression.
   *
   * @param units what {@link InformativeUnits#find} gave
   */
  public ObjectNode json(Optional<JsonNode> units) {
    ObjectNode json = JSON.objectNode();
    json.put("score", scores.score());
    json.set("settings", summary.path("settings"));
    json.set("seconds", summary.path("seconds"));
    json.set("totals", totals());
    json.set("parts", array(scores.parts(), this::part));
    json.set("windows", array(scores.windows(), ReportContents::window));
    json.put("best", scores.windows().indexOf(best));
    json.set("sizes", array(scores.sizes(), JSON::numberNode));
    json.set(
        "sizePopulations",
        array(scores.sizes(), size -> JSON.numberNode(scores.populations(size))));
    json.set("rows", rows());
    json.set("means", array(scores.parts(), part -> mean(part, best, best)));
    if (scores.windows().size() > 1) {
      json.set("overTime", array(scores.parts(), this::overTime));
    }
    if (scores.isGeneralised()) {
      json.set("generalisation", array(scores.parts(), this::generalisation));
    }
    if (scores.sizes().size() > 1) {
      json.set("overNeurons", array(scores.parts(), this::overNeurons));
    }
    if (scores.isRegression()) {
      json.set("points", points());
    } else {
      json.set("confusion", confusion());
    }
    units.ifPresent(found -> json.set("units", found));
    json.set("failures", failures());
    return json;
  }

  private static <T> ArrayNode array(List<T> values, Function<T, ? extends JsonNode> node) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(value -> array.add(node.apply(value)));
    return array;
  }

  private static JsonNode window(TimeWindow window) {
    return JSON.arrayNode()
        .add(Rounded.decimals(window.start(), 6))
        .add(Rounded.decimals(window.stop(), 6));
  }

  private JsonNode part(Part part) {
    return JSON.objectNode().put("group", part.group()).put("decoder", part.decoder());
  }

  private JsonNode totals() {
    ObjectNode totals = JSON.objectNode();
    totals.put("sessions", scores.sessions());
    totals.put("populations", scores.populations());
    totals.put("decodings", scores.decodings());
    totals.put("failed", scores.failed());
    totals.put("tested", scores.tested());
    totals.put("significant", scores.significant());
    totals.put("rows", sessions.size());
    totals.set("score", Rounded.significant(scores.mean(best)));
    totals.set("beside", Rounded.significant(scores.beside(best)));
    List<SessionScore> averaged = sessions.stream().filter(scores::isInMeans).toList();
    double[] ascending =
        averaged.stream()
            .mapToDouble(SessionScore::score)
            .filter(score -> !Double.isNaN(score))
            .sorted()
            .toArray();
    totals.set("median", quantile(ascending, 0.5));
    if (!scores.isRegression()) {
      // As chance beside it: of all draws, of which sessions may have different numbers.
      double draws = averaged.stream().mapToDouble(SessionScore::draws).sum();
      double majority = averaged.stream().mapToDouble(o -> o.draws() * o.majorityShare()).sum();
      totals.set("majorityShare", Rounded.significant(majority / draws));
    }
    return totals;
  }

  // --- Scores

  /** Columns, for a name in each cell would be most of the page. */
  private ObjectNode rows() {
    List<SessionScore> shown = sessions.subList(0, Math.min(sessions.size(), MOST_ROWS));
    Map<String, Integer> names = new LinkedHashMap<>();
    shown.forEach(one -> names.putIfAbsent(one.session(), names.size()));
    List<Part> parts = scores.parts();
    Map<Part, Integer> places = new HashMap<>();
    parts.forEach(part -> places.put(part, places.size()));
    ObjectNode rows = JSON.objectNode();
    rows.set("names", array(List.copyOf(names.keySet()), JSON::textNode));
    rows.set("session", array(shown, one -> JSON.numberNode(names.get(one.session()))));
    rows.set("part", array(shown, one -> JSON.numberNode(places.get(one.key().part()))));
    rows.set("score", array(shown, one -> Rounded.significant(one.score())));
    rows.set("beside", array(shown, one -> Rounded.significant(one.beside())));
    rows.set("events", array(shown, one -> JSON.numberNode(one.events())));
    rows.set("neurons", array(shown, one -> JSON.numberNode(one.neurons())));
    if (!scores.isRegression()) {
      rows.set("classes", array(shown, one -> JSON.numberNode(one.classes())));
      rows.set("majorityShare", array(shown, one -> Rounded.significant(one.majorityShare())));
      rows.set(
          "balancedAccuracy", array(shown, one -> Rounded.significant(one.balancedAccuracy())));
      rows.set(
          "mutualInformation", array(shown, one -> Rounded.significant(one.mutualInformation())));
    }
    if (scores.tested() > 0) {
      rows.set("p", array(shown, one -> Rounded.significant(one.pValue())));
      rows.set("low", array(shown, one -> quantile(one.nulls(), 0.05)));
      rows.set("high", array(shown, one -> quantile(one.nulls(), 0.95)));
    }
    if (shown.size() <= FEW) {
      rows.set("folds", array(shown, one -> numbers(one.folds())));
      rows.set("nulls", array(shown, one -> numbers(one.nulls())));
    }
    ObjectNode warnings = rows.putObject("warnings");
    for (int i = 0; i < shown.size(); i++) {
      String place = Integer.toString(i);
      shown.get(i).warning().ifPresent(warning -> warnings.put(place, warning));
    }
    return rows;
  }

  private static JsonNode quantile(double[] ascending, double share) {
    return ascending.length == 0
        ? JSON.nullNode()
        : Rounded.significant(NullCurve.quantile(ascending, share));
  }

  private static ArrayNode numbers(double[] values) {
    ArrayNode numbers = JSON.arrayNode();
    for (double value : values) {
      numbers.add(Rounded.significant(value));
    }
    return numbers;
  }

  /** The mean over sessions and draws, of the largest number of neurons. */
  private ObjectNode mean(Part part, TimeWindow train, TimeWindow test) {
    return mean(part, train, test, scores.largest());
  }

  private ObjectNode mean(Part part, TimeWindow train, TimeWindow test, int neurons) {
    Mean mean = scores.mean(part, train, test, neurons);
    ObjectNode json = JSON.objectNode();
    json.put("n", mean.number());
    json.set("mean", Rounded.significant(mean.mean()));
    json.set("sd", Rounded.significant(mean.standardDeviation()));
    // Draws and resamples share trials and sessions, which a standard error would not know.
    boolean apart =
        !summary.at("/settings").has("neurons") && !summary.at("/settings").has("pseudoPopulation");
    json.set("sem", Rounded.significant(apart ? mean.standardError() : Double.NaN));
    json.set("beside", Rounded.significant(scores.beside(part, train, test, neurons).mean()));
    NullCurve nulls = scores.nulls(part, train, neurons);
    if (train.equals(test) && nulls.size() > 0 && nulls.decodings() == mean.number()) {
      double[] ascending = nulls.ascending();
      json.set("low", quantile(ascending, 0.05));
      json.set("high", quantile(ascending, 0.95));
      json.set("p", Rounded.significant(nulls.pValue(mean.mean())));
    }
    return json;
  }

  private JsonNode overTime(Part part) {
    return array(scores.windows(), window -> mean(part, window, window));
  }

  private JsonNode generalisation(Part part) {
    return array(
        scores.windows(),
        train ->
            array(
                scores.windows(),
                test ->
                    Rounded.significant(scores.mean(part, train, test, scores.largest()).mean())));
  }

  private JsonNode overNeurons(Part part) {
    return array(scores.sizes(), size -> mean(part, best, best, size));
  }

  // --- Confusion matrices

  private Dataset<Row> inBestWindow(Dataset<Row> rows) {
    Dataset<Row> in =
        rows.where(
            col("start")
                .equalTo(best.start())
                .and(col("stop").equalTo(best.stop()))
                .and(col("testStart").equalTo(best.start()))
                .and(col("testStop").equalTo(best.stop())));
    return scores.largest() > 0 ? in.where(col("neurons").equalTo(scores.largest())) : in;
  }

  private JsonNode confusion() {
    ObjectNode json = JSON.objectNode();
    List<String> classes = scores.classes();
    json.put("number", classes.size());
    if (classes.size() > MOST_CLASSES) {
      return json;
    }
    json.set("classes", array(classes, JSON::textNode));
    Map<String, Integer> places = new HashMap<>();
    classes.forEach(name -> places.put(name, places.size()));
    Dataset<Row> rows = inBestWindow(tables.confusion()).where("count > 0");
    json.set("pooled", matrices(rows, List.of("group", "decoder"), places));
    List<String> few = few(classes.size());
    if (scores.sessions() > 1 && !few.isEmpty()) {
      Dataset<Row> ofFew = rows.where(col("session").isin(few.toArray()));
      json.set("single", matrices(ofFew, List.of("session", "group", "decoder"), places));
    }
    return json;
  }

  /** The scores that means are of, the best first. */
  private List<SessionScore> bestInMeans() {
    return scores.bestIn(best).stream().filter(scores::isInMeans).toList();
  }

  /** Sessions whose matrices are shown one by one: the best, as many as there is room for. */
  private List<String> few(int classes) {
    List<String> few = new ArrayList<>();
    long cells = 0;
    for (SessionScore one : bestInMeans()) {
      cells += (long) classes * classes;
      if (cells > MOST_CELLS || few.size() == MOST_MATRICES) {
        break;
      }
      if (!few.contains(one.session())) {
        few.add(one.session());
      }
    }
    return few;
  }

  /** A matrix for each value of {@code key}: cells as [true, predicted, count, …]. */
  private ArrayNode matrices(Dataset<Row> rows, List<String> key, Map<String, Integer> places) {
    List<String> names = new ArrayList<>(key);
    names.addAll(List.of("label", "prediction"));
    Column[] by = names.stream().map(name -> col(name)).toArray(Column[]::new);
    Map<List<String>, Map<Long, Long>> matrices = new HashMap<>();
    for (Row row : rows.groupBy(by).agg(sum("count").as("count")).collectAsList()) {
      List<String> of = key.stream().map(name -> row.<String>getAs(name)).toList();
      long cell =
          (long) places.get(row.<String>getAs("label")) * places.size()
              + places.get(row.<String>getAs("prediction"));
      matrices.computeIfAbsent(of, k -> new HashMap<>()).put(cell, row.getAs("count"));
    }
    ArrayNode json = JSON.arrayNode();
    matrices.entrySet().stream()
        .sorted(
            Comparator.comparing(
                entry -> entry.getKey().stream().map(String::valueOf).toList().toString()))
        .forEach(entry -> json.add(matrix(key, entry.getKey(), entry.getValue(), places.size())));
    return json;
  }

  private JsonNode matrix(List<String> key, List<String> of, Map<Long, Long> counts, int classes) {
    ObjectNode json = JSON.objectNode();
    if (key.contains("session")) {
      json.put("session", of.get(0));
    }
    Part part = new Part(of.get(key.indexOf("group")), of.get(key.indexOf("decoder")));
    json.put("part", scores.parts().indexOf(part));
    ArrayNode cells = json.putArray("cells");
    counts.keySet().stream()
        .sorted()
        .forEach(cell -> cells.add(cell / classes).add(cell % classes).add(counts.get(cell)));
    return json;
  }

  // --- A regression's predictions

  private JsonNode points() {
    ObjectNode json = JSON.objectNode();
    List<SessionScore> ranked = bestInMeans();
    if (ranked.isEmpty()) {
      return json;
    }
    SessionScore one = ranked.get(0);
    Part part = one.key().part();
    Object draw = one.draw().isEmpty() ? null : one.draw().getAsInt();
    List<Row> rows =
        inBestWindow(tables.predictions())
            .where(
                col("session")
                    .equalTo(one.session())
                    .and(col("group").eqNullSafe(lit(part.group())))
                    .and(col("draw").eqNullSafe(lit(draw)))
                    .and(col("neurons").equalTo(one.neurons()))
                    .and(col("repeat").equalTo(0)))
            .orderBy("event")
            .select("label", "prediction")
            .collectAsList();
    json.put("session", one.session());
    json.put("part", scores.parts().indexOf(part));
    json.put("events", rows.size());
    ArrayNode target = json.putArray("target");
    ArrayNode predicted = json.putArray("predicted");
    int shown = Math.min(rows.size(), MOST_POINTS);
    for (int i = 0; i < shown; i++) {
      Row row = rows.get((int) ((long) i * rows.size() / shown));
      target.add(Rounded.significant(row.getDouble(0)));
      predicted.add(Rounded.significant(row.getDouble(1)));
    }
    return json;
  }

  // --- What failed

  private JsonNode failures() {
    ObjectNode json = JSON.objectNode();
    json.set(
        "reasons",
        array(
            scores.reasons(),
            entry -> JSON.objectNode().put("reason", entry.getKey()).put("n", entry.getValue())));
    json.set(
        "failed",
        array(
            scores.failures(),
            one ->
                JSON.objectNode()
                    .put("session", one.session())
                    .put("group", one.group())
                    .put("decoder", one.decoder())
                    .put("reason", one.reason())));
    return json;
  }

  /** JSON without spaces. */
  static String compact(JsonNode json) {
    try {
      return new ObjectMapper().writeValueAsString(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree can always be written
    }
  }
}
