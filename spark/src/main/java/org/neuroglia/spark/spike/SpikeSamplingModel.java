package org.neuroglia.spark.spike;

import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.tensor.AxisModel;
import org.neuroglia.spark.tensor.NeuronAxis;

/**
 * Samples spikes at events, on a fixed neuron axis: adds a column to the events and keeps theirs.
 *
 * <p>{@code transform} is lazy. A saved model keeps the neurons, not the spikes: after loading they
 * come from {@code spikesTable} or {@code spikesPath}, or are set again with {@link #setSpikes}.
 * Neurons of the spikes that the axis does not have are left out.
 *
 * @param <M> the model, which the setters return
 */
public abstract class SpikeSamplingModel<M extends SpikeSamplingModel<M>> extends AxisModel<M>
    implements SpikesParams<M> {
  private static final long serialVersionUID = 1L;

  private transient Dataset<Row> spikes;

  protected SpikeSamplingModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
  }

  /** Sets the spikes, packed or long; null forgets them. */
  @SuppressWarnings("unchecked")
  public M setSpikes(Dataset<Row> spikes) {
    this.spikes = spikes;
    return (M) this;
  }

  /** What {@link #setSpikes} was given, or null. */
  protected Dataset<Row> spikes() {
    return spikes;
  }

  /**
   * The spikes that were set or are named.
   *
   * @throws InvalidInputException if there are none, or they have sessions and the events not, or
   *     the other way round
   */
  protected Trains trains(StructType events, SparkSession spark) {
    Trains trains = SpikeSource.find(this, spikes, spark);
    boolean eventsHave = Schemas.has(events, getSessionCol());
    Sessions.requireBoth(eventsHave, "the spikes", trains.hasSession(), getSessionCol());
    return trains;
  }

  /**
   * Sets the spikes of every stage in a fitted pipeline that samples some, in pipelines inside it
   * too.
   *
   * @return {@code pipeline}
   * @throws InvalidInputException if it has no such stage
   */
  public static PipelineModel setSpikes(PipelineModel pipeline, Dataset<Row> spikes) {
    if (setSpikesIn(pipeline, spikes) == 0) {
      throw new InvalidInputException(
          pipeline.uid() + " has no stage that samples spikes, whose spikes could be set");
    }
    return pipeline;
  }

  private static int setSpikesIn(PipelineModel pipeline, Dataset<Row> spikes) {
    int samplers = 0;
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof SpikeSamplingModel<?> sampler) {
        sampler.setSpikes(spikes);
        samplers++;
      } else if (stage instanceof PipelineModel inner) {
        samplers += setSpikesIn(inner, spikes);
      }
    }
    return samplers;
  }
}
