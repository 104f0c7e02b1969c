package org.neuroglia.spark.epoch;

import java.io.IOException;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.trace.TraceSamplingModel;

/** Reduces traces in epochs on a fixed neuron axis. */
public final class EpochTraceReducerModel extends TraceSamplingModel<EpochTraceReducerModel>
    implements EpochTraceReducerParams<EpochTraceReducerModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public EpochTraceReducerModel() {
    this("", NeuronAxis.unknown());
  }

  /** A model without traces; for loading. */
  public EpochTraceReducerModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
    setDefaults();
  }

  @Override
  protected EpochTraceReducerModel make(String uid, NeuronAxis neurons) {
    return new EpochTraceReducerModel(uid, neurons);
  }

  public static MLReader<EpochTraceReducerModel> read() {
    return reader(EpochTraceReducerModel.class, EpochTraceReducerModel::new);
  }

  public static EpochTraceReducerModel load(String path) throws IOException {
    return read().load(path);
  }
}
