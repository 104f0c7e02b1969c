package org.neuroglia.spark.decoding.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.spark.plan.Values;

/**
 * The neurons of one session, each as it was measured in the windows of the session's events.
 * Responses are made from these bytes window by window.
 */
final class MeasuredNeurons implements SessionResponses {
  private static final int NEURON = 1;
  private static final int GROUP = 2;
  private static final int MEASURED = 3;
  private static final int EVENTS = 4;

  /**
   * Columns session, neuron (a string or a long), group, the bytes of a {@link Measurement}, and
   * the hash of the times of the events that it was measured around, Spark's xxhash64.
   */
  static StructType schema(DataType neuron) {
    return new StructType()
        .add("session", "string")
        .add("neuron", neuron)
        .add("group", "string")
        .add("measured", "binary")
        .add("events", "long");
  }

  private final SessionTrials trials;
  private final Measurement measurement;
  private final List<String> names = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();

  /** The rows of each neuron. */
  private final List<List<byte[]>> measured = new ArrayList<>();

  private final Set<Long> events = new HashSet<>();

  /** The place of each event in the order of time. */
  private final int[] place;

  /**
   * @param rows by neuron; a neuron may have several rows
   * @param trials around which they were measured
   * @throws InvalidInputException if rows of a neuron are of different groups, or the events are
   *     not those that the neurons were measured around
   */
  MeasuredNeurons(Iterator<Row> rows, SessionTrials trials, Measurement measurement) {
    this.trials = trials;
    this.measurement = measurement;
    Object neuron = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.get(NEURON).equals(neuron)) {
        neuron = row.get(NEURON);
        names.add(neuron.toString());
        groups.add(row.getString(GROUP));
        measured.add(new ArrayList<>(1));
      } else if (!Objects.equals(groups.get(groups.size() - 1), row.getString(GROUP))) {
        throw new InvalidInputException(
            String.format(
                "neuron %s has rows of different groups, %s and %s",
                neuron, groups.get(groups.size() - 1), row.getString(GROUP)));
      }
      measured.get(measured.size() - 1).add(row.getAs(MEASURED));
      events.add(row.getLong(EVENTS));
    }
    requireMeasuredAround(trials.ascendingTimes());
    this.place = trials.places();
  }

  /**
   * Checks that the events are still those that the neurons were measured around.
   *
   * @param times of the events, ascending
   * @throws InvalidInputException if they are others
   */
  private void requireMeasuredAround(double[] times) {
    long now = Values.hash(times);
    if (!events.isEmpty() && !events.equals(Set.of(now))) {
      throw new InvalidInputException(
          "its events are read twice and were different the second time: write them to a table, or"
              + " cache them, before they are decoded");
    }
  }

  @Override
  public int neurons() {
    return groups.size();
  }

  @Override
  public Map<String, int[]> groups(boolean apart) {
    return apart ? byGroup(groups) : together(neurons());
  }

  /** All neurons under the key null. */
  static Map<String, int[]> together(int neurons) {
    return Collections.singletonMap(null, IntStream.range(0, neurons).toArray());
  }

  /**
   * The neurons of each group.
   *
   * @param groups of each neuron, null where it has none
   */
  static SortedMap<String, int[]> byGroup(List<String> groups) {
    SortedMap<String, int[]> byGroup = new TreeMap<>(ClassLabels.BY_CODE_POINT);
    groups.stream()
        .filter(group -> group != null)
        .forEach(
            group ->
                byGroup.computeIfAbsent(
                    group,
                    g ->
                        IntStream.range(0, groups.size())
                            .filter(i -> g.equals(groups.get(i)))
                            .toArray()));
    return byGroup;
  }

  @Override
  public Responses responses(int window, int[] neurons) {
    double[] values = new double[Math.multiplyExact(place.length, neurons.length)];
    for (int j = 0; j < neurons.length; j++) {
      double[] inTime = measurement.values(measured.get(neurons[j]), window, place.length);
      for (int event = 0; event < place.length; event++) {
        double value = inTime[place[event]];
        if (!Double.isFinite(value)) {
          throw new InvalidInputException(
              String.format(
                  "the response of neuron %s to event %d is %s; decoders take finite numbers only",
                  names.get(neurons[j]), trials.event(event), value));
        }
        values[event * neurons.length + j] = value;
      }
    }
    return new Responses(values, place.length, neurons.length);
  }
}
