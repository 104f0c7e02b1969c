package org.neuroglia.spark.tensor;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.neuroglia.InvalidInputException;

/**
 * The neurons of a tensor or a response, in the order of its axis: one list per session.
 *
 * <p>Strings sort by code point and integers by value, as in neuroglia. A table without a session
 * column is the one session {@link #ONLY}.
 *
 * <p>The axis is written into the metadata of a column, under the key {@code neuroglia}, so that
 * later stages know the names of the features, and refuse sessions with different neurons where one
 * width is needed.
 */
public final class NeuronAxis implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The session of a table that has no session column. */
  public static final String ONLY = "";

  private static final String KEY = "neuroglia";
  private static final String NEURONS = "neurons";
  private static final String DIFFER = "differ";
  private static final String NOTE = "note";

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
    String[] columns = neurons.columns();
    List<Row> rows =
        neurons
            .where(col(columns[0]).isNotNull().and(col(columns[1]).isNotNull()))
            .distinct()
            .collectAsList();
    SortedMap<String, List<String>> bySession = new TreeMap<>();
    for (Row row : rows) {
      bySession.computeIfAbsent(row.getString(0), s -> new ArrayList<>()).add(row.getString(1));
    }
    Comparator<String> order =
        integers ? Comparator.comparingLong(Long::parseLong) : NeuronAxis::compareCodePoints;
    SortedMap<String, String[]> labels = new TreeMap<>();
    bySession.forEach(
        (session, list) -> {
          list.sort(order);
          labels.put(session, list.toArray(String[]::new));
        });
    return new NeuronAxis(labels);
  }

  /** Order of Python's strings: by code point, where Java's is by UTF-16 unit. */
  static int compareCodePoints(String a, String b) {
    return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  /** The neurons of each session, in order. */
  public SortedMap<String, String[]> labels() {
    return Collections.unmodifiableSortedMap(labels);
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

  /** Metadata that describes this axis on a column. */
  public Metadata metadata() {
    MetadataBuilder axis = new MetadataBuilder();
    List<String> sessions = new ArrayList<>(labels.keySet());
    String other =
        sessions.stream()
            .filter(s -> !Arrays.equals(labels.get(s), labels.get(sessions.get(0))))
            .findFirst()
            .orElse(null);
    if (other != null) {
      String first = sessions.get(0);
      axis.putBoolean(DIFFER, true)
          .putString(
              NOTE,
              String.format(
                  "session \"%s\" has %d neurons and session \"%s\" %d",
                  first, width(first), other, width(other)));
    } else if (!sessions.isEmpty()) {
      axis.putStringArray(NEURONS, labels.get(sessions.get(0)));
    }
    return new MetadataBuilder().putMetadata(KEY, axis.build()).build();
  }

  /** The neurons that a column's metadata names, or an empty array if it names none. */
  public static String[] neurons(Metadata metadata) {
    Metadata axis = axis(metadata);
    return axis.contains(NEURONS) ? axis.getStringArray(NEURONS) : new String[0];
  }

  /**
   * The metadata of a features vector [neuron], whose axis is that of a tensor with {@code
   * metadata}: an MLlib AttributeGroup, beside what tells that sessions differ.
   */
  public static Metadata ofFeatures(String name, Metadata metadata) {
    String[] neurons = neurons(metadata);
    AttributeGroup group =
        neurons.length == 0
            ? new AttributeGroup(name)
            : new AttributeGroup(
                name,
                Arrays.stream(neurons)
                    .map(n -> NumericAttribute.defaultAttr().withName(n))
                    .toArray(NumericAttribute[]::new));
    return new MetadataBuilder()
        .withMetadata(group.toMetadata())
        .putMetadata(KEY, axis(metadata))
        .build();
  }

  /**
   * Refuses a column whose rows have different neurons.
   *
   * @param stage the stage that needs one width, for the message
   * @throws InvalidInputException if the column's metadata says that its sessions have different
   *     neurons
   */
  public static void requireOneWidth(StructField field, String stage) {
    Metadata axis = axis(field.metadata());
    if (axis.contains(DIFFER) && axis.getBoolean(DIFFER)) {
      throw new InvalidInputException(
          String.format(
              "%s needs the same neurons in every row of \"%s\", but %s: give it one session",
              stage, field.name(), axis.getString(NOTE)));
    }
  }

  private static Metadata axis(Metadata metadata) {
    return metadata.contains(KEY) ? metadata.getMetadata(KEY) : Metadata.empty();
  }

  @Override
  public String toString() {
    return labels.entrySet().stream()
        .map(e -> (e.getKey().equals(ONLY) ? "" : e.getKey() + ": ") + e.getValue().length)
        .collect(Collectors.joining(", ", "neurons(", ")"));
  }
}
