package org.neuroglia.spark.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.lake.Ingest;
import org.neuroglia.spark.lake.Lake;
import org.neuroglia.spark.nwb.HadoopFiles;
import org.neuroglia.spark.nwb.NwbRecording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings NWB files into a lake. */
@Command(
    name = "ingest",
    description = {
      "Brings NWB files into a lake: tables of all their sessions, for decode and for SQL.",
      "Run again, it takes only files that are new or have changed. What it brings appears at once,"
          + " or not at all."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./neuroglia ingest archive/ --out lake"})
final class IngestCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  /** What to do about a file that cannot be read. */
  enum OnError {
    SKIP,
    FAIL
  }

  /** How tables are kept. */
  enum Format {
    DELTA,
    PARQUET
  }

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "NWB files, folders (all *.nwb below) or globs; local or any that Hadoop knows.")
  private List<String> paths;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "LAKE",
      description = "Folder of the lake, which is made where there is none.")
  private String out;

  @Option(
      names = "--series",
      arity = "1..*",
      paramLabel = "NAME",
      description = "Time series to take too, by name or path, such as DfOverF.")
  private List<String> series = List.of();

  @Option(
      names = "--on-error",
      paramLabel = "skip|fail",
      defaultValue = "skip",
      description =
          "skip (default): a file that cannot be read is listed in the table failures, the others"
              + " go on; fail: nothing is taken then.")
  private OnError onError;

  @Option(
      names = "--format",
      paramLabel = "delta|parquet",
      defaultValue = "delta",
      description =
          "delta (default): a lake; parquet: a plain copy for other programs, in a new folder.")
  private Format format;

  @Option(
      names = "--session",
      paramLabel = "FIELD",
      defaultValue = "auto",
      description =
          "What names a session: session_id, identifier or path; by default the first of session_id,"
              + " identifier and the file's name that there is.")
  private String session;

  @Option(
      names = "--columns",
      paramLabel = "[TABLE=]NAME,…",
      description =
          "Names for the columns of a table that has none, such as"
              + " natural_images=time,end_time,image_id; may be repeated.")
  private List<String> columns = List.of();

  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() {
    sparkOptions.check();
    NwbRecording.checkSessionField(session);
    Map<String, String[]> names = names();
    Configuration hadoop = sparkOptions.hadoopConfiguration();
    HadoopFiles.list(paths, hadoop); // what is not there is known before Spark starts
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Starting Spark");
        OutputFolder folder =
            format == Format.PARQUET ? OutputFolder.begin(out, false, Set.of(), hadoop) : null) {
      SparkSession spark =
          sparkOptions.session(
              "neuroglia ingest",
              SparkOptions.interpreted(format == Format.DELTA ? Lake.settings() : Map.of()));
      progress.phase("Reading");
      long start = System.nanoTime();
      Ingest ingest =
          new Ingest(spark)
              .setPaths(paths.toArray(String[]::new))
              .setSeries(series.toArray(String[]::new))
              .setSession(session)
              .setFailFast(onError == OnError.FAIL);
      names.forEach(ingest::setColumns);
      Ingest.Report report = folder == null ? ingest.into(out) : ingest.copyTo(folder.path("."));
      if (folder != null) {
        folder.finish();
      }
      progress.end();
      print(report, (System.nanoTime() - start) / 1e9);
    }
    return 0;
  }

  private Map<String, String[]> names() {
    Map<String, String[]> names = new LinkedHashMap<>();
    for (String given : columns) {
      int equals = given.indexOf('=');
      String[] list = given.substring(equals + 1).split("\\s*,\\s*");
      if (list.length < 2 || List.of(list).contains("")) {
        throw new InvalidInputException(
            "--columns " + given + " must be names such as natural_images=time,end_time,image_id.");
      }
      names.put(equals < 0 ? "" : given.substring(0, equals), list);
    }
    return names;
  }

  private void print(Ingest.Report report, double seconds) {
    PrintWriter err = spec.commandLine().getErr();
    List<String> notes = new ArrayList<>();
    report.notes().forEach((name, all) -> all.forEach(note -> notes.add(name + ": " + note)));
    print(notes, notes.size() + " left out", err);
    print(report.conflicts(), report.conflicts().size() + " kept as text", err);
    print(
        report.failures().stream().map(Ingest.Failure::reason).toList(),
        report.failures().size() + " not read",
        err);
    err.flush();
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.printf(
        Locale.ROOT,
        "%s: %,d %s added, %,d replaced, %,d unchanged, %,d not read; %s in %.1f s%n",
        out,
        report.added(),
        report.added() == 1 ? "session" : "sessions",
        report.replaced(),
        report.unchanged(),
        report.failures().size(),
        bytes(report.bytes()),
        seconds);
    stdout.flush();
  }

  /** The first of some sentences, under a headline. */
  static void print(List<String> sentences, String headline, PrintWriter to) {
    if (sentences.isEmpty()) {
      return;
    }
    to.println("  " + headline + ":");
    sentences.stream().limit(SHOWN).forEach(sentence -> to.println("    " + sentence));
    if (sentences.size() > SHOWN) {
      to.println("    … and " + (sentences.size() - SHOWN) + " more");
    }
  }

  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = bytes / 1e3;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
