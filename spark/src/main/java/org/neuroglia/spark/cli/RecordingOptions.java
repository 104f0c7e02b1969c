package org.neuroglia.spark.cli;

import static org.apache.spark.sql.functions.col;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTable;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;
import org.neuroglia.spark.lake.Lake;
import org.neuroglia.spark.nwb.HadoopFiles;
import org.neuroglia.spark.plan.ClassicSession;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which spikes of which files, around which events. */
final class RecordingOptions {
  private static final String UNITS = "units";
  private static final List<String> TRAIN = List.of("session", "neuron", "times");

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "NWB files, folders (all *.nwb below) or globs, or a lake; local or any that Hadoop"
              + " knows.")
  private List<String> paths;

  @Option(
      names = "--events",
      required = true,
      paramLabel = "TABLE",
      description = "Table of the events, such as trials, or its path in the file.")
  private String events;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description =
          "Names for the columns of a table that has none, such as time,end_time,image_id.")
  private List<String> columns = List.of();

  @Option(
      names = "--window",
      required = true,
      paramLabel = "START,STOP,STEP",
      converter = Window.Converter.class,
      description = "Bin edges around an event in seconds, as numpy.arange gives them.")
  private Window window;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Take only events for which this is true, such as \"image_id < 10\".")
  private String where;

  @Option(
      names = "--units",
      paramLabel = "SQL",
      description = "Take only units for which this is true, such as \"size(times) > 1000\".")
  private String units;

  @Option(
      names = "--session",
      paramLabel = "FIELD",
      description =
          "What names a session: session_id, identifier or path; by default the first of session_id,"
              + " identifier and the file's name that there is.")
  private String session;

  /** The table of the events, for messages. */
  String events() {
    return events;
  }

  /** Opened once: its tables are of one moment. */
  private Lake lake;

  /**
   * Whether PATH is a lake.
   *
   * @throws InvalidInputException if it is and something else is named with it
   */
  boolean isLake(Configuration hadoop) {
    if (paths.stream().noneMatch(path -> Lake.isLake(path, hadoop))) {
      return false;
    }
    if (paths.size() > 1) {
      throw new InvalidInputException(
          "A lake is read by itself; name only one path, not "
              + paths.size()
              + ", or bring the files into the lake by ./neuroglia ingest.");
    }
    if (session != null || !columns.isEmpty()) {
      throw new InvalidInputException(
          (session != null ? "--session" : "--columns")
              + " is for NWB files; a lake has names already, which ./neuroglia ingest gave.");
    }
    return true;
  }

  /** What a Spark session must be started with. */
  Map<String, String> sparkSettings(Configuration hadoop) {
    return isLake(hadoop) ? Lake.settings() : Map.of();
  }

  private boolean hasLake(SparkSession spark) {
    if (lake == null && paths.size() == 1) {
      Configuration hadoop = ClassicSession.hadoop(spark);
      if (Lake.isLake(paths.get(0), hadoop)) {
        lake = Lake.open(spark, paths.get(0));
      }
    }
    return lake != null;
  }

  /**
   * Checks what the first file can tell before Spark starts, which takes seconds. What is wrong
   * with other files is found when Spark opens them.
   *
   * @param wanted columns that the events must have
   */
  void check(Configuration hadoop, List<String> wanted) {
    if (isLake(hadoop)) {
      return;
    }
    List<String> files = HadoopFiles.resolve(paths, hadoop);
    try (NwbFile file = HadoopFiles.open(files.get(0), hadoop)) {
      file.table(UNITS);
      NwbTable table = file.table(events, columns.toArray(String[]::new));
      if (!table.hasColumn("time")) {
        table.column("time");
      }
      if (files.size() == 1) {
        wanted.stream().filter(name -> !name.equals("session")).forEach(table::column);
      }
    }
  }

  private Dataset<Row> table(SparkSession spark, String name) {
    if (hasLake(spark)) {
      return name.equals(UNITS) ? lake.units() : lake.events(name);
    }
    DataFrameReader reader = spark.read().format("nwb").option("table", name);
    if (session != null) {
      reader = reader.option("session", session);
    }
    if (name.equals(events) && !columns.isEmpty()) {
      reader = reader.option("columns", String.join(",", columns));
    }
    return reader.load(paths.toArray(String[]::new));
  }

  /** The events that {@code --where} leaves. */
  Dataset<Row> events(SparkSession spark) {
    Dataset<Row> rows = table(spark, events);
    return where == null ? rows : Sql.filter(rows, where, "--where");
  }

  /** Packed trains of the units that {@code --units} leaves. */
  Dataset<Row> trains(SparkSession spark) {
    return trains(spark, Optional.empty());
  }

  /**
   * The same.
   *
   * @param by a column of the units that is wanted too
   */
  Dataset<Row> trains(SparkSession spark, Optional<String> by) {
    Dataset<Row> rows = table(spark, UNITS);
    Sql.requireColumn(rows, "times", "PATH", "the units");
    Dataset<Row> wanted = units == null ? rows : Sql.filter(rows, units, "--units");
    by.ifPresent(column -> Sql.requireColumn(rows, column, "--by", "the units"));
    Column[] columns =
        Stream.concat(TRAIN.stream(), by.stream().filter(column -> !TRAIN.contains(column)))
            .map(name -> col(Schemas.quoted(name)))
            .toArray(Column[]::new);
    return wanted.select(columns);
  }

  /**
   * A sampler of the wanted units in the window, with the neurons known: runs a job.
   *
   * @param outputCol column of the tensor
   */
  PeriEventSpikeSamplerModel sampler(Dataset<Row> trains, Dataset<Row> events, String outputCol) {
    PeriEventSpikeSamplerModel sampler =
        new PeriEventSpikeSampler()
            .setSampleTimes(window.edges())
            .setOutputCol(outputCol)
            .setSpikes(trains)
            .fit(events);
    if (sampler.neurons().labels().isEmpty()) {
      throw noUnits();
    }
    return sampler;
  }

  /** A sentence for no units at all. */
  InvalidInputException noUnits() {
    return new InvalidInputException(
        units == null
            ? "There are no units in " + String.join(", ", paths) + "."
            : "--units \"" + units + "\" leaves no unit.");
  }

  /** A sentence for no events at all. */
  InvalidInputException noEvents() {
    return new InvalidInputException(
        where == null
            ? "Table " + events + " has no events."
            : "--where \"" + where + "\" leaves no event of table " + events + ".");
  }

  Window window() {
    return window;
  }

  /** What was asked for, to be written beside the results. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("paths", paths.stream().map(HadoopFiles::withoutUser).toList());
    settings.put("events", events);
    settings.put("columns", columns);
    settings.put("where", where);
    settings.put("units", units);
    settings.put("session", session);
    settings.put("window", window.toString());
    return settings;
  }
}
