package org.neuroglia.spark.event;

import java.io.IOException;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.trace.TraceSamplingModel;

/** Samples traces around events on a fixed neuron axis. */
public final class PeriEventTraceSamplerModel extends TraceSamplingModel<PeriEventTraceSamplerModel>
    implements PeriEventTraceSamplerParams<PeriEventTraceSamplerModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public PeriEventTraceSamplerModel() {
    this("", NeuronAxis.unknown());
  }

  /** A model without traces; for loading. */
  public PeriEventTraceSamplerModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
    setDefaults();
  }

  @Override
  protected PeriEventTraceSamplerModel make(String uid, NeuronAxis neurons) {
    return new PeriEventTraceSamplerModel(uid, neurons);
  }

  public static MLReader<PeriEventTraceSamplerModel> read() {
    return reader(PeriEventTraceSamplerModel.class, PeriEventTraceSamplerModel::new);
  }

  public static PeriEventTraceSamplerModel load(String path) throws IOException {
    return read().load(path);
  }
}
