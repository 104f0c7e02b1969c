package org.neuroglia.spark.event;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.spike.SpikeSamplingModel;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.tensor.TensorSampling;

/**
 * Samples spikes around events on a fixed neuron axis.
 *
 * <p>{@code transform} is lazy. A saved model keeps the neurons, not the spikes: after loading they
 * come from {@code spikesTable} or {@code spikesPath}, or are set again with {@link #setSpikes}.
 * Neurons of the spikes that the axis does not have are left out.
 */
public final class PeriEventSpikeSamplerModel extends SpikeSamplingModel<PeriEventSpikeSamplerModel>
    implements PeriEventSpikeSamplerParams<PeriEventSpikeSamplerModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public PeriEventSpikeSamplerModel() {
    this("", NeuronAxis.unknown());
  }

  /** A model without spikes; for loading. */
  public PeriEventSpikeSamplerModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
    setDefaults();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Dataset<Row> events = Events.numbered(dataset.toDF(), this);
    Trains trains = trains(events.schema(), dataset.sparkSession());
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
        .setSpikes(spikes())
        .setParent(parent());
  }

  public static MLReader<PeriEventSpikeSamplerModel> read() {
    return reader(PeriEventSpikeSamplerModel.class, PeriEventSpikeSamplerModel::new);
  }

  public static PeriEventSpikeSamplerModel load(String path) throws IOException {
    return read().load(path);
  }
}
