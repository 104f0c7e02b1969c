package org.neuroglia.spark.decoding.session;

import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.event.WindowCounts;
import org.neuroglia.spark.plan.Invocation;

/**
 * The counts of a train around the events of its session, as {@link WindowCounts} writes them.
 * Spark calls it with arrays as it has them: a function of a user would have each spike copied
 * through encoders, and boxed where the array may hold null.
 */
public final class CountsAroundEvents implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WindowCounts windows;

  public CountsAroundEvents(WindowCounts windows) {
    this.windows = windows;
  }

  /**
   * @param train array of doubles, in any order; what is null in it is no spike
   * @param events array of doubles without null, ascending
   */
  public Column column(Column train, Column events) {
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
  public String toString() {
    return "countsAroundEvents";
  }
}
