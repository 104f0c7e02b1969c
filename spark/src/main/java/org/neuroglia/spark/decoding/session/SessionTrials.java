package org.neuroglia.spark.decoding.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.AscendingTimes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.SessionLabels;

/**
 * The events of one session that have a time and a label, in the order of their numbers, and the
 * labels of other sessions that came with them.
 */
public final class SessionTrials {
  static final int EVENT = 1;
  static final int TIME = 2;
  static final int LABEL = 3;
  static final int SPLIT = 4;
  static final int STRATUM = 5;
  public static final int DONOR = 6;
  static final int RESPONSES = 7;

  /**
   * A row is an event, or, where {@code donor} is not null, the labels of another session. {@code
   * responses} are those that came with the event, as {@link ResponseWindows} writes them.
   */
  static StructType schema(DataType label) {
    return new StructType()
        .add("session", "string")
        .add("event", "long")
        .add("time", "double")
        .add("label", label)
        .add("split", "string")
        .add("stratum", "string")
        .add("donor", DonorLabels.type(label))
        .add("responses", "binary");
  }

  private final List<Long> events = new ArrayList<>();
  private final List<Object> labels = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();
  private final List<String> splits = new ArrayList<>();
  private final List<String> strata = new ArrayList<>();
  private final List<byte[]> responses = new ArrayList<>();
  private final List<List<Object>> donors = new ArrayList<>();
  private final boolean text;
  private long unlabelled;

  /**
   * @param rows donors first, then events by number
   * @param text whether labels are strings
   */
  public SessionTrials(Iterator<Row> rows, boolean text) {
    this.text = text;
    Long before = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.isNullAt(DONOR)) {
        donors.add(DonorLabels.labels(row.getStruct(DONOR)));
        continue;
      }
      if (row.isNullAt(EVENT)) {
        throw new InvalidInputException("an event has no number: it is null");
      }
      long event = row.getLong(EVENT);
      if (before != null && before == event) {
        throw new InvalidInputException(
            "event " + event + " occurs more than once; give each event a number of its own");
      }
      before = event;
      Object label = Label.of(row.get(LABEL));
      if (label == null || row.isNullAt(TIME) || Double.isNaN(row.getDouble(TIME))) {
        unlabelled++;
        continue;
      }
      events.add(event);
      labels.add(label);
      times.add(row.getDouble(TIME));
      splits.add(row.getString(SPLIT));
      strata.add(row.getString(STRATUM));
      responses.add(row.getAs(RESPONSES));
    }
  }

  /** Events with a time and a label. */
  public int size() {
    return events.size();
  }

  /** Events that are left out. */
  public long unlabelled() {
    return unlabelled;
  }

  public long event(int i) {
    return events.get(i);
  }

  /**
   * The responses that came with an event.
   *
   * @throws InvalidInputException if they are null
   */
  byte[] responses(int i) {
    if (responses.get(i) == null) {
      throw new InvalidInputException("event " + event(i) + " has no features: they are null");
    }
    return responses.get(i);
  }

  Object label(int i) {
    return labels.get(i);
  }

  /** Times of the events that have a label, ascending. */
  double[] ascendingTimes() {
    return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The place of each event among all in the order of time, as they were counted. */
  int[] places() {
    int[] order = AscendingTimes.order(times.stream().mapToDouble(Double::doubleValue).toArray());
    int[] place = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      place[order[i]] = i;
    }
    return place;
  }

  /**
   * @throws InvalidInputException if there are fewer than two classes
   */
  public ClassLabels classes() {
    return distinct("a decoder needs at least 2 classes");
  }

  /**
   * The values of a continuous target, each once.
   *
   * @throws InvalidInputException if there are fewer than two
   */
  ClassLabels targets() {
    return distinct("a regression needs at least 2 values");
  }

  private ClassLabels distinct(String need) {
    if (labels.isEmpty()) {
      throw new InvalidInputException("no event has a label");
    }
    ClassLabels distinct = Label.classes(labels, text);
    if (distinct.size() < 2) {
      throw new InvalidInputException(
          "all labels are " + distinct.names().get(0) + ", and " + need);
    }
    return distinct;
  }

  /**
   * The classes of all sessions, which came as the labels of a donor.
   *
   * @throws InvalidInputException if there are fewer than two
   */
  ClassLabels classesOfAll() {
    List<Object> all = donors.stream().flatMap(List::stream).toList();
    ClassLabels classes = Label.classes(all, text);
    if (classes.size() < 2) {
      throw new InvalidInputException(
          "all labels of all sessions are the same, and a decoder needs at least 2 classes");
    }
    return classes;
  }

  /** The class of each event. */
  int[] codes(ClassLabels classes) {
    return labels.stream().mapToInt(label -> Label.code(classes, label)).toArray();
  }

  /** Class codes, groups, strata and donors. */
  public SessionLabels coded(String session, ClassLabels classes) {
    SessionLabels coded =
        new SessionLabels(session, codes(classes), classes.size())
            .withGroups(codes(splits))
            .withStrata(codes(strata));
    return donors.isEmpty() ? coded : withDonors(coded, classes);
  }

  /** Codes in the order of the texts, numbers by value; −1 for null. */
  private static int[] codes(List<String> texts) {
    List<String> present = texts.stream().filter(text -> text != null).distinct().toList();
    ClassLabels byValue =
        ClassLabels.of(
            present.stream()
                .filter(SessionTrials::isNumber)
                .mapToDouble(Double::parseDouble)
                .toArray());
    // Texts that are not numbers, or that a double cannot tell apart, go by their letters.
    boolean numbers = byValue.size() == present.size();
    ClassLabels codes = numbers ? byValue : ClassLabels.of(present);
    return texts.stream()
        .mapToInt(
            text ->
                text == null
                    ? -1
                    : numbers ? codes.code(Double.parseDouble(text)) : codes.code(text))
        .toArray();
  }

  private static boolean isNumber(String text) {
    try {
      return !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Labels that only donors have, in the order of their codes, which follow the session's own. */
  ClassLabels foreign(ClassLabels own) {
    List<Object> foreign =
        donors.stream()
            .flatMap(List::stream)
            .filter(label -> Label.code(own, label) < 0)
            .distinct()
            .toList();
    return Label.classes(foreign, text);
  }

  private SessionLabels withDonors(SessionLabels coded, ClassLabels classes) {
    ClassLabels others = foreign(classes);
    int[][] codes =
        donors.stream()
            .map(
                donor ->
                    donor.stream()
                        .mapToInt(
                            label -> {
                              int own = Label.code(classes, label);
                              return own >= 0 ? own : classes.size() + Label.code(others, label);
                            })
                        .toArray())
            .toArray(int[][]::new);
    return coded.withDonors(codes, classes.size() + others.size());
  }
}
