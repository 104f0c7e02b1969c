package org.neuroglia.spark.decoding.session;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.event.PeriEventTraceReducer;
import org.neuroglia.spark.plan.Invocation;
import org.neuroglia.tensor.ResponseReducer;

/**
 * A trace around the events of its session: eight bytes per window and event. The samples of each
 * bin become one number by {@link PeriEventTraceReducer}, and the bins of a window one number by
 * {@link ResponseReducer}, as the stages of these names do it.
 */
public final class TracesAroundEvents implements Measurement {
  private static final long serialVersionUID = 1L;

  private final PeriEventTraceReducer[] windows;
  private final String reduce;

  /**
   * @param windows edges of each window's bins, in seconds around the event
   * @param func numpy function that makes one number of the samples in a bin
   * @param reduce numpy function that makes one number of a window's bins
   */
  public TracesAroundEvents(List<double[]> windows, String func, String reduce) {
    this.windows =
        windows.stream()
            .map(edges -> new PeriEventTraceReducer(edges, func))
            .toArray(PeriEventTraceReducer[]::new);
    this.reduce = reduce;
  }

  /**
   * @param times array of doubles without null, in any order
   * @param values array of as many doubles without null
   * @param events array of doubles without null, ascending
   */
  Column column(Column times, Column values, Column events) {
    return Invocation.of(this, "reduce", DataTypes.BinaryType, times, values, events);
  }

  /** Of one trace; Spark calls it by its name. */
  public byte[] reduce(ArrayData times, ArrayData values, ArrayData eventTimes) {
    double[] at = times.toDoubleArray();
    double[] samples = values.toDoubleArray();
    double[] events = eventTimes.toDoubleArray();
    ResponseReducer reducer = new ResponseReducer(reduce);
    int numbers = Math.multiplyExact(windows.length, events.length);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers, Double.BYTES));
    for (PeriEventTraceReducer window : windows) {
      double[] bins = new double[Math.multiplyExact(events.length, window.bins())];
      double[] line = new double[window.bins()];
      window.sample(at, samples, events, bins);
      for (int event = 0; event < events.length; event++) {
        System.arraycopy(bins, event * line.length, line, 0, line.length);
        bytes.putDouble(reducer.reduce(line));
      }
    }
    return bytes.array();
  }

  @Override
  public double[] values(List<byte[]> rows, int window, int events) {
    if (rows.size() > 1) {
      throw new InvalidInputException(
          "a neuron has " + rows.size() + " traces in one session; one is needed");
    }
    double[] values = new double[events];
    DoubleBuffer all = ByteBuffer.wrap(rows.get(0)).asDoubleBuffer();
    all.get(window * events, values);
    return values;
  }

  @Override
  public String toString() {
    return "tracesAroundEvents";
  }
}
