package org.neuroglia.spark.event.exec;

import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import org.neuroglia.spark.plan.PhysicalNode;
import scala.collection.immutable.Seq;

/** An operator that gives each event its samples. */
abstract class TensorExec extends PhysicalNode {
  private static final long serialVersionUID = 1L;

  private final SpikeSampling sampling;
  private final Integer partitions;
  private final EventColumns eventColumns;

  /**
   * @param samples parcels of what is sampled
   * @param events parcels of events
   * @param partitions how many tasks; what the session says if 0
   * @param eventColumns where the rows of events have what
   */
  TensorExec(
      SparkPlan samples,
      SparkPlan events,
      SpikeSampling sampling,
      Integer partitions,
      EventColumns eventColumns,
      Seq<Attribute> output) {
    super(output, samples, events);
    this.sampling = sampling;
    this.partitions = partitions;
    this.eventColumns = eventColumns;
  }

  final SparkPlan samples() {
    return children().apply(0);
  }

  final SparkPlan events() {
    return children().apply(1);
  }

  final SpikeSampling sampling() {
    return sampling;
  }

  final Integer partitions() {
    return partitions;
  }

  final EventColumns eventColumns() {
    return eventColumns;
  }

  /** How many tasks; empty if the session says it. */
  final OptionalInt tasks() {
    return partitions > 0 ? OptionalInt.of(partitions) : OptionalInt.empty();
  }

  /** The columns of a {@link Parcel} by which rows belong together: session and home. */
  static Attribute[] key(SparkPlan parcels) {
    return new Attribute[] {parcels.output().apply(0), parcels.output().apply(1)};
  }

  /** The same operator with other children. */
  protected abstract SparkPlan with(SparkPlan samples, SparkPlan events);

  @Override
  protected final Object shown() {
    return sampling;
  }

  @Override
  protected final Object[] arguments() {
    return new Object[] {samples(), events(), sampling, partitions, eventColumns, output()};
  }

  @Override
  protected final SparkPlan withChildren(Seq<SparkPlan> children) {
    return with(children.apply(0), children.apply(1));
  }
}
