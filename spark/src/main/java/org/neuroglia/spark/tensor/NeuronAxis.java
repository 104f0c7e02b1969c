package org.neuroglia.spark.tensor;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.Sessions;

/**
 * The neurons of a tensor or a response, in the order of its axis: one list per session.
 *
 * <p>Strings sort by code point and integers by value, as in neuroglia. A table without a session
 * column is the one session {@link Sessions#ONLY}.
 *
 * <p>{@link TensorMetadata} tells later stages of it.
 */
public final class NeuronAxis implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String[]> labels;
  private transient Map<String, Map<String, Integer>> indices;

  /**
   * @param labels the neurons of each session, in order
   */
  public NeuronAxis(SortedMap<String, String[]> labels) {
    this.labels = new TreeMap<>(labels);
  }

  /**
   * The neurons of some spikes: runs one job.
   *
   * @param neurons columns session (string) and neuron; other rows of a neuron change nothing,
   *     nulls are left out
   * @param integers whether neurons are integers, which sort by value
   */
  public static NeuronAxis of(Dataset<Row> neurons, boolean integers) {
    return of(neurons, integers, false);
  }

  /**
   * The same.
   *
   * @param few whether there are surely few rows: to find what is distinct takes a shuffle, and to
   *     take the rows as they are does not
   */
  public static NeuronAxis of(Dataset<Row> neurons, boolean integers, boolean few) {
    String[] columns = neurons.columns();
    Dataset<Row> named =
        neurons.where(col(columns[0]).isNotNull().and(col(columns[1]).isNotNull()));
    List<Row> rows = (few ? named : named.distinct()).collectAsList();
    Map<String, Set<String>> names = new HashMap<>();
    for (Row row : rows) {
      names.computeIfAbsent(row.getString(0), s -> new HashSet<>()).add(row.getString(1));
    }
    return of(names, integers);
  }

  /**
   * The same of names that are known.
   *
   * @param names of the neurons of each session, in any order
   */
  public static NeuronAxis of(Map<String, Set<String>> names, boolean integers) {
    Comparator<String> order =
        integers ? Comparator.comparingLong(Long::parseLong) : ClassLabels.BY_CODE_POINT;
    SortedMap<String, String[]> labels = new TreeMap<>();
    names.forEach(
        (session, set) -> labels.put(session, set.stream().sorted(order).toArray(String[]::new)));
    return new NeuronAxis(labels);
  }

  /** The axis of a stage that is not fitted. */
  public static NeuronAxis unknown() {
    return new NeuronAxis(new TreeMap<>());
  }

  /** The neurons of each session, in order. */
  public SortedMap<String, String[]> labels() {
    return Collections.unmodifiableSortedMap(labels);
  }

  /** Number of neurons of each session. */
  public Map<String, Integer> widths() {
    Map<String, Integer> widths = new HashMap<>();
    labels.forEach((session, list) -> widths.put(session, list.length));
    return widths;
  }

  /** Number of neurons of a session, or -1 if the session is unknown. */
  public int width(String session) {
    String[] list = labels.get(session);
    return list == null ? -1 : list.length;
  }

  /** Place of a neuron on the axis of its session, or -1 if either is unknown. */
  public int indexOf(String session, String neuron) {
    if (indices == null) {
      Map<String, Map<String, Integer>> all = new HashMap<>();
      labels.forEach(
          (name, list) -> {
            Map<String, Integer> places = new HashMap<>();
            for (String label : list) {
              places.put(label, places.size());
            }
            all.put(name, places);
          });
      indices = all;
    }
    return indices.getOrDefault(session, Map.of()).getOrDefault(neuron, -1);
  }

  /** What a tensor's column says of this axis, beside its sample times. */
  public TensorMetadata metadata(double[] sampleTimes) {
    if (labels.isEmpty()) {
      return new TensorMetadata(new String[0], sampleTimes, "");
    }
    String first = labels.firstKey();
    return labels.keySet().stream()
        .filter(s -> !Arrays.equals(labels.get(s), labels.get(first)))
        .findFirst()
        .map(other -> new TensorMetadata(new String[0], sampleTimes, differ(first, other)))
        .orElseGet(() -> new TensorMetadata(labels.get(first), sampleTimes, ""));
  }

  private String differ(String session, String other) {
    return String.format(
        "session \"%s\" has %d neurons and session \"%s\" %s",
        session,
        width(session),
        other,
        width(session) == width(other) ? "as many others" : Integer.toString(width(other)));
  }

  @Override
  public String toString() {
    return labels.entrySet().stream()
        .map(e -> (e.getKey().equals(Sessions.ONLY) ? "" : e.getKey() + ": ") + e.getValue().length)
        .collect(Collectors.joining(", ", "neurons(", ")"));
  }
}
