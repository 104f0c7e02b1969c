package org.neuroglia.spark.event.exec;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
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
import org.neuroglia.spark.plan.PhysicalNode;
import org.neuroglia.spark.plan.Requirements;
import org.neuroglia.tensor.TensorRows;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** Gives each event its samples: merges the counts of a block of events. */
public final class TensorOfBlocksExec extends PhysicalNode {
  private static final long serialVersionUID = 1L;

  private final SparkPlan counts;
  private final SparkPlan events;
  private final SpikeSampling sampling;
  private final Integer partitions;
  private final EventColumns eventColumns;
  private final Seq<Attribute> output;

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
    this.counts = counts;
    this.events = events;
    this.sampling = sampling;
    this.partitions = partitions;
    this.eventColumns = eventColumns;
    this.output = output;
  }

  @Override
  public Seq<Attribute> output() {
    return output;
  }

  @Override
  public Seq<SparkPlan> children() {
    return Attributes.seq(counts, events);
  }

  @Override
  public scala.collection.Iterator<Object> stringArgs() {
    return Attributes.<Object>seq(sampling).iterator();
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {counts, events, sampling, partitions, eventColumns, output};
  }

  @Override
  protected SparkPlan withChildren(Seq<SparkPlan> children) {
    return new TensorOfBlocksExec(
        children.apply(0), children.apply(1), sampling, partitions, eventColumns, output);
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    OptionalInt number = partitions > 0 ? OptionalInt.of(partitions) : OptionalInt.empty();
    return Attributes.seq(
        Requirements.together(number, counts.output().apply(0), counts.output().apply(1)),
        Requirements.broadcast());
  }

  @Override
  public Seq<Seq<SortOrder>> requiredChildOrdering() {
    return Attributes.seq(
        Requirements.ascending(counts.output().apply(0), counts.output().apply(1)),
        Requirements.ascending());
  }

  @Override
  public RDD<InternalRow> doExecute() {
    Broadcast<InternalRow[]> rows = events.executeBroadcast();
    EventColumns columns = eventColumns;
    Broadcast<SpikeSampling> what =
        JavaSparkContext.fromSparkContext(sparkContext()).broadcast(sampling);
    StructType schema = schema();
    return JavaRDD.fromRDD(
            counts.execute(), ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class))
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
