package org.neuroglia.spark.decoding.session;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.event.WindowCounts;
import org.neuroglia.spark.plan.Invocation;
import org.neuroglia.tensor.ResponseReducer;

/**
 * The counts of a train around the events of its session, as {@link WindowCounts} writes them: a
 * few bytes per event, however many spikes there are. Spike counts of several rows add up.
 */
public final class CountsAroundEvents implements Measurement {
  private static final long serialVersionUID = 1L;
  private static final String SUM = "sum";

  private final WindowCounts windows;
  private final String reduce;

  /**
   * @param windows edges of each window's bins, in seconds around the event
   * @param reduce numpy function that makes one number of a window's bins
   */
  public CountsAroundEvents(List<double[]> windows, String reduce) {
    // The bins that a sum puts together are counted as one.
    this.windows =
        new WindowCounts(
            windows.stream().map(edges -> reduce.equals(SUM) ? ends(edges) : edges).toList());
    this.reduce = reduce;
  }

  private static double[] ends(double[] edges) {
    return new double[] {edges[0], edges[edges.length - 1]};
  }

  /**
   * @param train array of doubles, in any order; what is null in it is no spike
   * @param events array of doubles without null, ascending
   */
  Column column(Column train, Column events) {
    return Invocation.of(this, "count", DataTypes.BinaryType, train, events);
  }

  /** Of one train; Spark calls it by its name. */
  public byte[] count(ArrayData times, ArrayData eventTimes) {
    return windows.count(withoutNull(times), eventTimes.toDoubleArray());
  }

  /** The times, in their order, without what is null. */
  public static double[] withoutNull(ArrayData times) {
    int length = times.numElements();
    int there = 0;
    for (int i = 0; i < length; i++) {
      there += times.isNullAt(i) ? 0 : 1;
    }
    if (there == length) {
      return times.toDoubleArray();
    }
    double[] some = new double[there];
    int next = 0;
    for (int i = 0; i < length; i++) {
      if (!times.isNullAt(i)) {
        some[next++] = times.getDouble(i);
      }
    }
    return some;
  }

  @Override
  public double[] values(List<byte[]> rows, int window, int events) {
    int bins = windows.bins(window);
    double[] cells = new double[Math.multiplyExact(events, bins)];
    rows.forEach(row -> windows.addTo(row, window, cells, 0, 1));
    return reduce.equals(SUM) ? cells : reduced(cells, bins, events);
  }

  private double[] reduced(double[] cells, int bins, int events) {
    ResponseReducer reducer = new ResponseReducer(reduce);
    double[] values = new double[events];
    double[] line = new double[bins];
    for (int event = 0; event < events; event++) {
      System.arraycopy(cells, event * bins, line, 0, bins);
      values[event] = reducer.reduce(line);
    }
    return values;
  }

  @Override
  public String toString() {
    return "countsAroundEvents";
  }
}
