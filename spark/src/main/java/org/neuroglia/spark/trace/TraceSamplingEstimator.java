package org.neuroglia.spark.trace;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.tensor.TensorSampling;

/**
 * Samples traces at events: an Estimator whose model knows the neurons.
 *
 * <p>Traces come from {@link #setTraces}, or from the params {@code tracesTable} or {@code
 * tracesPath}, a row per neuron or chunks of time. {@code fit} runs one job that lists the neurons
 * of each session; they are the axis from then on, sorted.
 *
 * @param <E> the stage, which the setters return
 * @param <M> its model
 */
public abstract class TraceSamplingEstimator<
        E extends TraceSamplingEstimator<E, M>, M extends TraceSamplingModel<M>>
    extends Estimator<M> implements TraceSamplingParams<E>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private transient Dataset<Row> traces;

  protected TraceSamplingEstimator(String uid) {
    this.uid = uid;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Sets the traces. They are not saved with the stage. */
  @SuppressWarnings("unchecked")
  public E setTraces(Dataset<Row> traces) {
    this.traces = traces;
    return (E) this;
  }

  /** A model without params or traces. */
  protected abstract M model(String uid, NeuronAxis neurons);

  /** A stage without params or traces. */
  protected abstract E make(String uid);

  /**
   * Lists the neurons of the traces.
   *
   * @param events session (optional), time in seconds, and any others
   * @throws org.neuroglia.InvalidInputException if a param, the events or the traces do not fit
   */
  @Override
  public M fit(Dataset<?> events) {
    transformSchema(events.schema());
    Traces found = TraceSource.find(this, traces, events.sparkSession());
    boolean eventsHave = Schemas.has(events.schema(), getSessionCol());
    Sessions.requireBoth(eventsHave, "the traces", found.hasSession(), getSessionCol());
    NeuronAxis neurons = NeuronAxis.of(found.neurons(), found.hasIntegerNeurons());
    return copyValues(model(uid, neurons), ParamMap.empty()).setParent(this).setTraces(traces);
  }

  @Override
  public StructType transformSchema(StructType events) {
    StructType checked = checkedEvents(events);
    return checked.add(TensorSampling.field(sampler(), NeuronAxis.unknown(), getOutputCol()));
  }

  @Override
  public E copy(ParamMap extra) {
    return copyValues(make(uid), extra).setTraces(traces);
  }
}
