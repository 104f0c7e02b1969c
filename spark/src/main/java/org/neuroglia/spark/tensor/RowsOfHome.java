package org.neuroglia.spark.tensor;

import java.util.ArrayList;
import java.util.Arrays;
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
    double[][] numbers = numbers(parts, epochs.size(), width(home._1()));
    return rows.stream().map(row -> row(row, numbers[epochs.get(Epoch.of(row))])).iterator();
  }

  /** For each epoch the numbers of all neurons, neuron after neuron. */
  private double[][] numbers(
      Iterator<Tuple4<String, Long, int[], double[]>> parts, int epochs, int width) {
    int perEvent = sampler.perEvent();
    double[][] numbers = new double[epochs][Math.multiplyExact(width, perEvent)];
    for (double[] epoch : numbers) {
      Arrays.fill(epoch, sampler.missing());
    }
    while (parts.hasNext()) {
      var part = parts.next();
      int[] places = part._3();
      if (part._4().length != (long) places.length * epochs * perEvent) {
        throw TensorRows.changed();
      }
      int from = 0;
      for (int place : places) {
        for (double[] epoch : numbers) {
          System.arraycopy(part._4(), from, epoch, place * perEvent, perEvent);
          from += perEvent;
        }
      }
    }
    return numbers;
  }

  private Row row(Row event, double[] numbers) {
    Row own = event.getStruct(4);
    Object[] values = new Object[own.size() + 1];
    for (int i = 0; i < own.size(); i++) {
      values[i] = own.get(i);
    }
    values[own.size()] =
        sampler.vector()
            ? new DenseVector(numbers.clone())
            : new DenseMatrix(
                sampler.perEvent(), widthOf(numbers), numbers.clone()); // equal events stay apart
    return RowFactory.create(values);
  }

  private int widthOf(double[] numbers) {
    return sampler.perEvent() == 0 ? 0 : numbers.length / sampler.perEvent();
  }

  private int width(String session) {
    if (widths.isEmpty() && Sessions.ONLY.equals(session)) {
      return 0;
    }
    Integer width = session == null ? null : widths.get(session);
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
