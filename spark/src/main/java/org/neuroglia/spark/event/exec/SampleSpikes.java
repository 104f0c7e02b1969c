package org.neuroglia.spark.event.exec;

import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.neuroglia.spark.event.Sampling;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.LogicalNode;
import org.neuroglia.spark.plan.PlanExtensions;
import scala.collection.immutable.Seq;

/**
 * Events and their samples of spikes: the events' own columns, then a Matrix or a Vector.
 *
 * <p>Spikes and events say which of their columns are what; see {@link Sampling}.
 */
public final class SampleSpikes extends LogicalNode {
  private static final long serialVersionUID = 1L;

  private final LogicalPlan spikes;
  private final LogicalPlan events;
  private final SpikeSampling sampling;
  private final SpikeColumns spikeColumns;
  private final EventColumns eventColumns;
  private final Seq<Attribute> output;

  /**
   * @param spikeColumns where spikes have what: by positions, for spikes and events may come from
   *     one table and have the same attributes
   * @param eventColumns where events have what
   * @param output the events' own columns and the samples
   */
  public SampleSpikes(
      LogicalPlan spikes,
      LogicalPlan events,
      SpikeSampling sampling,
      SpikeColumns spikeColumns,
      EventColumns eventColumns,
      Seq<Attribute> output) {
    this.spikes = spikes;
    this.events = events;
    this.sampling = sampling;
    this.spikeColumns = spikeColumns;
    this.eventColumns = eventColumns;
    this.output = output;
  }

  /** Makes every session that is built with the extensions know how to plan this operator. */
  public static void inject(SparkSessionExtensions extensions) {
    PlanExtensions.inject(extensions, new SpikeSamplingStrategy(), rules());
  }

  /** How plans with this operator are made better. */
  public static List<Rule<LogicalPlan>> rules() {
    return List.of(new SumsOfBins(), new PackedScans());
  }

  LogicalPlan spikes() {
    return spikes;
  }

  LogicalPlan events() {
    return events;
  }

  SpikeSampling sampling() {
    return sampling;
  }

  SpikeColumns spikeColumns() {
    return spikeColumns;
  }

  EventColumns eventColumns() {
    return eventColumns;
  }

  /** The last column. */
  Attribute samples() {
    return output.last();
  }

  /** The same with another last column. */
  SampleSpikes with(SpikeSampling.Output kind, Attribute samples) {
    Seq<Attribute> columns = Attributes.replaceLast(output, samples);
    return new SampleSpikes(
        spikes, events, sampling.with(kind), spikeColumns, eventColumns, columns);
  }

  /** The same of other rows with the same columns. */
  SampleSpikes withSpikes(LogicalPlan other) {
    return new SampleSpikes(other, events, sampling, spikeColumns, eventColumns, output);
  }

  @Override
  public Seq<Attribute> output() {
    return output;
  }

  /** Rows of events are passed on whole, and positions must hold: no column may be pruned. */
  @Override
  public AttributeSet references() {
    return spikes.outputSet().$plus$plus(events.outputSet());
  }

  @Override
  public Seq<LogicalPlan> children() {
    return Attributes.seq(spikes, events);
  }

  @Override
  public scala.collection.Iterator<Object> stringArgs() {
    return Attributes.<Object>seq(sampling).iterator();
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {spikes, events, sampling, spikeColumns, eventColumns, output};
  }

  @Override
  protected LogicalPlan withChildren(Seq<LogicalPlan> children) {
    return new SampleSpikes(
        children.apply(0), children.apply(1), sampling, spikeColumns, eventColumns, output);
  }
}
