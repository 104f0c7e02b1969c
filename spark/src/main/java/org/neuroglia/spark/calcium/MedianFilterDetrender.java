package org.neuroglia.spark.calcium;

import java.io.IOException;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.neuroglia.spark.trace.TraceTransformer;
import org.neuroglia.trace.TraceFilter;

/**
 * Subtracts from a trace its median filter, but no more than {@code peakStdThreshold} standard
 * deviations of it: neuroglia's {@code MedianFilterDetrender(window, peak_std_threshold)}. The
 * filter takes zeros beyond the ends, and the limit is relative to 0: see {@link
 * org.neuroglia.calcium.MedianFilterDetrender}. Needs whole traces, and joins chunks.
 */
public final class MedianFilterDetrender extends TraceTransformer<MedianFilterDetrender> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public MedianFilterDetrender() {
    this(Identifiable$.MODULE$.randomUID("MedianFilterDetrender"));
  }

  public MedianFilterDetrender(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(window(), 101);
    setDefault(peakStdThreshold(), 4.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Length of the median filter in samples, odd. Default 101. */
  public IntParam window() {
    return new IntParam(uid(), "window", "length of the median filter in samples, odd");
  }

  /**
   * How many standard deviations of the filtered trace, estimated by its median absolute deviation,
   * are removed at most. Default 4.0.
   */
  public DoubleParam peakStdThreshold() {
    return new DoubleParam(
        uid(),
        "peakStdThreshold",
        "how many standard deviations of the filtered trace, estimated by its median absolute deviation, are removed at most");
  }

  public int getWindow() {
    return (Integer) getOrDefault(window());
  }

  public MedianFilterDetrender setWindow(int value) {
    return with(window(), value);
  }

  public double getPeakStdThreshold() {
    return (Double) getOrDefault(peakStdThreshold());
  }

  public MedianFilterDetrender setPeakStdThreshold(double value) {
    return with(peakStdThreshold(), value);
  }

  @Override
  public TraceFilter filter() {
    return new org.neuroglia.calcium.MedianFilterDetrender(getWindow(), getPeakStdThreshold());
  }

  @Override
  public MedianFilterDetrender copy(ParamMap extra) {
    return copyValues(new MedianFilterDetrender(uid), extra);
  }

  public static MLReader<MedianFilterDetrender> read() {
    return new DefaultParamsReader<>();
  }

  public static MedianFilterDetrender load(String path) throws IOException {
    return read().load(path);
  }
}
