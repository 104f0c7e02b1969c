package org.neuroglia.spark.trace;

import java.io.IOException;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.trace.TraceFilter;

/**
 * Makes 1 of the values above {@code threshold} and 0 of the others: neuroglia's and scikit-learn's
 * {@code Binarizer(threshold)}. NaN and infinities are refused, as there. MLlib's stage of this
 * name takes Vectors.
 */
public final class Binarizer extends TraceTransformer<Binarizer> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public Binarizer() {
    this(Identifiable$.MODULE$.randomUID("Binarizer"));
  }

  public Binarizer(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(threshold(), 0.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** What a value must exceed to be 1. Default 0.0. */
  public DoubleParam threshold() {
    return new DoubleParam(uid(), "threshold", "what a value must exceed to be 1");
  }

  public double getThreshold() {
    return (Double) getOrDefault(threshold());
  }

  public Binarizer setThreshold(double value) {
    return with(threshold(), value);
  }

  @Override
  public TraceFilter filter() {
    return new org.neuroglia.trace.Binarizer(getThreshold());
  }

  @Override
  public Binarizer copy(ParamMap extra) {
    return copyValues(new Binarizer(uid), extra);
  }

  public static MLReader<Binarizer> read() {
    return new DefaultParamsReader<>();
  }

  public static Binarizer load(String path) throws IOException {
    return read().load(path);
  }
}
