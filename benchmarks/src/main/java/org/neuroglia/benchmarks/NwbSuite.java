package org.neuroglia.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.neuroglia.nwb.Nwb1Writer;

/** Spike times out of NWB files, beside h5py. */
final class NwbSuite implements Suite {
  @Override
  public String name() {
    return "nwb";
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    if (bench.size() == Size.SMALLEST) {
      checkNwb1(bench);
    }
    if (bench.python().isEmpty()) {
      return List.of();
    }
    List<Lake> lakes =
        bench
            .size()
            .of(
                List.of(bench.lake(2, 20_000, 9, 120)),
                List.of(bench.lake(4, 32_000_000, 400, 5_950)),
                List.of(
                    bench.lake(4, 280_000_000, 1_000, 5_950),
                    bench.lake(1, 280_000_000, 4_000, 5_950)));
    List<Outcome> outcomes = new ArrayList<>();
    for (Lake lake : lakes) {
      for (String storage : List.of("contiguous", "gzip")) {
        outcomes.addAll(run(bench, lake, storage));
      }
    }
    return outcomes;
  }

  private static void checkNwb1(Bench bench) throws Exception {
    Recording recording = new Recording(1, 0, 20_000, 9, 120);
    Path file = Files.createDirectories(bench.data()).resolve("smallest.nwb");
    List<String> names = IntStream.range(0, 9).mapToObj(Integer::toString).toList();
    new Nwb1Writer("smallest")
        .units("probe", names, recording.trains())
        .presentation("images", new double[][] {{0}})
        .overwrite(true)
        .write(file);
    WrongResultException.unlessEqual(
        "spike times of NWB 1, sum of bits,", bits(recording), bits(units(bench, List.of(file))));
  }

  private static List<Outcome> run(Bench bench, Lake lake, String storage) throws Exception {
    List<Path> files = files(bench, lake, storage);
    long expected = 0;
    for (int s = 0; s < lake.shape().sessions(); s++) {
      expected += bits(lake.shape().recording(s));
    }
    String what = "spike times of " + storage + " NWB files, sum of bits,";
    Dataset<Row> units = units(bench, files);
    WrongResultException.unlessEqual(what, expected, bits(units));
    try (Rival h5py = Rival.start(bench.python().get(), "spike_times.py", files.toArray())) {
      h5py.run();
      WrongResultException.unlessEqual(what, String.valueOf(expected), h5py.check().asText());
      if (!bench.measures()) {
        return List.of();
      }
      Map<String, Double> seconds =
          new InTurn()
              .addWork("ours", () -> Tensors.make(units(bench, files)))
              .add("h5py", h5py::run)
              .addWork("empty", () -> bench.spark().range(1).count())
              .medians();
      double bytes = 8.0 * lake.shape().spikes();
      double ours = seconds.get("ours") - seconds.get("empty");
      double theirs = seconds.get("h5py");
      return List.of(
          new Outcome(
              String.format(
                  Locale.ROOT,
                  "nwb source: spikes of %d %s %s, %.0f MB",
                  files.size(),
                  storage,
                  files.size() == 1 ? "file" : "files",
                  bytes / 1e6),
              rate(bytes, ours),
              rate(bytes, theirs) + ", h5py, 2 processes",
              ours / theirs,
              1.0));
    }
  }

  private static String rate(double bytes, double seconds) {
    return String.format(Locale.ROOT, "%.2f GB/s", bytes / seconds / 1e9);
  }

  private static List<Path> files(Bench bench, Lake lake, String storage) throws Exception {
    Path folder = Files.createDirectories(lake.packedPath().resolveSibling("nwb-" + storage));
    List<Path> files = new ArrayList<>();
    for (int s = 0; s < lake.shape().sessions(); s++) {
      files.add(file(bench, lake, s, folder, storage));
    }
    return files;
  }

  /** The file of one session, made if there is none. */
  static Path file(Bench bench, Lake lake, int session, Path folder, String storage)
      throws Exception {
    String name = lake.shape().recording(session).sessionName();
    Path file = folder.resolve(name + ".nwb");
    if (!Files.exists(file)) {
      Path unfinished = folder.resolve(name + ".unfinished");
      bench
          .python()
          .orElseThrow()
          .output("make_nwb.py", lake.packedPath(), lake.eventsPath(), unfinished, name, storage);
      Files.move(unfinished, file);
    }
    return file;
  }

  private static Dataset<Row> units(Bench bench, List<Path> files) {
    return bench
        .spark()
        .read()
        .format("nwb")
        .option("table", "units")
        .load(files.stream().map(Path::toString).toArray(String[]::new))
        .select("times");
  }

  private static long bits(Recording recording) {
    long sum = 0;
    for (int k = 0; k < recording.neurons(); k++) {
      for (double time : recording.train(k)) {
        sum += Double.doubleToRawLongBits(time);
      }
    }
    return sum;
  }

  /** A sum that any order of the spikes gives. */
  private static long bits(Dataset<Row> units) {
    FlatMapFunction<Iterator<InternalRow>, Long> bits =
        rows -> {
          long sum = 0;
          while (rows.hasNext()) {
            ArrayData times = rows.next().getArray(0);
            for (int i = 0; i < times.numElements(); i++) {
              sum += Double.doubleToRawLongBits(times.getDouble(i));
            }
          }
          return List.of(sum).iterator();
        };
    return units.queryExecution().toRdd().toJavaRDD().mapPartitions(bits).collect().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
