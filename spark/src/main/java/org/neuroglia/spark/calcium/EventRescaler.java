package org.neuroglia.spark.calcium;

import java.io.IOException;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.trace.TraceTransformer;
import org.neuroglia.trace.TraceFilter;

/**
 * Rescales the events of a deconvolved trace to log(1 + scale · x), or scale · x: neuroglia's
 * {@code EventRescaler(log_transform, scale)}.
 */
public final class EventRescaler extends TraceTransformer<EventRescaler> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public EventRescaler() {
    this(Identifiable$.MODULE$.randomUID("EventRescaler"));
  }

  public EventRescaler(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(logTransform(), true);
    setDefault(scale(), 5.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Whether the logarithm is taken. Default true. */
  public BooleanParam logTransform() {
    return new BooleanParam(uid(), "logTransform", "whether the logarithm is taken");
  }

  /** Factor of the values. Default 5.0. */
  public DoubleParam scale() {
    return new DoubleParam(uid(), "scale", "factor of the values");
  }

  public boolean getLogTransform() {
    return (Boolean) getOrDefault(logTransform());
  }

  public EventRescaler setLogTransform(boolean value) {
    return with(logTransform(), value);
  }

  public double getScale() {
    return (Double) getOrDefault(scale());
  }

  public EventRescaler setScale(double value) {
    return with(scale(), value);
  }

  @Override
  public TraceFilter filter() {
    return new org.neuroglia.calcium.EventRescaler(getLogTransform(), getScale());
  }

  @Override
  public EventRescaler copy(ParamMap extra) {
    return copyValues(new EventRescaler(uid), extra);
  }

  public static MLReader<EventRescaler> read() {
    return new DefaultParamsReader<>();
  }

  public static EventRescaler load(String path) throws IOException {
    return read().load(path);
  }
}
