package org.neuroglia.spark.epoch;

import java.io.IOException;
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
 * Counts spikes in epochs on a fixed neuron axis. {@code transform} is lazy. A saved model keeps
 * the neurons, not the spikes.
 */
public final class EpochSpikeCounterModel extends SpikeSamplingModel<EpochSpikeCounterModel>
    implements EpochSpikeCounterParams<EpochSpikeCounterModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public EpochSpikeCounterModel() {
    this("", NeuronAxis.unknown());
  }

  /** A model without spikes; for loading. */
  public EpochSpikeCounterModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
    setDefaults();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Dataset<Row> events = Events.numbered(dataset.toDF(), this);
    Trains trains = trains(events.schema(), dataset.sparkSession());
    return TensorSampling.sample(
        sampler(),
        neurons(),
        trains.whole(),
        events,
        this,
        Events.time(this),
        durationOf(events.schema()),
        schema.apply(getOutputCol()));
  }

  @Override
  public StructType transformSchema(StructType events) {
    return checkedEvents(events).add(TensorSampling.field(sampler(), neurons(), getOutputCol()));
  }

  @Override
  public EpochSpikeCounterModel copy(ParamMap extra) {
    return copyValues(new EpochSpikeCounterModel(uid(), neurons()), extra)
        .setSpikes(spikes())
        .setParent(parent());
  }

  public static MLReader<EpochSpikeCounterModel> read() {
    return reader(EpochSpikeCounterModel.class, EpochSpikeCounterModel::new);
  }

  public static EpochSpikeCounterModel load(String path) throws IOException {
    return read().load(path);
  }
}
