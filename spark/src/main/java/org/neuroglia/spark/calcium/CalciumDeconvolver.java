package org.neuroglia.spark.calcium;

import java.io.IOException;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.trace.TraceTransformer;
import org.neuroglia.trace.TraceFilter;

/**
 * Finds the events behind calcium traces, by OASIS: neuroglia's {@code CalciumDeconvolver(penalty,
 * model, threshold)}; with {@code predict}, its method of that name.
 *
 * <p>Noise and time constants are estimated from each trace; nothing is random. The {@code
 * threshold} matters to {@code predict} alone, as in neuroglia. Traces are finite, evenly sampled
 * and have at least 5 samples. Needs whole traces, and joins chunks. See {@link
 * org.neuroglia.calcium.CalciumDeconvolver}.
 */
public final class CalciumDeconvolver extends TraceTransformer<CalciumDeconvolver> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public CalciumDeconvolver() {
    this(Identifiable$.MODULE$.randomUID("CalciumDeconvolver"));
  }

  public CalciumDeconvolver(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(penalty(), "l0");
    setDefault(model(), "exponential");
    setDefault(threshold(), 0.001);
    setDefault(predict(), false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** What keeps events few: l0 counts them, l1 adds them up. Default "l0". */
  public Param<String> penalty() {
    return new Param<>(uid(), "penalty", "what keeps events few: l0 counts them, l1 adds them up");
  }

  /**
   * Shape of a calcium transient: exponential (AR(1)) or double_exponential (AR(2)). Default
   * "exponential".
   */
  public Param<String> model() {
    return new Param<>(
        uid(),
        "model",
        "shape of a calcium transient: exponential (AR(1)) or double_exponential (AR(2))");
  }

  /** What an event must exceed to be a spike, in the unit of the trace. Default 0.001. */
  public DoubleParam threshold() {
    return new DoubleParam(
        uid(), "threshold", "what an event must exceed to be a spike, in the unit of the trace");
  }

  /**
   * Whether spikes (1 above the threshold, else 0) are given in place of the sizes of events.
   * Default false.
   */
  public BooleanParam predict() {
    return new BooleanParam(
        uid(),
        "predict",
        "whether spikes (1 above the threshold, else 0) are given in place of the sizes of events");
  }

  public String getPenalty() {
    return getOrDefault(penalty());
  }

  public CalciumDeconvolver setPenalty(String value) {
    return with(penalty(), value);
  }

  public String getModel() {
    return getOrDefault(model());
  }

  public CalciumDeconvolver setModel(String value) {
    return with(model(), value);
  }

  public double getThreshold() {
    return (Double) getOrDefault(threshold());
  }

  public CalciumDeconvolver setThreshold(double value) {
    return with(threshold(), value);
  }

  public boolean getPredict() {
    return (Boolean) getOrDefault(predict());
  }

  public CalciumDeconvolver setPredict(boolean value) {
    return with(predict(), value);
  }

  @Override
  public TraceFilter filter() {
    var deconvolver =
        new org.neuroglia.calcium.CalciumDeconvolver(getPenalty(), getModel(), getThreshold());
    return getPredict() ? deconvolver.predictor() : deconvolver;
  }

  @Override
  public CalciumDeconvolver copy(ParamMap extra) {
    return copyValues(new CalciumDeconvolver(uid), extra);
  }

  public static MLReader<CalciumDeconvolver> read() {
    return new DefaultParamsReader<>();
  }

  public static CalciumDeconvolver load(String path) throws IOException {
    return read().load(path);
  }
}
