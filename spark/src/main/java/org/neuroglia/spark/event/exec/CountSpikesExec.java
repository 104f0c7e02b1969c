package org.neuroglia.spark.event.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.SparkPlan;
import org.neuroglia.event.EventWindows;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.PhysicalNode;
import org.neuroglia.spark.plan.Requirements;
import org.neuroglia.tensor.SparseCounts;
import scala.collection.immutable.Seq;

/**
 * Counts spikes where they lie, at the events of their sessions, which are known everywhere: to
 * parcels of counts, a home being a block of events. The first task adds an empty parcel for every
 * block, so that none is missing later.
 */
public final class CountSpikesExec extends PhysicalNode {
  private static final long serialVersionUID = 1L;

  /** Counts are sent on when they take this much memory together. */
  private static final long MOST_BYTES = 64L << 20;

  private final SparkPlan spikes;
  private final SparkPlan events;
  private final SpikeSampling sampling;
  private final SpikeColumns spikeColumns;
  private final EventColumns eventColumns;

  /**
   * @param events parcels of sessions
   * @param eventColumns where their rows have what
   * @param output the columns of a {@link Parcel}
   */
  public CountSpikesExec(
      SparkPlan spikes,
      SparkPlan events,
      SpikeSampling sampling,
      SpikeColumns spikeColumns,
      EventColumns eventColumns,
      Seq<Attribute> output) {
    super(output, spikes, events);
    this.spikes = spikes;
    this.events = events;
    this.sampling = sampling;
    this.spikeColumns = spikeColumns;
    this.eventColumns = eventColumns;
  }

  @Override
  protected Object shown() {
    return sampling;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {spikes, events, sampling, spikeColumns, eventColumns, output()};
  }

  @Override
  protected SparkPlan withChildren(Seq<SparkPlan> children) {
    return new CountSpikesExec(
        children.apply(0), children.apply(1), sampling, spikeColumns, eventColumns, output());
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return Attributes.seq(Requirements.anywhere(), Requirements.broadcast());
  }

  @Override
  public RDD<InternalRow> doExecute() {
    Broadcast<InternalRow[]> rows = events.executeBroadcast();
    EventColumns columns = eventColumns;
    return SpikePlans.parcels(
        spikes,
        spikeColumns,
        sampling,
        (trains, first, what) ->
            new Counting(trains, first, what, SessionEvents.of(rows.value(), columns)));
  }

  /** The counts of one task. */
  private static final class Counting implements Iterator<Parcel>, TrainSource.InOrder {
    private final TrainSource trains;
    private final SpikeSampling sampling;
    private final Map<String, SessionEvents> events;
    private final Map<String, SessionCounts> sessions = new HashMap<>();
    private long bytes;
    private boolean markBlocks;
    private boolean finished;
    private Iterator<Parcel> ready = List.<Parcel>of().iterator();

    Counting(
        TrainSource trains,
        boolean first,
        SpikeSampling sampling,
        Map<String, SessionEvents> events) {
      this.trains = trains;
      this.sampling = sampling;
      this.events = events;
      this.markBlocks = first;
      trains.mayLeaveOut(session -> windows(events.get(session), sampling.sampler()));
      trains.mayCount(this);
    }

    private static EventWindows windows(SessionEvents events, PeriEventSpikeSampler sampler) {
      return events == null
          ? EventWindows.nowhere()
          : EventWindows.around(events.times(), sampler.first(), sampler.last());
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && !finished) {
        ready = markBlocks ? emptyBlocks() : countSome();
        markBlocks = false;
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

    private Iterator<Parcel> emptyBlocks() {
      List<Parcel> parcels = new ArrayList<>();
      events.forEach(
          (session, ofSession) -> {
            int perBlock = sampling.eventsPerBlock(session);
            int events = ofSession.times().length;
            for (int block = 0; block < ofSession.blocks(perBlock); block++) {
              int from = Math.min(block * perBlock, events);
              int to = Math.min(from + perBlock, events);
              byte[] nothing = new SparseCounts.Writer(ofSession.times(), from, to).toBytes();
              parcels.add(new Parcel(session, block, nothing));
            }
          });
      return parcels.iterator();
    }

    /** The counts of as many trains as memory comfortably holds. */
    private Iterator<Parcel> countSome() {
      while (!isFull() && !finished) {
        finished = !trains.next();
        if (!finished && trains.length() > 0 && events.containsKey(trains.session())) {
          bytes += counts(trains.session()).add(trains.neuron(), trains.times(), trains.length());
        }
      }
      List<Parcel> parcels = new ArrayList<>();
      sessions.forEach(
          (session, counts) -> {
            counts.finish();
            for (int block = 0; block < counts.blocks(); block++) {
              if (counts.block(block) != null) {
                parcels.add(new Parcel(session, block, counts.block(block).toBytes()));
              }
            }
          });
      sessions.clear();
      bytes = 0;
      return parcels.iterator();
    }

    private SessionCounts counts(String ofSession) {
      return sessions.computeIfAbsent(
          ofSession, session -> sampling.counts(session, events.get(session)));
    }

    @Override
    public boolean count(String session, int[] neurons, double[] times, int number) {
      if (!events.containsKey(session)) {
        return false;
      }
      long more = counts(session).addInOrder(neurons, times, number);
      bytes += Math.max(0, more);
      return more >= 0;
    }

    @Override
    public boolean isFull() {
      return bytes >= MOST_BYTES;
    }
  }
}
