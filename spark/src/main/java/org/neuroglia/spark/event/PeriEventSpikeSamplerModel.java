package org.neuroglia.spark.event;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.spike.SpikeSource;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.AxisModel;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.tensor.TensorSampling;

/**
 * Samples spikes around events on a fixed neuron axis.
 *
 * <p>{@code transform} is lazy. A saved model keeps the neurons, not the spikes: after loading they
 * come from {@code spikesTable} or {@code spikesPath}, or are set again with {@link #setSpikes}.
 * Neurons of the spikes that the axis does not have are left out.
 */
public final class PeriEventSpikeSamplerModel extends AxisModel<PeriEventSpikeSamplerModel>
    implements PeriEventSpikeSamplerParams<PeriEventSpikeSamplerModel> {
  private static final long serialVersionUID = 1L;

  private transient Dataset<Row> spikes;

  /** A model without spikes; for loading. */
  public PeriEventSpikeSamplerModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
    setDefaults();
  }

  /** Sets the spikes, packed or long; null forgets them. */
  public PeriEventSpikeSamplerModel setSpikes(Dataset<Row> spikes) {
    this.spikes = spikes;
    return this;
  }

  /**
   * Sets the spikes of every sampler in a fitted pipeline, in pipelines inside it too.
   *
   * @return {@code pipeline}
   * @throws InvalidInputException if it has no sampler
   */
  public static PipelineModel setSpikes(PipelineModel pipeline, Dataset<Row> spikes) {
    if (setSpikesIn(pipeline, spikes) == 0) {
      throw new InvalidInputException(
          pipeline.uid() + " has no PeriEventSpikeSamplerModel whose spikes could be set");
    }
    return pipeline;
  }

  private static int setSpikesIn(PipelineModel pipeline, Dataset<Row> spikes) {
    int samplers = 0;
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof PeriEventSpikeSamplerModel sampler) {
        sampler.setSpikes(spikes);
        samplers++;
      } else if (stage instanceof PipelineModel inner) {
        samplers += setSpikesIn(inner, spikes);
      }
    }
    return samplers;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Trains trains = SpikeSource.find(this, spikes, dataset.sparkSession());
    Dataset<Row> events = Events.numbered(dataset.toDF(), this);
    requireSameSessions(trains, events.schema());
    if (smooths()) {
      return TensorSampling.sample(
          smoothing(),
          neurons(),
          trains.whole(),
          events,
          this,
          Events.time(this),
          lit(Double.NaN),
          schema.apply(getOutputCol()));
    }
    return new Sampling(this, arithmetic(), neurons(), trains, events).tensor();
  }

  private void requireSameSessions(Trains trains, StructType events) {
    boolean eventsHave = Schemas.has(events, getSessionCol());
    Sessions.requireBoth(eventsHave, "the spikes", trains.hasSession(), getSessionCol());
  }

  @Override
  public StructType transformSchema(StructType events) {
    StructType schema = samplesSchema(events);
    StructType described = new StructType();
    for (var field : schema.fields()) {
      described =
          field.name().equals(getOutputCol())
              ? described.add(
                  getOutputCol(),
                  SQLDataTypes.MatrixType(),
                  false,
                  smooths()
                      ? TensorSampling.field(smoothing(), neurons(), getOutputCol()).metadata()
                      : Sampling.metadata(arithmetic(), neurons()))
              : described.add(field);
    }
    return described;
  }

  @Override
  public PeriEventSpikeSamplerModel copy(ParamMap extra) {
    return copyValues(new PeriEventSpikeSamplerModel(uid(), neurons()), extra)
        .setSpikes(spikes)
        .setParent(parent());
  }

  public static MLReader<PeriEventSpikeSamplerModel> read() {
    return reader(PeriEventSpikeSamplerModel.class, PeriEventSpikeSamplerModel::new);
  }

  public static PeriEventSpikeSamplerModel load(String path) throws IOException {
    return read().load(path);
  }
}
