package org.neuroglia.spark.event;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.spike.SpikesParams;
import org.neuroglia.spark.tensor.NeuronSampler;
import org.neuroglia.spike.Smoother;

/**
 * The params of {@link PeriEventSpikeSampler} and its model.
 *
 * @param <T> the stage
 */
public interface PeriEventSpikeSamplerParams<T extends PeriEventSpikeSamplerParams<T>>
    extends SpikesParams<T> {
  List<String> SAMPLERS = List.of("Binner", "Smoother");
  List<String> PLANS = List.of("auto", "broadcast", "shuffle");

  /**
   * Seconds relative to the event: the edges of the Binner's bins, ascending, or when the Smoother
   * samples, in any order. Required.
   */
  default DoubleArrayParam sampleTimes() {
    return new DoubleArrayParam(
        this,
        "sampleTimes",
        "edges of bins, or times of samples, in seconds relative to the event");
  }

  /**
   * How spikes become samples: "Binner" counts them, "Smoother" adds their densities. Default
   * "Binner".
   */
  default Param<String> sampler() {
    return new Param<>(uid(), "sampler", "how spikes become samples: " + SAMPLERS);
  }

  /** The Smoother's kernel: gaussian, exponential or boxcar. Default "gaussian". */
  default Param<String> kernel() {
    return new Param<>(uid(), "kernel", "the Smoother's kernel: gaussian, exponential, boxcar");
  }

  /** Width of the Smoother's kernel, in seconds. Default 0.005. */
  default DoubleParam tau() {
    return new DoubleParam(uid(), "tau", "width of the Smoother's kernel, in seconds");
  }

  /**
   * Whether a neuron without a spike in an event's window, or one whose densities there are all 0,
   * has zeros (true) or NaN (false). Default true.
   */
  default BooleanParam fillna() {
    return new BooleanParam(
        uid(), "fillna", "zeros (true) or NaN (false) where a neuron has no spike in the window");
  }

  /**
   * How the Binner's events and spikes meet: "broadcast" the events, "shuffle" both sides by time,
   * or "auto". The Smoother needs whole trains and has one plan. Default "auto".
   */
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
    setDefault(kernel(), Smoother.DEFAULT_KERNEL);
    setDefault(tau(), Smoother.DEFAULT_TAU);
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

  default String getKernel() {
    return getOrDefault(kernel());
  }

  default double getTau() {
    return (Double) getOrDefault(tau());
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
    return with(sampleTimes(), SampleTimes.checkedFinite(value));
  }

  default T setSampler(String value) {
    return with(sampler(), oneOf(SAMPLERS, value, "sampler"));
  }

  default T setKernel(String value) {
    return with(kernel(), value);
  }

  default T setTau(double value) {
    return with(tau(), value);
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

  /** Whether spikes are smoothed rather than counted. */
  default boolean smooths() {
    return oneOf(SAMPLERS, getSampler(), "sampler").equals("Smoother");
  }

  /** The counting that these params ask for. */
  default org.neuroglia.event.PeriEventSpikeSampler arithmetic() {
    return new org.neuroglia.event.PeriEventSpikeSampler(getSampleTimes());
  }

  /** The smoothing that these params ask for. */
  default NeuronSampler smoothing() {
    Smoother smoother = new Smoother(getSampleTimes(), getKernel(), getTau());
    boolean fillna = getFillna();
    int samples = smoother.samples();
    return NeuronSampler.tensorOfTrains(
        smoother.sampleTimes(),
        (train, none, events, durations, out) -> {
          for (int e = 0; e < events.length; e++) {
            smoother.at(train, events[e], out, e * samples);
            if (!fillna && isSilent(out, e * samples, samples)) {
              Arrays.fill(out, e * samples, (e + 1) * samples, Double.NaN);
            }
          }
        });
  }

  private static boolean isSilent(double[] densities, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (densities[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Checks the events and adds the tensor's column. */
  default StructType samplesSchema(StructType events) {
    if (smooths()) {
      smoothing();
    } else {
      arithmetic();
    }
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
