package org.neuroglia.spark.calcium;

import java.io.IOException;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.trace.TraceTransformer;
import org.neuroglia.trace.TraceFilter;

/**
 * Subtracts from a trace its Savitzky–Golay filter: neuroglia's {@code
 * SavGolFilterDetrender(window, order)}, scipy's {@code savgol_filter} with {@code mode='interp'}.
 * Chunks borrow {@code window} samples from their neighbours.
 */
public final class SavGolFilterDetrender extends TraceTransformer<SavGolFilterDetrender> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public SavGolFilterDetrender() {
    this(Identifiable$.MODULE$.randomUID("SavGolFilterDetrender"));
  }

  public SavGolFilterDetrender(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(window(), 201);
    setDefault(order(), 3);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Length of the filter in samples, odd. Default 201. */
  public IntParam window() {
    return new IntParam(uid(), "window", "length of the filter in samples, odd");
  }

  /** Order of the polynomials. Default 3. */
  public IntParam order() {
    return new IntParam(uid(), "order", "order of the polynomials");
  }

  public int getWindow() {
    return (Integer) getOrDefault(window());
  }

  public SavGolFilterDetrender setWindow(int value) {
    return with(window(), value);
  }

  public int getOrder() {
    return (Integer) getOrDefault(order());
  }

  public SavGolFilterDetrender setOrder(int value) {
    return with(order(), value);
  }

  @Override
  public TraceFilter filter() {
    return new org.neuroglia.calcium.SavGolFilterDetrender(getWindow(), getOrder());
  }

  @Override
  public SavGolFilterDetrender copy(ParamMap extra) {
    return copyValues(new SavGolFilterDetrender(uid), extra);
  }

  public static MLReader<SavGolFilterDetrender> read() {
    return new DefaultParamsReader<>();
  }

  public static SavGolFilterDetrender load(String path) throws IOException {
    return read().load(path);
  }
}
