package org.neuroglia.spark.spike;

import static org.neuroglia.spike.Smoother.DEFAULT_KERNEL;
import static org.neuroglia.spike.Smoother.DEFAULT_TAU;

import java.io.IOException;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Smooths spikes: spikes to traces (session, neuron, times, values), neuroglia's {@code
 * Smoother(sample_times, kernel, tau)}.
 *
 * <p>A trace has a value at each of the {@code sampleTimes}, which are in any order: the sum of the
 * densities of all spikes, in 1/s. The kernels exponential and boxcar are causal. See {@link
 * org.neuroglia.spike.Smoother}.
 */
public final class Smoother extends TrainTransformer<Smoother> {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public Smoother() {
    this(Identifiable$.MODULE$.randomUID("Smoother"));
  }

  public Smoother(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
    setDefault(kernel(), DEFAULT_KERNEL);
    setDefault(tau(), DEFAULT_TAU);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** gaussian, exponential or boxcar. Default "gaussian". */
  public Param<String> kernel() {
    return new Param<>(uid(), "kernel", "gaussian, exponential or boxcar");
  }

  /** Width of the kernel, in seconds. Default 0.005. */
  public DoubleParam tau() {
    return new DoubleParam(uid(), "tau", "width of the kernel, in seconds");
  }

  public String getKernel() {
    return getOrDefault(kernel());
  }

  public Smoother setKernel(String value) {
    return with(kernel(), value);
  }

  public double getTau() {
    return (Double) getOrDefault(tau());
  }

  public Smoother setTau(double value) {
    return with(tau(), value);
  }

  @Override
  protected Sampler sampler() {
    var smoother = new org.neuroglia.spike.Smoother(getSampleTimes(), getKernel(), getTau());
    return new Sampler(smoother.sampleTimes(), smoother::transform);
  }

  @Override
  public Smoother copy(ParamMap extra) {
    return copyValues(new Smoother(uid), extra);
  }

  public static MLReader<Smoother> read() {
    return new DefaultParamsReader<>();
  }

  public static Smoother load(String path) throws IOException {
    return read().load(path);
  }
}
