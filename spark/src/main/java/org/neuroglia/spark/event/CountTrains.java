package org.neuroglia.spark.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.TimeSlices;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.tensor.Cells;
import org.neuroglia.tensor.SparseCounts;
import scala.Tuple3;
import scala.Tuple4;

/**
 * Counts the trains of a partition at all events of their session: (session, neuron, times, event
 * times) to parts (session, home, counts). Event times are ascending and the same in every row of a
 * session.
 */
final class CountTrains
    implements MapPartitionsFunction<
        Tuple4<String, String, double[], double[]>, Tuple3<String, Long, byte[]>> {
  private static final long serialVersionUID = 1L;

  /** Parts are sent on when they take this much memory together. */
  private static final long MOST_BYTES = 64L << 20;

  private final PeriEventSpikeSampler sampler;
  private final NeuronAxis neurons;
  private final TimeSlices slices;

  CountTrains(PeriEventSpikeSampler sampler, NeuronAxis neurons, TimeSlices slices) {
    this.sampler = sampler;
    this.neurons = neurons;
    this.slices = slices;
  }

  @Override
  public Iterator<Tuple3<String, Long, byte[]>> call(
      Iterator<Tuple4<String, String, double[], double[]>> trains) {
    return new Iterator<>() {
      private final Cells cells = new Cells();
      private Iterator<Tuple3<String, Long, byte[]>> ready =
          List.<Tuple3<String, Long, byte[]>>of().iterator();

      @Override
      public boolean hasNext() {
        while (!ready.hasNext() && trains.hasNext()) {
          ready = countSome().iterator();
        }
        return ready.hasNext();
      }

      @Override
      public Tuple3<String, Long, byte[]> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.next();
      }

      private List<Tuple3<String, Long, byte[]>> countSome() {
        Map<String, Homes> sessions = new HashMap<>();
        long bytes = 0;
        while (bytes < MOST_BYTES && trains.hasNext()) {
          Tuple4<String, String, double[], double[]> train = trains.next();
          int neuron = neurons.indexOf(train._1(), train._2());
          if (neuron >= 0) {
            bytes +=
                sessions
                    .computeIfAbsent(train._1(), s -> new Homes(train._4(), slices))
                    .count(sampler, neuron, ascending(train._3()), cells);
          }
        }
        List<Tuple3<String, Long, byte[]>> parts = new ArrayList<>();
        sessions.forEach((session, homes) -> homes.addParts(session, parts));
        return parts;
      }
    };
  }

  /** The train, sorted if it is not; NaN last. */
  static double[] ascending(double[] times) {
    for (int i = 1; i < times.length; i++) {
      if (!(times[i - 1] <= times[i])) {
        Arrays.sort(times);
        return times;
      }
    }
    return times;
  }

  /** The events of a session, cut at the borders of slices, and what was counted at each. */
  private static final class Homes {
    private final double[] events;
    private final List<Long> slices = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final SparseCounts.Writer[] counts;

    Homes(double[] events, TimeSlices timeSlices) {
      this.events = events;
      for (int e = 0; e < events.length; e++) {
        long slice = timeSlices.of(events[e]);
        if (slices.isEmpty() || slices.get(slices.size() - 1) != slice) {
          slices.add(slice);
          starts.add(e);
        }
      }
      starts.add(events.length);
      counts = new SparseCounts.Writer[slices.size()];
    }

    /** Counts a train everywhere, and returns the bytes that it took. */
    long count(PeriEventSpikeSampler sampler, int neuron, double[] train, Cells cells) {
      long bytes = 0;
      for (int h = 0; h < counts.length; h++) {
        int from = starts.get(h);
        int to = starts.get(h + 1);
        cells.clear();
        sampler.sample(train, events, from, to, cells);
        if (cells.size() > 0) {
          int before = 0;
          if (counts[h] == null) {
            counts[h] = new SparseCounts.Writer(events, from, to);
          } else {
            before = counts[h].size();
          }
          counts[h].add(neuron, cells);
          bytes += counts[h].size() - before;
        }
      }
      return bytes;
    }

    void addParts(String session, List<Tuple3<String, Long, byte[]>> parts) {
      for (int h = 0; h < counts.length; h++) {
        if (counts[h] != null) {
          parts.add(new Tuple3<>(session, slices.get(h), counts[h].toBytes()));
        }
      }
    }
  }
}
