package org.neuroglia.spark.epoch;

import java.io.IOException;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.event.exec.SpikeNeurons;
import org.neuroglia.spark.spike.SpikeSource;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.tensor.TensorSampling;

/**
 * Counts the spikes in epochs, events with a {@code duration}: the counterpart for spikes of {@link
 * EpochTraceReducer}, which neuroglia lacks.
 *
 * <p>Adds to each event a Vector [neurons] of the spikes at times t with {@code time <= t < time +
 * duration}, as many or, with {@code rate}, per second. An epoch without a length has 0 spikes and
 * a rate of NaN. Spikes are given as to {@link org.neuroglia.spark.event.PeriEventSpikeSampler};
 * {@code fit} lists their neurons, silent ones included.
 */
public final class EpochSpikeCounter extends Estimator<EpochSpikeCounterModel>
    implements EpochSpikeCounterParams<EpochSpikeCounter>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private transient Dataset<Row> spikes;

  public EpochSpikeCounter() {
    this(Identifiable$.MODULE$.randomUID("EpochSpikeCounter"));
  }

  public EpochSpikeCounter(String uid) {
    this.uid = uid;
    setDefaults();
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Sets the spikes, packed or long. They are not saved with the stage. */
  public EpochSpikeCounter setSpikes(Dataset<Row> spikes) {
    this.spikes = spikes;
    return this;
  }

  /**
   * Lists the neurons of the spikes.
   *
   * @param events session (optional), time and duration in seconds, and any others
   * @throws org.neuroglia.InvalidInputException if a param, the events or the spikes do not fit
   */
  @Override
  public EpochSpikeCounterModel fit(Dataset<?> events) {
    transformSchema(events.schema());
    Trains trains = SpikeSource.find(this, spikes, events.sparkSession());
    NeuronAxis neurons = SpikeNeurons.of(trains);
    return copyValues(new EpochSpikeCounterModel(uid, neurons), ParamMap.empty())
        .setParent(this)
        .setSpikes(spikes);
  }

  @Override
  public StructType transformSchema(StructType events) {
    return checkedEvents(events)
        .add(TensorSampling.field(sampler(), NeuronAxis.unknown(), getOutputCol()));
  }

  @Override
  public EpochSpikeCounter copy(ParamMap extra) {
    return copyValues(new EpochSpikeCounter(uid), extra).setSpikes(spikes);
  }

  public static MLReader<EpochSpikeCounter> read() {
    return new DefaultParamsReader<>();
  }

  public static EpochSpikeCounter load(String path) throws IOException {
    return read().load(path);
  }
}
