package org.neuroglia.spark.calcium;

import java.io.IOException;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.trace.TraceTransformer;
import org.neuroglia.trace.TraceFilter;

/**
 * Makes ΔF/F of a trace: (F − baseline) / baseline, the baseline being a percentile of a sliding
 * window: neuroglia's {@code Normalize(window, percentile)}. {@code window} is in seconds, where
 * neuroglia says minutes and computes seconds; see {@link org.neuroglia.calcium.Normalize}. Needs
 * whole traces, and joins chunks.
 */
public final class Normalize extends TraceTransformer<Normalize> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public Normalize() {
    this(Identifiable$.MODULE$.randomUID("Normalize"));
  }

  public Normalize(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(window(), 3.0);
    setDefault(percentile(), 8.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Length of the sliding window in seconds. Default 3.0. */
  public DoubleParam window() {
    return new DoubleParam(uid(), "window", "length of the sliding window in seconds");
  }

  /** Percentile of the window that is the baseline, 0 to 100. Default 8.0. */
  public DoubleParam percentile() {
    return new DoubleParam(
        uid(), "percentile", "percentile of the window that is the baseline, 0 to 100");
  }

  public double getWindow() {
    return (Double) getOrDefault(window());
  }

  public Normalize setWindow(double value) {
    return with(window(), value);
  }

  public double getPercentile() {
    return (Double) getOrDefault(percentile());
  }

  public Normalize setPercentile(double value) {
    return with(percentile(), value);
  }

  @Override
  public TraceFilter filter() {
    return new org.neuroglia.calcium.Normalize(getWindow(), getPercentile());
  }

  @Override
  public Normalize copy(ParamMap extra) {
    return copyValues(new Normalize(uid), extra);
  }

  public static MLReader<Normalize> read() {
    return new DefaultParamsReader<>();
  }

  public static Normalize load(String path) throws IOException {
    return read().load(path);
  }
}
