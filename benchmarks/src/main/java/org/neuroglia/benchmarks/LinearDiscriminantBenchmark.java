package org.neuroglia.benchmarks;

import java.util.concurrent.TimeUnit;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.split.StratifiedKFold;
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
import org.openjdk.jmh.infra.Blackhole;

/** Linear discriminant analysis: one fit to all events, and the accuracy of five folds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {
      "-Xmx4g",
      "-XX:+UseParallelGC",
      "-XX:+UseTransparentHugePages",
      "--add-modules=jdk.incubator.vector"
    })
public class LinearDiscriminantBenchmark {
  @Param({"69", "690"})
  public int neurons;

  @Param("5950")
  public int events;

  private LabelledResponses data;

  @Setup
  public void create() {
    data = LabelledResponses.create(events, neurons, 1);
  }

  @Benchmark
  public void fitAndAccuracy(Blackhole result) {
    result.consume(fit());
    result.consume(accuracy());
  }

  @Benchmark
  public DecoderModel fit() {
    return new LinearDiscriminantAnalysis()
        .fit(data.rows(), data.images(), LabelledResponses.IMAGES);
  }

  @Benchmark
  public double[] accuracy() {
    return CrossValidation.run(
            new LinearDiscriminantAnalysis(),
            false,
            data.rows(),
            data.images(),
            LabelledResponses.IMAGES,
            StratifiedKFold.split(data.images(), 5))
        .accuracy();
  }
}
