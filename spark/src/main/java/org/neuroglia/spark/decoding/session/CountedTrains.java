package org.neuroglia.spark.decoding.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.neuroglia.event.WindowCounts;
import org.neuroglia.spark.plan.Values;
import org.neuroglia.tensor.ResponseReducer;

/**
 * The trains of one session, each as its counts in the windows of the session's events: a few bytes
 * per event, however many spikes there are. Responses are made from them window by window.
 */
final class CountedTrains {
  static final int NEURON = 1;
  static final int GROUP = 2;
  static final int COUNTS = 3;
  static final int EVENTS = 4;

  /**
   * Columns session, neuron (a string or a long), group, counts, and of the times of the events
   * that it was counted around the hash, Spark's xxhash64.
   */
  static StructType schema(DataType neuron) {
    return new StructType()
        .add("session", "string")
        .add("neuron", neuron)
        .add("group", "string")
        .add("counts", "binary")
        .add("events", "long");
  }

  private final WindowCounts windows;
  private final Optional<ResponseReducer> reducer;
  private final List<String> groups = new ArrayList<>();

  /** Of each row, the neuron that it is of. */
  private final List<Integer> neuronOfRow = new ArrayList<>();

  private final List<byte[]> counts = new ArrayList<>();
  private final Set<Long> events = new HashSet<>();

  /**
   * @param rows by neuron; a neuron with several rows has the spikes of all of them
   * @param windows that were counted in
   * @param reducer makes one number of a window's bins; empty where windows have one bin
   * @throws InvalidInputException if rows of a neuron are of different groups
   */
  CountedTrains(Iterator<Row> rows, WindowCounts windows, Optional<ResponseReducer> reducer) {
    this.windows = windows;
    this.reducer = reducer;
    Object neuron = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.get(NEURON).equals(neuron)) {
        neuron = row.get(NEURON);
        groups.add(row.getString(GROUP));
      } else if (!Objects.equals(groups.get(groups.size() - 1), row.getString(GROUP))) {
        throw new InvalidInputException(
            String.format(
                "neuron %s has rows of different groups, %s and %s",
                neuron, groups.get(groups.size() - 1), row.getString(GROUP)));
      }
      neuronOfRow.add(groups.size() - 1);
      counts.add(row.getAs(COUNTS));
      events.add(row.getLong(EVENTS));
    }
  }

  /**
   * Checks that the events are still those that the trains were counted around.
   *
   * @param times of the events, ascending
   * @throws InvalidInputException if they are others
   */
  void requireCountedAround(double[] times) {
    long now = Values.hash(times);
    if (!events.isEmpty() && !events.equals(Set.of(now))) {
      throw new InvalidInputException(
          "its events are read twice and were different the second time: write them to a table, or"
              + " cache them, before they are decoded");
    }
  }

  int neurons() {
    return groups.size();
  }

  /**
   * The neurons to decode from together, in the order of the axis.
   *
   * @param apart whether each group is decoded by itself, those without a group not at all; else
   *     all neurons are under the key null
   */
  Map<String, int[]> groups(boolean apart) {
    return apart
        ? byGroup()
        : Collections.singletonMap(null, IntStream.range(0, neurons()).toArray());
  }

  private SortedMap<String, int[]> byGroup() {
    SortedMap<String, int[]> byGroup = new TreeMap<>(ClassLabels.BY_CODE_POINT);
    groups.stream()
        .filter(group -> group != null)
        .forEach(
            group ->
                byGroup.computeIfAbsent(
                    group,
                    g ->
                        IntStream.range(0, neurons())
                            .filter(i -> g.equals(groups.get(i)))
                            .toArray()));
    return byGroup;
  }

  /**
   * Responses in one window.
   *
   * @param neurons that are wanted, ascending
   * @param place of each event among the events as they were counted
   */
  Responses responses(int window, int[] neurons, int[] place) {
    int bins = windows.bins(window);
    int events = place.length;
    int[] column = new int[neurons()];
    Arrays.fill(column, -1);
    for (int i = 0; i < neurons.length; i++) {
      column[neurons[i]] = i;
    }
    double[] values = new double[Math.multiplyExact(events, neurons.length)];
    double[] cells = new double[Math.multiplyExact(events, bins)];
    double[] line = new double[bins];
    for (int row = 0; row < counts.size(); ) {
      int neuron = neuronOfRow.get(row);
      Arrays.fill(cells, 0);
      for (; row < counts.size() && neuronOfRow.get(row) == neuron; row++) {
        if (column[neuron] >= 0) {
          windows.addTo(counts.get(row), window, cells, 0, 1);
        }
      }
      if (column[neuron] < 0) {
        continue;
      }
      for (int event = 0; event < events; event++) {
        double value = cells[place[event]];
        if (reducer.isPresent()) {
          System.arraycopy(cells, place[event] * bins, line, 0, bins);
          value = reducer.get().reduce(line);
        }
        values[event * neurons.length + column[neuron]] = value;
      }
    }
    return new Responses(values, events, neurons.length);
  }
}
