package org.neuroglia.benchmarks;

import java.util.concurrent.TimeUnit;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.SampleTimes;
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

/** The tensor of counts on one thread: [event × bin × neuron] of a session in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx7g", "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages"})
public class CountKernelBenchmark {
  /** Spikes in thousands. */
  @Param("1130")
  public int kilospikes;

  @Param("69")
  public int neurons;

  @Param("5950")
  public int events;

  private PeriEventSpikeSampler sampler;
  private double[][] trains;
  private double[] eventTimes;

  @Setup
  public void create() {
    Recording recording = new Recording(1, 0, 1000L * kilospikes, neurons, events);
    sampler = new PeriEventSpikeSampler(SampleTimes.arange(0.1, 0.35, 0.01));
    trains = recording.trains();
    eventTimes = recording.eventTimes();
  }

  @Benchmark
  public int[] counts() {
    return sampler.counts(trains, eventTimes);
  }
}
