package org.neuroglia.spark.event;

import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.spike.SpikesParams;

/**
 * The params of {@link PeriEventSpikeSampler} and its model.
 *
 * @param <T> the stage
 */
public interface PeriEventSpikeSamplerParams<T extends PeriEventSpikeSamplerParams<T>>
    extends SpikesParams<T> {
  List<String> SAMPLERS = List.of("Binner");
  List<String> PLANS = List.of("auto", "broadcast", "shuffle");

  /** Edges of the bins relative to the event, in seconds, ascending. Required. */
  default DoubleArrayParam sampleTimes() {
    return new DoubleArrayParam(
        this, "sampleTimes", "edges of the bins relative to the event, in seconds, ascending");
  }

  /** How spikes become samples: "Binner" counts them. Default "Binner". */
  default Param<String> sampler() {
    return new Param<>(uid(), "sampler", "how spikes become samples: " + SAMPLERS);
  }

  /**
   * Whether a neuron without a spike in an event's window has zeros there (true) or NaN (false).
   * Default true.
   */
  default BooleanParam fillna() {
    return new BooleanParam(
        uid(), "fillna", "zeros (true) or NaN (false) where a neuron has no spike in the window");
  }

  /** "broadcast" the events, "shuffle" both sides by time, or "auto". Default "auto". */
  default Param<String> plan() {
    return new Param<>(uid(), "plan", "how events and spikes meet: " + PLANS);
  }

  /** Column of the tensor. Default "tensor". */
  default Param<String> outputCol() {
    return new Param<>(uid(), "outputCol", "column of the tensor");
  }

  default void setDefaults() {
    setDefaultColumns();
    setDefault(sampler(), "Binner");
    setDefault(fillna(), true);
    setDefault(plan(), "auto");
    setDefault(outputCol(), "tensor");
  }

  default double[] getSampleTimes() {
    return get(sampleTimes()).isEmpty() ? new double[0] : getOrDefault(sampleTimes());
  }

  default String getSampler() {
    return getOrDefault(sampler());
  }

  default boolean getFillna() {
    return (Boolean) getOrDefault(fillna());
  }

  default String getPlan() {
    return getOrDefault(plan());
  }

  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  default T setSampleTimes(double[] value) {
    return with(sampleTimes(), org.neuroglia.event.PeriEventSpikeSampler.checkedSampleTimes(value));
  }

  default T setSampler(String value) {
    return with(sampler(), oneOf(SAMPLERS, value, "sampler"));
  }

  default T setFillna(boolean value) {
    return with(fillna(), value);
  }

  default T setPlan(String value) {
    return with(plan(), oneOf(PLANS, value, "plan"));
  }

  default T setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** The arithmetic that these params ask for. */
  default org.neuroglia.event.PeriEventSpikeSampler arithmetic() {
    oneOf(SAMPLERS, getSampler(), "sampler");
    return new org.neuroglia.event.PeriEventSpikeSampler(getSampleTimes());
  }

  /** Checks the events and adds the tensor's column. */
  default StructType samplesSchema(StructType events) {
    arithmetic();
    oneOf(PLANS, getPlan(), "plan");
    Schemas.requireAbsent(events, getOutputCol(), "the events", "outputCol");
    return Events.numberedSchema(events, this)
        .add(getOutputCol(), SQLDataTypes.MatrixType(), false);
  }

  private static String oneOf(List<String> accepted, String value, String param) {
    if (!accepted.contains(value)) {
      throw new InvalidInputException(
          String.format("%s is \"%s\"; accepted are %s", param, value, accepted));
    }
    return value;
  }
}
