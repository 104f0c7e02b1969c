package org.neuroglia.spark.event;

import java.io.IOException;
import java.util.TreeMap;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.SavedModel;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.spike.SpikeSource;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.NeuronAxis;

/**
 * Samples spikes around events on a fixed neuron axis.
 *
 * <p>{@code transform} is lazy. A saved model keeps the neurons, not the spikes: after loading they
 * come from {@code spikesTable} or {@code spikesPath}, or are set again with {@link #setSpikes}.
 * Neurons of the spikes that the axis does not have are left out.
 */
public final class PeriEventSpikeSamplerModel extends Model<PeriEventSpikeSamplerModel>
    implements PeriEventSpikeSamplerParams<PeriEventSpikeSamplerModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private static final StructType SAVED =
      new StructType()
          .add("session", DataTypes.StringType)
          .add("neurons", DataTypes.createArrayType(DataTypes.StringType));

  private final String uid;
  private final NeuronAxis neurons;
  private transient Dataset<Row> spikes;

  /** A model without spikes; for loading. */
  public PeriEventSpikeSamplerModel(String uid, NeuronAxis neurons) {
    this.uid = uid;
    this.neurons = neurons;
    setDefaults();
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The neurons of each session, in the order of the tensor's columns. */
  public NeuronAxis neurons() {
    return neurons;
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
    transformSchema(dataset.schema());
    Trains trains = SpikeSource.find(this, spikes, dataset.sparkSession());
    Dataset<Row> events = Events.numbered(dataset.toDF(), this);
    requireSameSessions(trains, events.schema());
    return new Sampling(this, arithmetic(), neurons, trains, events).tensor();
  }

  private void requireSameSessions(Trains trains, StructType events) {
    boolean eventsHave = Schemas.has(events, getSessionCol());
    if (trains.hasSession() != eventsHave) {
      throw new InvalidInputException(
          String.format(
              "%s have a column \"%s\" and %s have none: give both or neither one",
              eventsHave ? "the events" : "the spikes",
              getSessionCol(),
              eventsHave ? "the spikes" : "the events"));
    }
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
                  Sampling.metadata(arithmetic(), neurons))
              : described.add(field);
    }
    return described;
  }

  @Override
  public PeriEventSpikeSamplerModel copy(ParamMap extra) {
    return copyValues(new PeriEventSpikeSamplerModel(uid, neurons), extra)
        .setSpikes(spikes)
        .setParent(parent());
  }

  @Override
  public MLWriter write() {
    return SavedModel.writer(
        this,
        SAVED,
        neurons.labels().entrySet().stream()
            .map(session -> RowFactory.create(session.getKey(), session.getValue()))
            .toList());
  }

  public static MLReader<PeriEventSpikeSamplerModel> read() {
    return SavedModel.reader(
        PeriEventSpikeSamplerModel.class,
        SAVED,
        (uid, rows) -> {
          TreeMap<String, String[]> labels = new TreeMap<>();
          rows.forEach(row -> labels.put(row.getString(0), SavedModel.strings(row, "neurons")));
          return new PeriEventSpikeSamplerModel(uid, new NeuronAxis(labels));
        });
  }

  public static PeriEventSpikeSamplerModel load(String path) throws IOException {
    return read().load(path);
  }
}
