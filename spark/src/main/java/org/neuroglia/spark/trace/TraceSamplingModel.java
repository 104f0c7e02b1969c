package org.neuroglia.spark.trace;

import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.tensor.AxisModel;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.spark.tensor.TensorSampling;

/**
 * Samples traces at events, on a fixed neuron axis: adds a column to the events and keeps theirs.
 *
 * <p>{@code transform} is lazy. A saved model keeps the neurons, not the traces: after loading they
 * come from {@code tracesTable} or {@code tracesPath}, or are set again with {@link #setTraces}.
 * Neurons that the axis does not have are left out; one that is on the axis and has no trace is
 * NaN.
 *
 * @param <M> the model, which the setters return
 */
public abstract class TraceSamplingModel<M extends TraceSamplingModel<M>> extends AxisModel<M>
    implements TraceSamplingParams<M> {
  private static final long serialVersionUID = 1L;

  private transient Dataset<Row> traces;

  protected TraceSamplingModel(String uid, NeuronAxis neurons) {
    super(uid, neurons);
  }

  /** Sets the traces; null forgets them. */
  @SuppressWarnings("unchecked")
  public M setTraces(Dataset<Row> traces) {
    this.traces = traces;
    return (M) this;
  }

  /**
   * Sets the traces of every stage in a fitted pipeline that samples some, in pipelines inside it
   * too.
   *
   * @return {@code pipeline}
   * @throws InvalidInputException if it has no such stage
   */
  public static PipelineModel setTraces(PipelineModel pipeline, Dataset<Row> traces) {
    if (setTracesIn(pipeline, traces) == 0) {
      throw new InvalidInputException(
          pipeline.uid() + " has no stage that samples traces, whose traces could be set");
    }
    return pipeline;
  }

  private static int setTracesIn(PipelineModel pipeline, Dataset<Row> traces) {
    int samplers = 0;
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof TraceSamplingModel<?> sampler) {
        sampler.setTraces(traces);
        samplers++;
      } else if (stage instanceof PipelineModel inner) {
        samplers += setTracesIn(inner, traces);
      }
    }
    return samplers;
  }

  /** A model without params or traces. */
  protected abstract M make(String uid, NeuronAxis neurons);

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Traces found = TraceSource.find(this, traces, dataset.sparkSession());
    Dataset<Row> events = Events.numbered(dataset.toDF(), this);
    Sessions.requireBoth(
        Schemas.has(events.schema(), getSessionCol()),
        "the traces",
        found.hasSession(),
        getSessionCol());
    return TensorSampling.sample(
        sampler(),
        neurons(),
        found.wholeByName(),
        events,
        this,
        Events.time(this),
        duration(events.schema()),
        schema.apply(getOutputCol()));
  }

  @Override
  public StructType transformSchema(StructType events) {
    return checkedEvents(events).add(TensorSampling.field(sampler(), neurons(), getOutputCol()));
  }

  @Override
  public M copy(ParamMap extra) {
    return copyValues(make(uid(), neurons()), extra).setTraces(traces).setParent(parent());
  }
}
