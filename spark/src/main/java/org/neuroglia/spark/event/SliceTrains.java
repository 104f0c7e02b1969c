package org.neuroglia.spark.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.neuroglia.event.TimeSlices;
import org.neuroglia.spark.tensor.NeuronAxis;
import scala.Tuple3;
import scala.Tuple4;

/**
 * Cuts trains at the borders of slices: (session, neuron, times) to pieces (session, slice,
 * neuron's place on the axis, times). A spike is in exactly one piece; NaN and infinite times are
 * in none.
 */
final class SliceTrains
    implements MapPartitionsFunction<
        Tuple3<String, String, double[]>, Tuple4<String, Long, Integer, double[]>> {
  private static final long serialVersionUID = 1L;

  private final NeuronAxis neurons;
  private final TimeSlices slices;

  SliceTrains(NeuronAxis neurons, TimeSlices slices) {
    this.neurons = neurons;
    this.slices = slices;
  }

  @Override
  public Iterator<Tuple4<String, Long, Integer, double[]>> call(
      Iterator<Tuple3<String, String, double[]>> trains) {
    return new Iterator<>() {
      private Iterator<Tuple4<String, Long, Integer, double[]>> pieces =
          Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!pieces.hasNext() && trains.hasNext()) {
          pieces = pieces(trains.next()).iterator();
        }
        return pieces.hasNext();
      }

      @Override
      public Tuple4<String, Long, Integer, double[]> next() {
        hasNext();
        return pieces.next();
      }
    };
  }

  private List<Tuple4<String, Long, Integer, double[]>> pieces(
      Tuple3<String, String, double[]> train) {
    int neuron = neurons.indexOf(train._1(), train._2());
    if (neuron < 0) {
      return List.of();
    }
    double[] times = CountTrains.ascending(train._3());
    List<Tuple4<String, Long, Integer, double[]>> pieces = new ArrayList<>();
    int start = 0;
    while (start < times.length && times[start] == Double.NEGATIVE_INFINITY) {
      start++;
    }
    while (start < times.length && times[start] < Double.POSITIVE_INFINITY) {
      long slice = slices.of(times[start]);
      int end = start + 1;
      while (end < times.length
          && times[end] < Double.POSITIVE_INFINITY
          && slices.of(times[end]) == slice) {
        end++;
      }
      pieces.add(new Tuple4<>(train._1(), slice, neuron, Arrays.copyOfRange(times, start, end)));
      start = end;
    }
    return pieces;
  }
}
