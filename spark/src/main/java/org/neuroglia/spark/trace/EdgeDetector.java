package org.neuroglia.spark.trace;

import java.io.IOException;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.trace.TraceFilter;

/**
 * Makes 1 where a trace is above its sample before (with {@code falling}: below), and 0 elsewhere:
 * neuroglia's {@code EdgeDetector(falling)}. The first sample is 0, and so is a difference with
 * NaN.
 */
public final class EdgeDetector extends TraceTransformer<EdgeDetector> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public EdgeDetector() {
    this(Identifiable$.MODULE$.randomUID("EdgeDetector"));
  }

  public EdgeDetector(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(falling(), false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Whether falling edges are found in place of rising ones. Default false. */
  public BooleanParam falling() {
    return new BooleanParam(
        uid(), "falling", "whether falling edges are found in place of rising ones");
  }

  public boolean getFalling() {
    return (Boolean) getOrDefault(falling());
  }

  public EdgeDetector setFalling(boolean value) {
    return with(falling(), value);
  }

  @Override
  public TraceFilter filter() {
    return new org.neuroglia.trace.EdgeDetector(getFalling());
  }

  @Override
  public EdgeDetector copy(ParamMap extra) {
    return copyValues(new EdgeDetector(uid), extra);
  }

  public static MLReader<EdgeDetector> read() {
    return new DefaultParamsReader<>();
  }

  public static EdgeDetector load(String path) throws IOException {
    return read().load(path);
  }
}
