package org.neuroglia.spark.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.neuroglia.InvalidInputException;
import org.neuroglia.event.TimeSlices;
import scala.Tuple4;
import scala.Tuple5;

/**
 * Samples the neurons of a partition at all events of their session: (session, neuron, times,
 * values, events) to parts (session, home, places of neurons, numbers).
 *
 * <p>Events are pairs of time and duration, ascending and the same in every row of a session. A
 * part holds, neuron after neuron, the numbers at the events of one home.
 */
final class NeuronParts
    implements MapPartitionsFunction<
        Tuple5<String, String, double[], double[], double[]>,
        Tuple4<String, Long, int[], double[]>> {
  private static final long serialVersionUID = 1L;

  /** Parts are sent on when they take this much memory together. */
  private static final long MOST_BYTES = 32L << 20;

  private final NeuronSampler sampler;
  private final NeuronAxis neurons;
  private final TimeSlices slices;

  NeuronParts(NeuronSampler sampler, NeuronAxis neurons, TimeSlices slices) {
    this.sampler = sampler;
    this.neurons = neurons;
    this.slices = slices;
  }

  @Override
  public Iterator<Tuple4<String, Long, int[], double[]>> call(
      Iterator<Tuple5<String, String, double[], double[], double[]>> rows) {
    return new Iterator<>() {
      private Iterator<Tuple4<String, Long, int[], double[]>> ready =
          List.<Tuple4<String, Long, int[], double[]>>of().iterator();

      @Override
      public boolean hasNext() {
        while (!ready.hasNext() && rows.hasNext()) {
          ready = sampleSome().iterator();
        }
        return ready.hasNext();
      }

      @Override
      public Tuple4<String, Long, int[], double[]> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.next();
      }

      private List<Tuple4<String, Long, int[], double[]>> sampleSome() {
        Map<String, Session> sessions = new HashMap<>();
        long bytes = 0;
        while (bytes < MOST_BYTES && rows.hasNext()) {
          var row = rows.next();
          int neuron = neurons.indexOf(row._1(), row._2());
          if (neuron >= 0) {
            Session session = sessions.computeIfAbsent(row._1(), s -> new Session(row._5()));
            bytes += session.sample(neuron, row._2(), row._3(), row._4());
          }
        }
        List<Tuple4<String, Long, int[], double[]>> parts = new ArrayList<>();
        sessions.forEach((name, session) -> session.addParts(name, parts));
        return parts;
      }
    };
  }

  /** The events of a session and what some neurons gave at them. */
  private final class Session {
    private final double[] events;
    private final double[] durations;
    private final List<Integer> places = new ArrayList<>();
    private final List<double[]> numbers = new ArrayList<>();

    Session(double[] pairs) {
      events = new double[pairs.length / 2];
      durations = new double[events.length];
      for (int e = 0; e < events.length; e++) {
        events[e] = pairs[2 * e];
        durations[e] = pairs[2 * e + 1];
      }
    }

    long sample(int neuron, String label, double[] times, double[] values) {
      if ((long) events.length * sampler.perEvent() > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(
            String.format(
                "%d events of a session with %d samples each are more than one neuron can be sampled"
                    + " at; take the events in parts",
                events.length, sampler.perEvent()));
      }
      double[] out = new double[events.length * sampler.perEvent()];
      try {
        sampler.sample().at(times, values, events, durations, out);
      } catch (InvalidInputException e) {
        throw new InvalidInputException("neuron " + label + ": " + e.getMessage(), e);
      }
      places.add(neuron);
      numbers.add(out);
      return 8L * out.length;
    }

    void addParts(String session, List<Tuple4<String, Long, int[], double[]>> parts) {
      int[] ofNeurons = places.stream().mapToInt(Integer::intValue).toArray();
      int from = 0;
      while (from < events.length) {
        long home = TensorSampling.home(slices, events[from]);
        int to = from + 1;
        while (to < events.length && TensorSampling.home(slices, events[to]) == home) {
          to++;
        }
        int each = (to - from) * sampler.perEvent();
        double[] part = new double[each * ofNeurons.length];
        for (int k = 0; k < ofNeurons.length; k++) {
          System.arraycopy(numbers.get(k), from * sampler.perEvent(), part, k * each, each);
        }
        parts.add(new Tuple4<>(session, home, Arrays.copyOf(ofNeurons, ofNeurons.length), part));
        from = to;
      }
    }
  }
}
