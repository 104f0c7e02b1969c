package org.neuroglia.spark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.neuroglia.decoding.ClassLabels;

/**
 * The scores of decodings as a report shows them: over time, from window to window, over the number
 * of neurons, and of each session in the window where the mean is highest. Not thread-safe.
 */
final class DecodedScores {
  /** Failures that are named. */
  static final int MOST_FAILURES = 1_000;

  private static final String PSEUDO_POPULATION = "pseudo-population";

  /** What is averaged over sessions and draws. */
  private record Cell(Part part, TimeWindow train, TimeWindow test, int neurons) {}

  /** A session, or a group of it, that could not be decoded. */
  record Failure(String session, String group, String decoder, String reason) {}

  private final boolean regression;
  private final boolean drawn;
  private final Map<Cell, Mean> cells = new HashMap<>();
  private final Map<Cell, Mean> besides = new HashMap<>();
  private final Map<Cell, NullCurve> nulls = new HashMap<>();
  private final Map<SessionScore.Key, SessionScore> sessions = new LinkedHashMap<>();
  private final SortedSet<Part> parts = new TreeSet<>(Part.IN_ORDER);
  private final SortedSet<TimeWindow> windows = new TreeSet<>(TimeWindow.IN_ORDER);
  private final SortedSet<Integer> sizes = new TreeSet<>();
  private final SortedSet<String> classes = new TreeSet<>(DecodedScores::inOrder);
  private final Map<String, Integer> failedFor = new TreeMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private boolean generalised;
  private long failed;
  private long decodings;
  private long significant;
  private long tested;

  /**
   * @param regression whether scores are R²
   * @param drawn whether numbers of neurons were drawn
   */
  DecodedScores(boolean regression, boolean drawn) {
    this.regression = regression;
    this.drawn = drawn;
  }

  /** Classes that are numbers by their value, before texts by their letters. */
  private static int inOrder(String a, String b) {
    Double x = asNumber(a);
    Double y = asNumber(b);
    if (x != null && y != null && !x.equals(y)) {
      return x.compareTo(y);
    }
    return x == null == (y == null) ? ClassLabels.BY_CODE_POINT.compare(a, b) : x == null ? 1 : -1;
  }

  private static Double asNumber(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Column of the score. */
  String score() {
    return regression ? "r2" : "accuracy";
  }

  private String beside() {
    return regression ? "correlation" : "chance";
  }

  /** Takes decodings, the columns of {@link DecodedTables#decodings}. */
  void addAll(Iterator<Row> rows) {
    rows.forEachRemaining(this::add);
  }

  private void add(Row row) {
    if (row.getAs("failure") != null) {
      fail(row);
      return;
    }
    decodings++;
    Part part = part(row);
    TimeWindow train = new TimeWindow(row.getAs("start"), row.getAs("stop"));
    TimeWindow test = new TimeWindow(row.getAs("testStart"), row.getAs("testStop"));
    parts.add(part);
    windows.add(train);
    Cell cell = cell(row, part, train, test);
    cells.computeIfAbsent(cell, c -> new Mean()).add(SessionScore.number(row, score()));
    besides.computeIfAbsent(cell, c -> new Mean()).add(SessionScore.number(row, beside()));
    Double p = row.getAs("pValue");
    if (p != null) {
      tested++;
      significant += p <= 0.05 ? 1 : 0;
    }
    if (!train.equals(test)) {
      generalised = true;
      return;
    }
    if (drawn) {
      sizes.add(row.getAs("neurons"));
    }
    classes.addAll(row.getList(row.fieldIndex("classLabels")));
    SessionScore.Key key = key(row, part, train);
    sessions.computeIfAbsent(key, k -> new SessionScore(k, score(), beside())).add(row);
  }

  private void fail(Row row) {
    failed++;
    String reason = row.getAs("failure");
    failedFor.merge(reason, 1, Integer::sum);
    if (failures.size() < MOST_FAILURES) {
      failures.add(
          new Failure(row.getAs("session"), row.getAs("group"), row.getAs("decoder"), reason));
    }
  }

  private static Part part(Row row) {
    return new Part(row.getAs("group"), row.getAs("decoder"));
  }

  private Cell cell(Row row, Part part, TimeWindow train, TimeWindow test) {
    return new Cell(part, train, test, drawn ? row.<Integer>getAs("neurons") : 0);
  }

  /** Resamples of a pseudo-population are shown one by one, draws of neurons are not. */
  private static SessionScore.Key key(Row row, Part part, TimeWindow window) {
    String session = row.getAs("session");
    Integer draw = row.getAs("draw");
    boolean resample = session.equals(PSEUDO_POPULATION) && draw != null;
    return new SessionScore.Key(
        resample ? session + ", resample " + (draw + 1) : session, part, window);
  }

  /** Takes scores of null labels, the columns of {@link DecodedTables#nulls}. */
  void addNulls(Iterator<Row> rows) {
    Optional<TimeWindow> shown = sessions.isEmpty() ? Optional.empty() : Optional.of(best());
    rows.forEachRemaining(
        row -> {
          TimeWindow train = new TimeWindow(row.getAs("start"), row.getAs("stop"));
          TimeWindow test = new TimeWindow(row.getAs("testStart"), row.getAs("testStop"));
          if (!train.equals(test)) {
            return;
          }
          List<Double> scores = row.getList(row.fieldIndex("nullScores"));
          double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
          Part part = part(row);
          nulls.computeIfAbsent(cell(row, part, train, test), c -> new NullCurve()).add(values);
          SessionScore session = sessions.get(key(row, part, train));
          if (session != null
              && session.draws() == 1
              && row.<Integer>getAs("neurons") == session.neurons()
              && shown.get().equals(train)) { // of other windows only the means are shown
            Arrays.sort(values);
            session.setNulls(values);
          }
        });
  }

  // --- What there is

  boolean isRegression() {
    return regression;
  }

  /** Decodings that have a score. */
  long decodings() {
    return decodings;
  }

  /** Decodings that failed. */
  long failed() {
    return failed;
  }

  /** Decodings that have a p. */
  long tested() {
    return tested;
  }

  /** Those whose p is at most 0.05. */
  long significant() {
    return significant;
  }

  /** Some of the failures. */
  List<Failure> failures() {
    return failures;
  }

  /** How often each reason occurs, the most frequent first. */
  List<Map.Entry<String, Integer>> reasons() {
    return failedFor.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .toList();
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  List<TimeWindow> windows() {
    return List.copyOf(windows);
  }

  /** Whether decoders were tested in other windows than their own. */
  boolean isGeneralised() {
    return generalised;
  }

  /** Numbers of neurons that were drawn, ascending; empty without draws. */
  List<Integer> sizes() {
    return List.copyOf(sizes);
  }

  /** Classes of all sessions, in order. */
  List<String> classes() {
    return List.copyOf(classes);
  }

  /** Number of distinct sessions that have a score. */
  long sessions() {
    return sessions.keySet().stream().map(SessionScore.Key::session).distinct().count();
  }

  /** The window whose mean over all sessions, groups and decoders is highest. */
  TimeWindow best() {
    SortedMap<TimeWindow, Mean> means = new TreeMap<>(TimeWindow.IN_ORDER);
    sessions
        .values()
        .forEach(
            one -> means.computeIfAbsent(one.key().window(), w -> new Mean()).add(one.score()));
    return means.entrySet().stream()
        .max(
            Comparator.<Map.Entry<TimeWindow, Mean>>comparingDouble(
                    entry ->
                        entry.getValue().number() == 0
                            ? Double.NEGATIVE_INFINITY
                            : entry.getValue().mean())
                .thenComparing(Map.Entry::getKey, TimeWindow.IN_ORDER.reversed()))
        .orElseThrow()
        .getKey();
  }

  /** The scores in a window, by part, then by session. */
  List<SessionScore> in(TimeWindow window) {
    return sessions.values().stream()
        .filter(one -> one.key().window().equals(window))
        .sorted(
            Comparator.<SessionScore, Part>comparing(one -> one.key().part(), Part.IN_ORDER)
                .thenComparing(SessionScore::session, DecodedScores::naturally))
        .toList();
  }

  /** Resample 2 before resample 10. */
  private static int naturally(String a, String b) {
    boolean resamples = a.startsWith(PSEUDO_POPULATION) && b.startsWith(PSEUDO_POPULATION);
    int byLength = resamples ? Integer.compare(a.length(), b.length()) : 0;
    return byLength != 0 ? byLength : ClassLabels.BY_CODE_POINT.compare(a, b);
  }

  /** Scores in a window, the highest first. */
  List<SessionScore> bestIn(TimeWindow window) {
    return in(window).stream()
        .filter(one -> !Double.isNaN(one.score()))
        .sorted(Comparator.<SessionScore>comparingDouble(one -> -one.score()))
        .collect(Collectors.toList());
  }

  /** The mean of a part from one window to another; empty where there is none. */
  Mean mean(Part part, TimeWindow train, TimeWindow test, int neurons) {
    return cells.getOrDefault(new Cell(part, train, test, neurons), new Mean());
  }

  /** What is shown beside the mean: chance, or the correlation. */
  Mean beside(Part part, TimeWindow train, TimeWindow test, int neurons) {
    return besides.getOrDefault(new Cell(part, train, test, neurons), new Mean());
  }

  /** The null distribution of {@link #mean}; of size 0 where there is none. */
  NullCurve nulls(Part part, TimeWindow window, int neurons) {
    return nulls.getOrDefault(new Cell(part, window, window, neurons), new NullCurve());
  }

  /** The largest number of neurons that was drawn, or 0 without draws. */
  int largest() {
    return sizes.isEmpty() ? 0 : sizes.last();
  }
}
