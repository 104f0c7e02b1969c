package org.neuroglia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.datasets.ChoiceTaskArchive;
import org.neuroglia.datasets.ChoiceTaskSession;
import org.neuroglia.spark.decoding.PopulationDecoding;
import org.neuroglia.spark.lake.Ingest;
import org.neuroglia.spark.lake.Lake;

/**
 * Many sessions: ingested beside h5py that reads the same files, decoded beside scikit-learn. The
 * targets are those of a thousand: of a few, what a job or a command costs to start is most.
 */
final class ArchiveSuite implements Suite {
  private static final double[] WINDOW = {0, 0.5};

  @Override
  public String name() {
    return "archive";
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    int sessions = bench.size().of(3, 8, 1_000);
    ChoiceTaskArchive archive =
        bench.measures()
            ? ChoiceTaskArchive.create(1)
            : new ChoiceTaskArchive(
                new ChoiceTaskArchive.Range(5, 8), new ChoiceTaskArchive.Range(60, 80), 1);
    Path folder = bench.data().resolve("archive-" + sessions);
    Path files = make(archive, sessions, Files.createDirectories(folder).resolve("files"));
    Path lake = folder.resolve("lake");
    ingest(bench, files, lake);
    Map<String, Double> accuracies = decode(bench, lake);
    WrongResultException.unlessEqual("sessions decoded", sessions, accuracies.size());
    if (bench.python().isEmpty()) {
      return List.of();
    }
    Rival.Python python = bench.python().get();
    try (Rival h5py = Rival.start(python, "read_archive.py", files);
        Rival sklearn = Rival.start(python, "decode_lake.py", lake)) {
      h5py.run();
      checkRead(bench, lake, h5py.check());
      sklearn.run();
      checkDecoded(accuracies, sklearn.check());
      if (!bench.measures()) {
        return List.of();
      }
      double ingested = bench.size().of(Double.NaN, Double.NaN, 1.0);
      double decoded = bench.size().of(Double.NaN, Double.NaN, 1.0 / 5);
      return List.of(
          ingested(bench, files, folder.resolve("again"), sessions, h5py, ingested),
          decoded(bench, lake, sessions, sklearn, decoded),
          decodedByCommand(bench, lake, sessions, sklearn, decoded));
    }
  }

  private static Path make(ChoiceTaskArchive archive, int sessions, Path files) throws IOException {
    if (Files.exists(files)) {
      return files;
    }
    Path unfinished = Files.createDirectories(files.resolveSibling("unfinished"));
    IntStream.range(0, sessions)
        .parallel()
        .forEach(
            i ->
                archive
                    .session(i)
                    .toNwb()
                    .overwrite(true)
                    .write(unfinished.resolve(archive.name(i) + ".nwb")));
    return Files.move(unfinished, files);
  }

  /** Into a lake that is not there yet. */
  private static void ingest(Bench bench, Path files, Path lake) throws IOException {
    FileUtils.deleteDirectory(lake.toFile());
    new Ingest(bench.spark()).setPaths(files.toString()).into(lake.toString());
  }

  private static Map<String, Double> decode(Bench bench, Path path) {
    Lake lake = Lake.open(bench.spark(), path.toString());
    Dataset<Row> decoded =
        new PopulationDecoding()
            .setLabelCol("choice")
            .setSampleTimes(WINDOW)
            .decode(lake.units(), lake.events(ChoiceTaskSession.TRIALS));
    Map<String, Double> accuracies = new TreeMap<>();
    for (Row row :
        PopulationDecoding.results(decoded).select("session", "accuracy").collectAsList()) {
      accuracies.put(row.getString(0), row.getDouble(1));
    }
    return accuracies;
  }

  private static void checkRead(Bench bench, Path path, JsonNode read) {
    Lake lake = Lake.open(bench.spark(), path.toString());
    WrongResultException.unlessEqual(
        "spikes",
        read.get(0).asLong(),
        lake.units().selectExpr("sum(size(times))").first().getLong(0));
    WrongResultException.unlessEqual(
        "trials", read.get(1).asLong(), lake.events(ChoiceTaskSession.TRIALS).count());
  }

  private static void checkDecoded(Map<String, Double> accuracies, JsonNode expected) {
    WrongResultException.unlessEqual("sessions", expected.size(), accuracies.size());
    accuracies.forEach(
        (session, accuracy) ->
            WrongResultException.unlessEqual(
                "accuracy of " + session,
                rounded(expected.get(session).asDouble()),
                rounded(accuracy)));
  }

  /** Of a mean the last digit depends on the order of the sum. */
  private static double rounded(double share) {
    return Math.rint(1e12 * share) / 1e12;
  }

  private static Outcome ingested(
      Bench bench, Path files, Path lake, int sessions, Rival h5py, double target)
      throws Exception {
    Map<String, Double> seconds =
        new InTurn()
            .addWork("ours", () -> ingest(bench, files, lake))
            .add("h5py", h5py::run)
            .medians();
    return Outcome.of(
        String.format("ingest of %,d NWB files into a new lake", sessions),
        seconds.get("ours"),
        "h5py reads them, 2 processes",
        seconds.get("h5py"),
        target);
  }

  private static Outcome decoded(Bench bench, Path lake, int sessions, Rival sklearn, double target)
      throws Exception {
    Map<String, Double> seconds =
        new InTurn()
            .addWork("ours", () -> decode(bench, lake))
            .add("sklearn", sklearn::run)
            .medians();
    return Outcome.of(
        String.format("decoding of a lake of %,d sessions, 5 folds", sessions),
        seconds.get("ours"),
        "scikit-learn, 2 processes",
        seconds.get("sklearn"),
        target);
  }

  private static Outcome decodedByCommand(
      Bench bench, Path lake, int sessions, Rival sklearn, double target) throws Exception {
    Launcher launcher = new Launcher(bench.root());
    List<Object> command =
        new ArrayList<>(
            List.of("decode", lake, "--events", ChoiceTaskSession.TRIALS, "--label", "choice"));
    command.addAll(List.of("--window", "0,1,0.5"));
    Map<String, Double> seconds =
        new InTurn()
            .addWork("ours", () -> launcher.run(command.toArray()))
            .add("sklearn", sklearn::run)
            .medians();
    return Outcome.of(
        String.format("./neuroglia decode of a lake of %,d sessions, whole command", sessions),
        seconds.get("ours"),
        "scikit-learn, 2 processes",
        seconds.get("sklearn"),
        target);
  }
}
