package org.neuroglia.spark.decoding.session;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

/** Responses that came with the events of one session, as {@link ResponseWindows} wrote them. */
final class ResponseRows implements SessionResponses {
  /** The group of each neuron that has one. */
  static final StructType GROUPS =
      new StructType()
          .add("session", DataTypes.StringType, false)
          .add("neuron", "string")
          .add("group", "string");

  private static final int NEURON = 1;
  private static final int GROUP = 2;

  private final SessionTrials trials;
  private final int neurons;
  private final Map<String, String> groupOf = new HashMap<>();
  private final String[] names;

  /**
   * @param groups {@link #GROUPS}; none where neurons are decoded together
   * @param trials with their responses
   * @param names of the neurons in the order of the axis; empty where they are not known
   * @param windows that each event has responses in
   * @throws InvalidInputException if an event has no responses, or those of other neurons
   */
  ResponseRows(Iterator<Row> groups, SessionTrials trials, String[] names, int windows) {
    this.trials = trials;
    this.names = names;
    this.neurons = trials.size() == 0 ? 0 : width(0, windows);
    for (int i = 1; i < trials.size(); i++) {
      if (width(i, windows) != neurons) {
        throw new InvalidInputException(
            String.format(
                "event %d has %d neurons, event %d has %d",
                trials.event(i), width(i, windows), trials.event(0), neurons));
      }
    }
    while (groups.hasNext()) {
      Row row = groups.next();
      String before = groupOf.put(row.getString(NEURON), row.getString(GROUP));
      if (before != null && !before.equals(row.getString(GROUP))) {
        throw new InvalidInputException(
            String.format(
                "neuron %s has rows of different groups, %s and %s",
                row.getString(NEURON), before, row.getString(GROUP)));
      }
    }
  }

  private int width(int i, int windows) {
    return trials.responses(i).length / Double.BYTES / windows;
  }

  @Override
  public int neurons() {
    return neurons;
  }

  @Override
  public Map<String, int[]> groups(boolean apart) {
    if (!apart) {
      return MeasuredNeurons.together(neurons);
    }
    List<String> groups = Arrays.stream(names).map(groupOf::get).toList();
    return MeasuredNeurons.byGroup(groups);
  }

  @Override
  public Responses responses(int window, int[] chosen) {
    double[] values = new double[Math.multiplyExact(trials.size(), chosen.length)];
    for (int i = 0; i < trials.size(); i++) {
      DoubleBuffer all = ByteBuffer.wrap(trials.responses(i)).asDoubleBuffer();
      for (int j = 0; j < chosen.length; j++) {
        double value = all.get(window * neurons + chosen[j]);
        if (!Double.isFinite(value)) {
          throw new InvalidInputException(
              String.format(
                  "the response of neuron %d (counted from 0) to event %d is %s; decoders take"
                      + " finite numbers only",
                  chosen[j], trials.event(i), value));
        }
        values[i * chosen.length + j] = value;
      }
    }
    return new Responses(values, trials.size(), chosen.length);
  }
}
