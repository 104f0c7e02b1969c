package org.neuroglia.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.neuroglia.calcium.CalciumDeconvolver;
import org.neuroglia.calcium.MedianFilterDetrender;
import org.neuroglia.datasets.CalciumTraces;
import org.neuroglia.trace.CubicSpline;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done to one calcium trace. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TraceBenchmark {
  @Param("30000")
  public int samples;

  private double[] times;
  private double[] trace;

  @Setup
  public void create() {
    CalciumTraces traces =
        CalciumTraces.builder()
            .neurons(List.of("0"))
            .samples(samples)
            .coefficients(0.95)
            .seed(1)
            .build();
    times = traces.times();
    trace = traces.trace(0);
  }

  /** OASIS, AR(1), penalty l0. */
  @Benchmark
  public double[] deconvolve() {
    return new CalciumDeconvolver().apply(times, trace);
  }

  @Benchmark
  public double[] medianFilter() {
    return new MedianFilterDetrender().apply(times, trace);
  }

  @Benchmark
  public CubicSpline spline() {
    return new CubicSpline(times, trace);
  }
}
