package org.neuroglia.decoding.split;

import java.io.Serializable;
import org.neuroglia.InvalidInputException;

/**
 * Responses of neurons to events: one number per event and neuron.
 *
 * @param values [event × neuron], row by row; not copied
 * @param events number of events
 * @param neurons number of neurons
 */
public record Responses(double[] values, int events, int neurons) implements Serializable {
  private static final long serialVersionUID = 1L;

  public Responses {
    if (values.length != Math.multiplyExact(events, neurons)) {
      throw new InvalidInputException(
          values.length + " values are not " + events + " events × " + neurons + " neurons");
    }
  }

  /** A row per event. */
  public static Responses of(double[][] rows) {
    int neurons = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[Math.multiplyExact(rows.length, neurons)];
    for (int event = 0; event < rows.length; event++) {
      if (rows[event].length != neurons) {
        throw new InvalidInputException(
            "event " + event + " has " + rows[event].length + " neurons, event 0 has " + neurons);
      }
      System.arraycopy(rows[event], 0, values, event * neurons, neurons);
    }
    return new Responses(values, rows.length, neurons);
  }

  public double get(int event, int neuron) {
    return values[event * neurons + neuron];
  }

  /** A copy of some events, in the order given. */
  public Responses select(int[] chosen) {
    double[] copy = new double[Math.multiplyExact(chosen.length, neurons)];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * neurons, copy, i * neurons, neurons);
    }
    return new Responses(copy, chosen.length, neurons);
  }

  /** A copy of the responses of some neurons, in the order given. */
  public Responses selectNeurons(int[] chosen) {
    double[] copy = new double[Math.multiplyExact(events, chosen.length)];
    for (int event = 0; event < events; event++) {
      for (int j = 0; j < chosen.length; j++) {
        copy[event * chosen.length + j] = values[event * neurons + chosen[j]];
      }
    }
    return new Responses(copy, events, chosen.length);
  }

  /** Refuses NaN and infinities, which no decoder here accepts (nor does scikit-learn). */
  public void requireFinite() {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInputException(
            "the response of neuron "
                + i % neurons
                + " to event "
                + i / neurons
                + " (both counted from 0) is "
                + values[i]
                + "; decoders take finite numbers only");
      }
    }
  }
}
