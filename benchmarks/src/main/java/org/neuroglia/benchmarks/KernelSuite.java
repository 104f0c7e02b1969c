package org.neuroglia.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.neuroglia.event.SampleTimes;

/** The counting of spikes around events, on one thread, without Spark. */
final class KernelSuite implements Suite {
  private static final int ROUNDS = 2;

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    CountKernelBenchmark kernel = new CountKernelBenchmark();
    kernel.kilospikes = bench.size().of(20, 1_130, 56_700);
    kernel.neurons = bench.size().of(7, 69, 3_450);
    kernel.events = bench.size().of(230, 5_950, 5_950);
    Lake lake = bench.lake(1, 1000L * kernel.kilospikes, kernel.neurons, kernel.events);
    kernel.create();
    long ours = Checksum.of(kernel.counts());
    kernel = release(kernel);
    double[] sampleTimes = SampleTimes.arange(0.1, 0.35, 0.01);
    String what = "counts of " + lake.shape().spikes() + " spikes, checksum,";
    WrongResultException.unlessEqual(
        what, Reference.tensorChecksum(lake.shape().recording(0), sampleTimes, 0), ours);
    if (bench.python().isEmpty()) {
      return List.of();
    }
    try (Rival numba =
        Rival.start(
            bench.python().get(),
            "counts.py",
            lake.packedPath(),
            lake.eventsPath(),
            0.1,
            0.35,
            0.01)) {
      numba.run();
      WrongResultException.unlessEqual(what, numba.check().asText(), String.valueOf(ours));
      return bench.measures() ? measure(lake.shape(), numba) : List.of();
    }
  }

  /** The data of the check is not to be in the memory while others are measured. */
  private static CountKernelBenchmark release(CountKernelBenchmark kernel) {
    CountKernelBenchmark settings = new CountKernelBenchmark();
    settings.kilospikes = kernel.kilospikes;
    settings.neurons = kernel.neurons;
    settings.events = kernel.events;
    return settings;
  }

  private static List<Outcome> measure(Lake.Shape shape, Rival numba) throws Exception {
    Map<String, Object> params =
        Map.of(
            "kilospikes",
            shape.spikes() / 1000,
            "neurons",
            shape.neurons(),
            "events",
            shape.events());
    DoubleStream ours = DoubleStream.empty();
    DoubleStream theirs = DoubleStream.empty();
    for (int round = 0; round < ROUNDS; round++) {
      theirs = DoubleStream.concat(theirs, runs(numba));
      ours =
          DoubleStream.concat(
              ours, DoubleStream.of(Jmh.seconds(CountKernelBenchmark.class, "counts", params)));
    }
    return List.of(
        Outcome.of(
            String.format(
                "kernel: counts of %s (%d neurons) × %,d events × 24 bins, one thread",
                Spikes.text(shape.spikes()), shape.neurons(), shape.events()),
            InTurn.median(ours.toArray()),
            "numba two-pointer loop",
            InTurn.median(theirs.toArray()),
            1.0));
  }

  /** After the pause, the rival warms up again. */
  private static DoubleStream runs(Rival rival) throws Exception {
    rival.run();
    double[] seconds = new double[5];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = rival.run();
    }
    return DoubleStream.of(seconds);
  }
}
