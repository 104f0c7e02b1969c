package org.neuroglia.spark.sql;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.neuroglia.AscendingTimes;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.tensor.Cells;

/** Spike times as SQL has them. */
final class Trains {
  static final Parameter TIMES =
      Parameter.of("times", Parameter.Kind.TIMES, "spike times of one neuron in seconds");

  static final Parameter EVENT_TIME =
      Parameter.of("event_time", Parameter.Kind.SECONDS, "the time of the event in seconds");

  private Trains() {}

  /**
   * A train as the kernels take it, in ascending order whatever the array's: nulls are left out, as
   * the stages leave them out.
   *
   * @param times an array in Spark's form
   */
  static double[] train(Object times) {
    return AscendingTimes.sorted(withoutNulls((ArrayData) times));
  }

  private static double[] withoutNulls(ArrayData times) {
    int length = times.numElements();
    double[] values = new double[length];
    int there = 0;
    for (int i = 0; i < length; i++) {
      if (!times.isNullAt(i)) {
        values[there++] = times.getDouble(i);
      }
    }
    return there == length ? values : Arrays.copyOf(values, there);
  }

  /** Spikes in each bin around an event. */
  static long[] counts(PeriEventSpikeSampler sampler, double[] train, double event) {
    Cells cells = new Cells();
    sampler.sample(train, new double[] {event}, 0, 1, cells);
    long[] counts = new long[sampler.bins()];
    for (int i = 0; i < cells.size(); i++) {
      counts[cells.get(i)]++;
    }
    return counts;
  }
}
