package org.neuroglia.spark.tensor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Sessions;
import org.neuroglia.tensor.TensorRows;
import scala.Tuple2;
import scala.Tuple4;

/**
 * Gives each event of a home its row: events (session, home, time, duration, the event's columns)
 * and the parts of {@link NeuronParts}, to rows of the event's columns and a Matrix or a Vector.
 */
final class RowsOfHome
    implements CoGroupFunction<
        Tuple2<String, Long>, Row, Tuple4<String, Long, int[], double[]>, Row> {
  private static final long serialVersionUID = 1L;

  private final NeuronSampler sampler;
  private final Map<String, Integer> widths;

  RowsOfHome(NeuronSampler sampler, Map<String, Integer> widths) {
    this.sampler = sampler;
    this.widths = widths;
  }

  @Override
  public Iterator<Row> call(
      Tuple2<String, Long> home,
      Iterator<Row> events,
      Iterator<Tuple4<String, Long, int[], double[]>> parts) {
    if (!events.hasNext()) {
      if (parts.hasNext()) {
        throw TensorRows.changed();
      }
      return events;
    }
    List<Row> rows = new ArrayList<>();
    TreeMap<Epoch, Integer> epochs = new TreeMap<>();
    events.forEachRemaining(
        row -> {
          rows.add(row);
          epochs.put(Epoch.of(row), 0);
        });
    int count = 0;
    for (Map.Entry<Epoch, Integer> epoch : epochs.entrySet()) {
      epoch.setValue(count++);
    }
    int width = width(home._1());
    double[][] numbers = numbers(parts, List.copyOf(epochs.keySet()), width);
    return rows.stream().map(row -> row(row, width, numbers[epochs.get(Epoch.of(row))])).iterator();
  }

  /** For each epoch the numbers of all neurons, neuron after neuron. */
  private double[][] numbers(
      Iterator<Tuple4<String, Long, int[], double[]>> parts, List<Epoch> epochs, int width) {
    int perEvent = sampler.perEvent();
    double[][] numbers = new double[epochs.size()][Math.multiplyExact(width, perEvent)];
    BitSet filled = new BitSet(width);
    while (parts.hasNext()) {
      var part = parts.next();
      if (part._4().length != (long) part._3().length * epochs.size() * perEvent) {
        throw TensorRows.changed();
      }
      int from = 0;
      for (int place : part._3()) {
        if (filled.get(place)) {
          throw new InvalidInputException(
              "a neuron has two rows that each say to be its whole trace: give it one, or chunks");
        }
        filled.set(place);
        put(part._4(), from, place, numbers);
        from += epochs.size() * perEvent;
      }
    }
    if (filled.cardinality() < width) {
      double[] absent =
          sampler.ofAbsent(
              epochs.stream().mapToDouble(Epoch::time).toArray(),
              epochs.stream().mapToDouble(Epoch::duration).toArray());
      for (int k = filled.nextClearBit(0); k < width; k = filled.nextClearBit(k + 1)) {
        put(absent, 0, k, numbers);
      }
    }
    return numbers;
  }

  /** Copies what one neuron gave at all epochs. */
  private void put(double[] ofNeuron, int from, int place, double[][] numbers) {
    int perEvent = sampler.perEvent();
    for (int e = 0; e < numbers.length; e++) {
      System.arraycopy(ofNeuron, from + e * perEvent, numbers[e], place * perEvent, perEvent);
    }
  }

  private Row row(Row event, int width, double[] numbers) {
    Row own = event.getStruct(4);
    Object[] values = new Object[own.size() + 1];
    for (int i = 0; i < own.size(); i++) {
      values[i] = own.get(i);
    }
    values[own.size()] =
        sampler.vector()
            ? new DenseVector(numbers)
            : new DenseMatrix(sampler.perEvent(), width, numbers);
    return RowFactory.create(values);
  }

  private int width(String session) {
    if (widths.isEmpty() && Sessions.ONLY.equals(session)) {
      return 0;
    }
    if (session == null) {
      throw new InvalidInputException(
          "an event has no session where others have one: leave such events out");
    }
    Integer width = widths.get(session);
    if (width == null) {
      throw new InvalidInputException(
          String.format(
              "the events have a session \"%s\" and the neurons that the stage was fitted on have"
                  + " none of it: fit it on every session, or leave these events out",
              session));
    }
    return width;
  }

  /** Sorts as Spark sorts: NaN last. */
  private record Epoch(double time, double duration) implements Comparable<Epoch> {
    static Epoch of(Row event) {
      return new Epoch(event.getDouble(2), event.getDouble(3));
    }

    @Override
    public int compareTo(Epoch other) {
      int byTime = Double.compare(time, other.time);
      return byTime != 0 ? byTime : Double.compare(duration, other.duration);
    }
  }
}
