package org.neuroglia.spark.event;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.tensor.CountMatrix;
import org.neuroglia.tensor.TensorRows;
import scala.Tuple2;
import scala.Tuple3;

/**
 * Gives each event of a home its row of the tensor: events (session, home, time, the event's
 * columns) and the parts that were counted there, to rows of the event's columns and a Matrix [bins
 * × neurons].
 */
final class TensorOfHome
    implements CoGroupFunction<Tuple2<String, Long>, Row, Tuple3<String, Long, byte[]>, Row> {
  private static final long serialVersionUID = 1L;

  private final Map<String, Integer> widths;
  private final int bins;
  private final boolean fillna;

  TensorOfHome(Map<String, Integer> widths, int bins, boolean fillna) {
    this.widths = widths;
    this.bins = bins;
    this.fillna = fillna;
  }

  @Override
  public Iterator<Row> call(
      Tuple2<String, Long> home,
      Iterator<Row> events,
      Iterator<Tuple3<String, Long, byte[]>> parts) {
    if (!events.hasNext()) {
      if (parts.hasNext()) {
        throw TensorRows.changed();
      }
      return events;
    }
    int width = width(home._1());
    List<Row> rows = new ArrayList<>();
    events.forEachRemaining(rows::add);
    List<byte[]> counts = new ArrayList<>();
    parts.forEachRemaining(part -> counts.add(part._3()));
    double[] times =
        rows.stream()
            .filter(row -> !row.isNullAt(2))
            .mapToDouble(row -> row.getDouble(2))
            .sorted()
            .distinct()
            .toArray();
    TensorRows tensor = new TensorRows(times, bins, counts);
    CountMatrix matrix = new CountMatrix(bins, width, fillna);
    return rows.stream()
        .map(
            row ->
                withTensor(
                    row.getStruct(3),
                    row.isNullAt(2)
                        ? matrix.empty()
                        : matrix.of(tensor, tensor.indexOf(row.getDouble(2)))))
        .iterator();
  }

  private int width(String session) {
    if (widths.isEmpty() && Sessions.ONLY.equals(session)) {
      return 0; // spikes without a neuron, and no session to look up
    }
    Integer width = session == null ? null : widths.get(session);
    if (width == null) {
      throw new InvalidInputException(
          String.format(
              "the events have a session \"%s\" and the spikes that the sampler was fitted on have"
                  + " none of it: fit it on the spikes of every session, or leave these events out",
              session));
    }
    return width;
  }

  private static Row withTensor(Row event, Matrix tensor) {
    Object[] values = new Object[event.size() + 1];
    for (int i = 0; i < event.size(); i++) {
      values[i] = event.get(i);
    }
    values[event.size()] = tensor;
    return RowFactory.create(values);
  }
}
