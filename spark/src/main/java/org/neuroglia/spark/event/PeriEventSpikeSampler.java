package org.neuroglia.spark.event;

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

/**
 * Samples spikes around events into a tensor: an Estimator whose model knows the neurons.
 *
 * <p>Spikes come from {@link #setSpikes}, or from the params {@code spikesTable} or {@code
 * spikesPath}; packed (a row per neuron, {@code times array<double>}) or long (a row per spike,
 * {@code time}), with any number of rows a neuron. {@code fit} runs one job that lists the neurons
 * of each session; they are the neuron axis from then on, sorted, silent ones included.
 *
 * <p>The model adds to each event a Matrix [bins × neurons] of counts, and keeps every column of
 * the events. Edges are the doubles {@code sampleTimes[j] + time}; see {@link
 * org.neuroglia.event.PeriEventSpikeSampler} for the arithmetic, neuroglia's {@code
 * PeriEventSpikeSampler} with {@code sampler=Binner}. With {@code sampler=Smoother} the Matrix is
 * dense, [sample_times × neurons], of densities in 1/s: see {@link org.neuroglia.spike.Smoother}.
 */
public final class PeriEventSpikeSampler extends Estimator<PeriEventSpikeSamplerModel>
    implements PeriEventSpikeSamplerParams<PeriEventSpikeSampler>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private transient Dataset<Row> spikes;

  public PeriEventSpikeSampler() {
    this(Identifiable$.MODULE$.randomUID("PeriEventSpikeSampler"));
  }

  public PeriEventSpikeSampler(String uid) {
    this.uid = uid;
    setDefaults();
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Sets the spikes, packed or long. They are not saved with the stage. */
  public PeriEventSpikeSampler setSpikes(Dataset<Row> spikes) {
    this.spikes = spikes;
    return this;
  }

  /**
   * Lists the neurons of the spikes.
   *
   * @param events session (optional), time in seconds, and any others
   * @throws org.neuroglia.InvalidInputException if a param, the events or the spikes do not fit
   */
  @Override
  public PeriEventSpikeSamplerModel fit(Dataset<?> events) {
    transformSchema(events.schema());
    Trains trains = SpikeSource.find(this, spikes, events.sparkSession());
    NeuronAxis neurons = SpikeNeurons.of(trains);
    PeriEventSpikeSamplerModel model = new PeriEventSpikeSamplerModel(uid, neurons);
    return copyValues(model, ParamMap.empty()).setParent(this).setSpikes(spikes);
  }

  @Override
  public StructType transformSchema(StructType events) {
    return samplesSchema(events);
  }

  @Override
  public PeriEventSpikeSampler copy(ParamMap extra) {
    return copyValues(new PeriEventSpikeSampler(uid), extra).setSpikes(spikes);
  }

  public static MLReader<PeriEventSpikeSampler> read() {
    return new DefaultParamsReader<>();
  }

  public static PeriEventSpikeSampler load(String path) throws IOException {
    return read().load(path);
  }
}
