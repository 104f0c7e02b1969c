package org.neuroglia.spark.event.exec;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.Requirements;
import org.neuroglia.tensor.TensorRows;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** Gives each event its samples: merges the counts of a block of events. */
public final class TensorOfBlocksExec extends TensorExec {
  private static final long serialVersionUID = 1L;

  /**
   * @param counts what {@link CountSpikesExec} gives
   * @param events parcels of sessions
   * @param eventColumns where their rows have what
   * @param partitions how many tasks; what the session says if 0
   */
  public TensorOfBlocksExec(
      SparkPlan counts,
      SparkPlan events,
      SpikeSampling sampling,
      Integer partitions,
      EventColumns eventColumns,
      Seq<Attribute> output) {
    super(counts, events, sampling, partitions, eventColumns, output);
  }

  @Override
  protected SparkPlan with(SparkPlan samples, SparkPlan events) {
    return new TensorOfBlocksExec(
        samples, events, sampling(), partitions(), eventColumns(), output());
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return Attributes.seq(Requirements.together(tasks(), key(samples())), Requirements.broadcast());
  }

  @Override
  public Seq<Seq<SortOrder>> requiredChildOrdering() {
    return Attributes.seq(Requirements.ascending(key(samples())), Requirements.ascending());
  }

  @Override
  public RDD<InternalRow> doExecute() {
    Broadcast<InternalRow[]> rows = events().executeBroadcast();
    EventColumns columns = eventColumns();
    Broadcast<SpikeSampling> what =
        JavaSparkContext.fromSparkContext(sparkContext()).broadcast(sampling());
    StructType schema = schema();
    return JavaRDD.fromRDD(
            samples().execute(), ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class))
        .mapPartitions(
            part ->
                (Iterator<InternalRow>)
                    new Merging(
                        new Parcel.Groups(part),
                        what.value(),
                        new EventRows(what.value(), schema),
                        SessionEvents.of(rows.value(), columns)))
        .rdd();
  }

  /** The rows of one task. */
  private static final class Merging implements Iterator<InternalRow> {
    private final Parcel.Groups counts;
    private final SpikeSampling sampling;
    private final EventRows rows;
    private final Map<String, SessionEvents> events;
    private Iterator<InternalRow> ready = Collections.emptyIterator();

    Merging(
        Parcel.Groups counts,
        SpikeSampling sampling,
        EventRows rows,
        Map<String, SessionEvents> events) {
      this.counts = counts;
      this.sampling = sampling;
      this.rows = rows;
      this.events = events;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && counts.peek() != null) {
        Parcel block = counts.peek();
        SessionEvents ofSession = events.get(block.session());
        if (ofSession == null) {
          throw TensorRows.changed();
        }
        int perBlock = sampling.eventsPerBlock(block.session());
        int times = ofSession.times().length;
        int from = (int) Math.min(block.home() * perBlock, times);
        int to = Math.min(from + perBlock, times);
        EventRows.Counts parts = EventRows.Counts.of(counts.take());
        ready = rows.rows(block.session(), ofSession, from, to, parts);
      }
      return ready.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }
  }
}
