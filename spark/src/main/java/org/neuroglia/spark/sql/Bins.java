package org.neuroglia.spark.sql;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.neuroglia.InvalidInputException;
import org.neuroglia.event.PeriEventSpikeSampler;

/** The bins of a group, which its first row sets and all others must have. */
final class Bins {
  private PeriEventSpikeSampler sampler;

  boolean areKnown() {
    return sampler != null;
  }

  PeriEventSpikeSampler sampler() {
    return sampler;
  }

  /** The number of bins; 0 before the first row. */
  int size() {
    return sampler == null ? 0 : sampler.bins();
  }

  /**
   * @throws InvalidInputException if others were set
   */
  void set(PeriEventSpikeSampler given) {
    if (sampler == null) {
      sampler = given;
    } else if (sampler != given && !sampler.equals(given)) {
      throw new InvalidInputException(
          "was given different sample_times in one group; give one array");
    }
  }

  void write(DataOutput out) throws IOException {
    double[] edges = sampler == null ? new double[0] : sampler.sampleTimes();
    out.writeInt(edges.length);
    for (double edge : edges) {
      out.writeDouble(edge);
    }
  }

  static Bins read(DataInput in) throws IOException {
    double[] edges = new double[in.readInt()];
    for (int j = 0; j < edges.length; j++) {
      edges[j] = in.readDouble();
    }
    Bins bins = new Bins();
    if (edges.length > 0) {
      bins.set(new PeriEventSpikeSampler(edges));
    }
    return bins;
  }

  static void write(DataOutput out, long[] values) throws IOException {
    for (long value : values) {
      out.writeLong(value);
    }
  }

  /** A number for each bin. */
  long[] readLongs(DataInput in) throws IOException {
    long[] values = new long[size()];
    for (int j = 0; j < values.length; j++) {
      values[j] = in.readLong();
    }
    return values;
  }
}
