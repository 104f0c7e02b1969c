package org.neuroglia.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.neuroglia.event.SampleTimes;

/** A large session by the command line, in little memory. */
final class HeapSuite implements Suite {
  private static final String MEMORY = "2g";

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public boolean has(Size size) {
    return size == Size.LARGE;
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    Lake lake = bench.lake(1, 57_000_000L, 3_450, 5_950);
    Path folder = Files.createDirectories(lake.packedPath().resolveSibling("nwb-contiguous"));
    Path file = NwbSuite.file(bench, lake, 0, folder, "contiguous");
    Path out = bench.data().resolve("sampled");
    Launcher launcher = new Launcher(bench.root());
    FileUtils.deleteDirectory(out.toFile());
    long start = System.nanoTime();
    launcher.run(
        "sample",
        file,
        "--events",
        "trials",
        "--window",
        "0.1,0.35,0.01",
        "--driver-memory",
        MEMORY,
        "--out",
        out);
    double seconds = (System.nanoTime() - start) / 1e9;
    WrongResultException.unlessEqual(
        "counts written with " + MEMORY + " of memory, checksum,",
        Reference.tensorChecksum(lake.shape().recording(0), SampleTimes.arange(0.1, 0.35, 0.01), 0),
        rowByRow(bench, () -> written(bench, out)));
    FileUtils.deleteDirectory(out.toFile());
    return List.of(
        new Outcome(
            String.format(
                "./neuroglia sample --driver-memory %s, %s, %,d neurons",
                MEMORY, Spikes.text(lake.shape().spikes()), lake.shape().neurons()),
            "passes, " + Outcome.seconds(seconds),
            "",
            1,
            1));
  }

  /** A batch of thousands of tensors does not fit into memory. */
  private static long rowByRow(Bench bench, LongSupplier reading) {
    String vectorized = "spark.sql.parquet.enableVectorizedReader";
    bench.spark().conf().set(vectorized, "false");
    try {
      return reading.getAsLong();
    } finally {
      bench.spark().conf().unset(vectorized);
    }
  }

  private static long written(Bench bench, Path out) {
    MapPartitionsFunction<Row, Long> checksum =
        rows -> {
          long sum = 0;
          while (rows.hasNext()) {
            Row row = rows.next();
            List<Integer> counts = row.getList(1);
            long first = row.getLong(0) * counts.size();
            int i = 0;
            for (int count : counts) {
              sum += Checksum.of(first + i++, count);
            }
          }
          return List.of(sum).iterator();
        };
    return bench
        .spark()
        .read()
        .parquet(out.resolve("tensor").toString())
        .select("event", "counts")
        .mapPartitions(checksum, Encoders.LONG())
        .collectAsList()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
