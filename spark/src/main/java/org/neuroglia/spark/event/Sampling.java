package org.neuroglia.spark.event;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.event.exec.CountSpikesExec;
import org.neuroglia.spark.event.exec.EventColumns;
import org.neuroglia.spark.event.exec.SampleSpikes;
import org.neuroglia.spark.event.exec.SliceSpikesExec;
import org.neuroglia.spark.event.exec.SpikeColumns;
import org.neuroglia.spark.event.exec.SpikeSampling;
import org.neuroglia.spark.event.exec.SpikeSamplingStrategy;
import org.neuroglia.spark.event.exec.SumsOfBins;
import org.neuroglia.spark.event.exec.TensorOfSlicesExec;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.PlanExtensions;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.NeuronAxis;

/**
 * How events and spikes meet: operators of our own, which see Spark's rows as bytes. Nothing runs
 * until the result is used.
 *
 * <ul>
 *   <li><b>broadcast</b>: the events are known everywhere. {@link CountSpikesExec} counts spikes
 *       where they lie into compact parts, one for a block of events, and {@link
 *       TensorOfBlocksExec} merges the parts and makes the rows. Spikes are never moved.
 *   <li><b>shuffle</b>: for events too many to be known everywhere. {@link SliceSpikesExec} cuts
 *       trains into slices of time, and {@link TensorOfSlicesExec} counts where the spikes of a
 *       slice meet its events.
 * </ul>
 *
 * <p>Counts are integers and parts are merged in any order, so that the result does not depend on
 * partitions. Where only sums over the bins are used, {@link SumsOfBins} counts no bins.
 */
public final class Sampling {
  private final PeriEventSpikeSamplerParams<?> params;
  private final PeriEventSpikeSampler sampler;
  private final NeuronAxis neurons;
  private final Trains trains;
  private final Dataset<Row> events;

  public Sampling(
      PeriEventSpikeSamplerParams<?> params,
      PeriEventSpikeSampler sampler,
      NeuronAxis neurons,
      Trains trains,
      Dataset<Row> events) {
    this.params = params;
    this.sampler = sampler;
    this.neurons = neurons;
    this.trains = trains;
    this.events = events;
  }

  /** The events' columns and the tensor. */
  Dataset<Row> tensor() {
    PlanExtensions.register(
        events.sparkSession(), new SpikeSamplingStrategy(), SampleSpikes.rules());
    SpikeSampling sampling =
        new SpikeSampling(
            sampler, neurons, params.getFillna(), params.getPlan(), SpikeSampling.Output.TENSOR);
    StructType schema =
        events
            .schema()
            .add(
                params.getOutputCol(),
                SQLDataTypes.MatrixType(),
                false,
                metadata(sampler, neurons));
    Dataset<Row> spikes = trains.rows();
    return Attributes.rows(
        events,
        new SampleSpikes(
            Attributes.plan(spikes),
            Attributes.plan(events),
            sampling,
            SpikeColumns.of(trains, spikes.schema()),
            eventColumns(events.schema()),
            Attributes.of(schema)));
  }

  private EventColumns eventColumns(StructType schema) {
    StructField time = Schemas.require(schema, params.getTimeCol(), "the events");
    Optional<StructField> session = Schemas.find(schema, params.getSessionCol());
    Sessions.column(schema, params.getSessionCol()); // of a type that it may have
    return new EventColumns(
        schema.fieldIndex(time.name()),
        time.dataType(),
        session.map(field -> schema.fieldIndex(field.name())).orElse(-1),
        session.map(StructField::dataType).orElse(null),
        schema.size());
  }

  /** What the tensor's column says of its axes; a bin is named by its first edge. */
  static Metadata metadata(PeriEventSpikeSampler sampler, NeuronAxis neurons) {
    double[] edges = sampler.sampleTimes();
    return neurons.metadata(Arrays.copyOf(edges, sampler.bins())).toMetadata();
  }
}
