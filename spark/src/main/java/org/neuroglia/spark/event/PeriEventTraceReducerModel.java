package org.neuroglia.spark.event;

import java.io.IOException;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.trace.TraceSamplingModel;

/** Reduces traces in bins around events on a fixed neuron axis. */
public final class PeriEventTraceReducerModel extends TraceSamplingModel<PeriEventTraceReducerModel>
    implements PeriEventTraceReducerParams<PeriEventTraceReducerModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public PeriEventTraceReducerModel() {
    this("", NeuronAxis.unknown());
  }

  /** A model without traces; for loading. */
  public PeriEventTraceReducerModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
    setDefaults();
  }

  @Override
  protected PeriEventTraceReducerModel make(String uid, NeuronAxis neurons) {
    return new PeriEventTraceReducerModel(uid, neurons);
  }

  public static MLReader<PeriEventTraceReducerModel> read() {
    return reader(PeriEventTraceReducerModel.class, PeriEventTraceReducerModel::new);
  }

  public static PeriEventTraceReducerModel load(String path) throws IOException {
    return read().load(path);
  }
}
