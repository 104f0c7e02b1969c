package org.neuroglia.spark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.neuroglia.decoding.split.ClassLabels;

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
  private final SortedMap<Part, Part> parts = new TreeMap<>(Part.IN_ORDER);
  private final SortedMap<TimeWindow, TimeWindow> windows = new TreeMap<>(TimeWindow.IN_ORDER);
  private final Map<String, String> names = new HashMap<>();
  private final SortedMap<Integer, Set<Population>> sizes = new TreeMap<>();
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
    Part part = first(part(row), parts);
    TimeWindow train = first(new TimeWindow(row.getAs("start"), row.getAs("stop")), windows);
    TimeWindow test = new TimeWindow(row.getAs("testStart"), row.getAs("testStop"));
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
      String session = first(row.<String>getAs("session"), names);
      sizes
          .computeIfAbsent(row.getAs("neurons"), size -> new HashSet<>())
          .add(new Population(session, part.group()));
    }
    classes.addAll(row.getList(row.fieldIndex("classLabels")));
    SessionScore.Key key = key(row, part, train);
    sessions.computeIfAbsent(key, SessionScore::new).add(row, score(), beside());
  }

  /** The first of those that equal it: each row has its own, and one of them is enough. */
  private static <T> T first(T one, Map<T, T> known) {
    T before = known.putIfAbsent(one, one);
    return before == null ? one : before;
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
  private SessionScore.Key key(Row row, Part part, TimeWindow window) {
    String session = row.getAs("session");
    Integer draw = row.getAs("draw");
    boolean resample = session.equals(PSEUDO_POPULATION) && draw != null;
    String name = resample ? session + ", resample " + (draw + 1) : session;
    return new SessionScore.Key(first(name, names), part, window);
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
    return List.copyOf(parts.keySet());
  }

  List<TimeWindow> windows() {
    return List.copyOf(windows.keySet());
  }

  /** Whether decoders were tested in other windows than their own. */
  boolean isGeneralised() {
    return generalised;
  }

  /** Numbers of neurons that were drawn, ascending; empty without draws. */
  List<Integer> sizes() {
    return List.copyOf(sizes.keySet());
  }

  /** The neurons of a session, or those of a group of them. */
  private record Population(String session, String group) {}

  /** How many populations have so many neurons. */
  int populations(int size) {
    return sizes.getOrDefault(size, Set.of()).size();
  }

  /** Classes of all sessions, in order. */
  List<String> classes() {
    return List.copyOf(classes);
  }

  /** Number of distinct sessions, or pairs of session and group, that have a score. */
  long populations() {
    return sessions.keySet().stream()
        .map(key -> new Population(key.session(), key.part().group()))
        .distinct()
        .count();
  }

  /** Number of distinct sessions that have a score. */
  long sessions() {
    return sessions.keySet().stream().map(SessionScore.Key::session).distinct().count();
  }

  /**
   * Whether the score is one that means are of: with draws, of the largest number of neurons, which
   * not all sessions may have.
   */
  boolean isInMeans(SessionScore one) {
    return !drawn || one.neurons() == largest();
  }

  /** The window whose {@link #mean} is highest; of equal ones the first. */
  TimeWindow best() {
    return windows.keySet().stream()
        .max(
            Comparator.<TimeWindow>comparingDouble(this::comparable)
                .thenComparing(TimeWindow.IN_ORDER.reversed()))
        .orElseThrow();
  }

  /** Without what depends on the order of a sum, so that equal means are equal. */
  private double comparable(TimeWindow window) {
    double mean = mean(window);
    return Double.isNaN(mean) ? Double.NEGATIVE_INFINITY : Math.rint(mean * 1e9);
  }

  /**
   * The mean of a window over all groups, decoders and sessions: with draws, over all of the
   * largest number of neurons, as {@link #largest} has it. NaN if there is none.
   */
  double mean(TimeWindow window) {
    return mean(cells, window);
  }

  /** The same of what is shown beside the score. */
  double beside(TimeWindow window) {
    return mean(besides, window);
  }

  private double mean(Map<Cell, Mean> of, TimeWindow window) {
    double sum = 0;
    long number = 0;
    for (Part part : parts.keySet()) {
      Mean mean = of.getOrDefault(new Cell(part, window, window, largest()), new Mean());
      sum += mean.number() == 0 ? 0 : mean.number() * mean.mean();
      number += mean.number();
    }
    return sum / number;
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
    return sizes.isEmpty() ? 0 : sizes.lastKey();
  }
}
