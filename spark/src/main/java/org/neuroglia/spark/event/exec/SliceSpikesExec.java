package org.neuroglia.spark.event.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.AscendingTimes;
import org.neuroglia.event.CompactTimes;
import org.neuroglia.event.TimeSlices;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.plan.PhysicalNode;
import scala.collection.immutable.Seq;

/**
 * Cuts trains into slices of time: to parcels of spikes, a home being a slice. A spike goes to
 * every slice whose events may have it in their windows: mostly one, for slices are long.
 */
public final class SliceSpikesExec extends PhysicalNode {
  private static final long serialVersionUID = 1L;

  /** Spikes are sent on when they take so much together. */
  private static final long MOST_BYTES = 32L << 20;

  private final SparkPlan spikes;
  private final SpikeSampling sampling;
  private final SpikeColumns spikeColumns;

  /**
   * @param output the columns of a {@link Parcel}
   */
  public SliceSpikesExec(
      SparkPlan spikes, SpikeSampling sampling, SpikeColumns spikeColumns, Seq<Attribute> output) {
    super(output, spikes);
    this.spikes = spikes;
    this.sampling = sampling;
    this.spikeColumns = spikeColumns;
  }

  @Override
  protected Object shown() {
    return sampling;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {spikes, sampling, spikeColumns, output()};
  }

  @Override
  protected SparkPlan withChildren(Seq<SparkPlan> children) {
    return new SliceSpikesExec(children.apply(0), sampling, spikeColumns, output());
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return SpikePlans.parcels(
        spikes, spikeColumns, sampling, (trains, first, what) -> new Slicing(trains, what));
  }

  /** The slices of one task. */
  private static final class Slicing implements Iterator<Parcel> {
    private final TrainSource trains;
    private final TimeSlices slices;
    private final double first;
    private final double last;
    private final CompactTimes compact = new CompactTimes();
    private final Map<String, Map<Long, Pieces>> sessions = new HashMap<>();
    private long bytes;
    private Iterator<Parcel> ready = List.<Parcel>of().iterator();

    Slicing(TrainSource trains, SpikeSampling sampling) {
      this.trains = trains;
      this.slices = sampling.slices();
      this.first = sampling.sampler().first();
      this.last = sampling.sampler().last();
    }

    @Override
    public boolean hasNext() {
      if (!ready.hasNext()) {
        ready = sliceSome();
      }
      return ready.hasNext();
    }

    @Override
    public Parcel next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }

    /** The slices of as many trains as memory comfortably holds. */
    private Iterator<Parcel> sliceSome() {
      forget();
      while (bytes < MOST_BYTES && trains.next()) {
        slice(sessions.computeIfAbsent(trains.session(), session -> new HashMap<>()));
      }
      List<Parcel> parcels = new ArrayList<>();
      sessions.forEach(
          (session, ofSession) ->
              ofSession.forEach(
                  (slice, pieces) -> {
                    if (!pieces.isEmpty()) {
                      parcels.add(pieces.parcel(session, slice));
                    }
                  }));
      return parcels.iterator();
    }

    /** Forgets what was sent, and keeps memory that the session's next trains will need again. */
    private void forget() {
      sessions.keySet().removeIf(session -> !session.equals(trains.session()));
      for (Map<Long, Pieces> last : sessions.values()) {
        last.values().removeIf(Pieces::isMostlyUnused);
        last.values().forEach(Pieces::clear);
      }
      bytes = 0;
    }

    private void slice(Map<Long, Pieces> ofSession) {
      double[] times = trains.times();
      double farthest = Events.FARTHEST + Math.abs(first) + Math.abs(last);
      int end = AscendingTimes.firstAtOrAfter(times, 0, trains.length(), farthest);
      int next = AscendingTimes.firstAtOrAfter(times, 0, end, -farthest);
      long slice = Long.MIN_VALUE;
      while (next < end) {
        // One before the slice of the first event that may reach the spike, for rounding's sake.
        slice = Math.max(slice + 1, slices.of(times[next] - last) - 1);
        double begins = slice * slices.seconds();
        double ends = begins + slices.seconds();
        double rounding = 8 * Math.ulp(Math.abs(begins) + slices.seconds() + farthestEdge());
        int from = AscendingTimes.firstAtOrAfter(times, next, end, begins + first - rounding);
        int to = AscendingTimes.firstAtOrAfter(times, from, end, ends + last + rounding);
        if (to > from) {
          bytes +=
              ofSession
                  .computeIfAbsent(slice, s -> new Pieces())
                  .add(trains.neuron(), times, from, to, compact);
        }
        // Spikes before the windows of the next slice's events are done with.
        next = AscendingTimes.firstAtOrAfter(times, next, end, ends + first - rounding);
      }
    }

    private double farthestEdge() {
      return Math.max(Math.abs(first), Math.abs(last));
    }
  }

  /** Trains of one slice, as {@link SliceTrains} takes them: for each its neuron and its times. */
  private static final class Pieces {
    private byte[] bytes = new byte[256];
    private int size;

    /** Appends a piece of a train, and returns its bytes. */
    int add(int neuron, double[] times, int from, int to, CompactTimes compact) {
      long most = size + Integer.BYTES + CompactTimes.mostBytes(to - from);
      if (most > Integer.MAX_VALUE - 8) {
        throw new ArithmeticException("more than 2 GiB of spikes in one slice of time");
      }
      if (most > bytes.length) {
        bytes =
            Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(most, 2L * size)));
      }
      int before = size;
      Platform.putInt(bytes, Platform.BYTE_ARRAY_OFFSET + (long) size, neuron);
      size = compact.write(times, from, to, bytes, size + Integer.BYTES);
      return size - before;
    }

    boolean isEmpty() {
      return size == 0;
    }

    boolean isMostlyUnused() {
      return size < bytes.length / 4;
    }

    /** Forgets the pieces and keeps the memory. */
    void clear() {
      size = 0;
    }

    Parcel parcel(String session, long slice) {
      return new Parcel(session, slice, bytes, size);
    }
  }
}
