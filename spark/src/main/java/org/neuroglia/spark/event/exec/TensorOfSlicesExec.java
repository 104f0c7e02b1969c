package org.neuroglia.spark.event.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.Requirements;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** Gives each event its samples, where the events and the spikes of a slice of time have met. */
public final class TensorOfSlicesExec extends TensorExec {
  private static final long serialVersionUID = 1L;

  /**
   * @param spikes what {@link SliceSpikesExec} gives
   * @param events parcels of slices
   * @param eventColumns where their rows have what
   * @param partitions how many tasks; what the session says if 0
   */
  public TensorOfSlicesExec(
      SparkPlan spikes,
      SparkPlan events,
      SpikeSampling sampling,
      Integer partitions,
      EventColumns eventColumns,
      Seq<Attribute> output) {
    super(spikes, events, sampling, partitions, eventColumns, output);
  }

  @Override
  protected SparkPlan with(SparkPlan samples, SparkPlan events) {
    return new TensorOfSlicesExec(
        samples, events, sampling(), partitions(), eventColumns(), output());
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return Attributes.seq(
        Requirements.together(tasks(), key(samples())),
        Requirements.together(tasks(), key(events())));
  }

  @Override
  public Seq<Seq<SortOrder>> requiredChildOrdering() {
    return Attributes.seq(
        Requirements.ascending(key(samples())), Requirements.ascending(key(events())));
  }

  @Override
  public RDD<InternalRow> doExecute() {
    EventColumns columns = eventColumns();
    Broadcast<SpikeSampling> what =
        JavaSparkContext.fromSparkContext(sparkContext()).broadcast(sampling());
    StructType schema = schema();
    return rows(samples())
        .zipPartitions(
            rows(events()),
            (pieces, ofEvents) ->
                (Iterator<InternalRow>)
                    new Meeting(
                        new Parcel.Groups(pieces),
                        new Parcel.Groups(ofEvents),
                        columns,
                        what.value(),
                        new EventRows(what.value(), schema)))
        .rdd();
  }

  private static JavaRDD<InternalRow> rows(SparkPlan plan) {
    return JavaRDD.fromRDD(plan.execute(), ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class));
  }

  /** The rows of one task. */
  private static final class Meeting implements Iterator<InternalRow> {
    private final Parcel.Groups spikes;
    private final Parcel.Groups events;
    private final EventColumns columns;
    private final SpikeSampling sampling;
    private final EventRows rows;
    private Iterator<Iterator<InternalRow>> blocks = Collections.emptyIterator();
    private Iterator<InternalRow> ready = Collections.emptyIterator();

    Meeting(
        Parcel.Groups spikes,
        Parcel.Groups events,
        EventColumns columns,
        SpikeSampling sampling,
        EventRows rows) {
      this.spikes = spikes;
      this.events = events;
      this.columns = columns;
      this.sampling = sampling;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext()) {
        if (blocks.hasNext()) {
          ready = blocks.next();
        } else if (events.peek() != null) {
          blocks = slice();
        } else {
          return false;
        }
      }
      return true;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }

    /** The blocks of events of the next slice, each counted before its rows are made. */
    private Iterator<Iterator<InternalRow>> slice() {
      Parcel slice = events.peek();
      List<UnsafeRow> ofSlice = new ArrayList<>();
      events.take().forEach(bytes -> PackEventsExec.unpack(bytes, columns.width(), ofSlice));
      SessionEvents here = new SessionEvents(ofSlice, columns);
      while (spikes.peek() != null && spikes.peek().compareTo(slice) < 0) {
        spikes.take((base, offset, size) -> {});
      }
      SliceTrains trains = new SliceTrains(sampling.sampler());
      if (spikes.peek() != null && spikes.peek().compareTo(slice) == 0) {
        spikes.take(trains::add);
      }
      int perBlock = sampling.eventsPerBlock(slice.session());
      int times = here.times().length;
      return new Iterator<>() {
        private int block;

        @Override
        public boolean hasNext() {
          return block < here.blocks(perBlock);
        }

        @Override
        public Iterator<InternalRow> next() {
          int from = Math.min(block * perBlock, times);
          int to = Math.min(from + perBlock, times);
          block++;
          return rows.rows(slice.session(), here, from, to, trains);
        }
      };
    }
  }
}
