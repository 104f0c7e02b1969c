package org.neuroglia.spark.event.exec;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Sessions;
import org.neuroglia.tensor.TensorRows;

/** Makes the rows of events: their own columns and their samples. Rows are reused. */
final class EventRows {
  /** What was counted at the events of a session; asked for each block once, in their order. */
  interface Counts {
    /** Makes the rows of a tensor of the events {@code from} to {@code to}. */
    void read(TensorRows tensor, double[] events, int from, int to);

    /** Spikes in the whole window of these events: [event × neuron]. */
    double[] sums(double[] events, int from, int to, int neurons);

    /** Counts that were written at the block. */
    static Counts of(List<byte[]> parts) {
      return new Counts() {
        @Override
        public void read(TensorRows tensor, double[] events, int from, int to) {
          tensor.read(events, from, to, parts);
        }

        @Override
        public double[] sums(double[] events, int from, int to, int neurons) {
          return TensorRows.sums(events, from, to, neurons, parts);
        }
      };
    }
  }

  private static final Counts NONE = Counts.of(List.of());

  private final SpikeSampling sampling;
  private final StructType output;
  private TensorRowWriter writer;
  private TensorRows tensor;
  private int width = -1;

  /**
   * @param output the events' own columns and the samples
   */
  EventRows(SpikeSampling sampling, StructType output) {
    this.sampling = sampling;
    this.output = output;
  }

  /**
   * The rows of one block.
   *
   * @param from first time of the block
   * @param to one past its last; where they are equal, the events without a time
   * @param counts what was counted at the block; not asked where there is no time
   */
  Iterator<InternalRow> rows(
      String session, SessionEvents events, int from, int to, Counts counts) {
    int neurons = width(session);
    if (neurons != width) {
      width = neurons;
      tensor = new TensorRows(sampling.sampler().bins(), neurons);
      writer = new TensorRowWriter(output, sampling.sampler().bins(), neurons, sampling.fillna());
    }
    boolean timeless = from == to;
    Samples samples =
        timeless ? samples(new double[1], 0, 1, NONE) : samples(events.times(), from, to, counts);
    int end = timeless ? events.size() : events.firstRow(to);
    return new Iterator<>() {
      private int time = from;
      private int row = events.firstRow(from);

      @Override
      public boolean hasNext() {
        return row < end;
      }

      @Override
      public InternalRow next() {
        if (row >= end) {
          throw new NoSuchElementException();
        }
        while (!timeless && row >= events.firstRow(time + 1)) {
          time++;
        }
        return samples.row(events.row(row++), time - from);
      }
    };
  }

  /** The row of an event and its samples. */
  private interface Samples {
    /**
     * @param event number in the block of its time
     */
    UnsafeRow row(UnsafeRow own, int event);
  }

  private Samples samples(double[] times, int from, int to, Counts counts) {
    if (!sampling.sums()) {
      counts.read(tensor, times, from, to);
      return (own, event) -> writer.matrix(own, tensor, event);
    }
    double[] sums = counts.sums(times, from, to, width);
    double divisor = sampling.output() == SpikeSampling.Output.MEAN ? sampling.sampler().bins() : 1;
    return (own, event) -> writer.vector(own, sums, event, divisor);
  }

  private int width(String session) {
    int neurons = session == null ? -1 : sampling.neurons().width(session);
    if (neurons >= 0) {
      return neurons;
    }
    if (sampling.neurons().labels().isEmpty() && Sessions.ONLY.equals(session)) {
      return 0; // spikes without a neuron, and no session to look up
    }
    throw new InvalidInputException(
        String.format(
            "the events have a session \"%s\" and the spikes that the sampler was fitted on have"
                + " none of it: fit it on the spikes of every session, or leave these events out",
            session));
  }
}
