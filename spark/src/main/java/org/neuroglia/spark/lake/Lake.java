package org.neuroglia.spark.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.nwb.HadoopFiles;
import org.neuroglia.spark.plan.ClassicSession;
import org.neuroglia.spark.trace.TraceMetadata;

/**
 * A lake, as it is at one moment: all tables that an object of this class gives belong together,
 * whatever is ingested meanwhile (see {@link org.neuroglia.spark.lake}).
 *
 * <pre>{@code
 * SparkSession.Builder builder = SparkSession.builder().master("local[*]");
 * Lake.settings().forEach(builder::config);
 * Lake lake = Lake.open(builder.getOrCreate(), "lake");
 * Dataset<Row> units = lake.units().where("session = 'mouse7'"); // reads the files that have it
 * Dataset<Row> trials = lake.events("trials");
 * }</pre>
 */
public final class Lake {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
  private static final String CATALOG = "spark.sql.catalog.spark_catalog";
  private static final String DELTA_CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

  private final SparkSession spark;
  private final String path;
  private final long version;
  private final boolean empty;
  private final Map<String, Long> versions;

  private Lake(
      SparkSession spark, String path, long version, boolean empty, Map<String, Long> versions) {
    this.spark = spark;
    this.path = path;
    this.version = version;
    this.empty = empty;
    this.versions = versions;
  }

  /**
   * What a Spark session needs in order to read or write lakes, for {@code
   * SparkSession.builder().config(key, value)}; it cannot be set later.
   *
   * @throws InvalidInputException if Delta Lake is not on the class path
   */
  public static Map<String, String> settings() {
    requireDelta(Lake.class.getClassLoader());
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(EXTENSIONS, EXTENSION);
    settings.put(CATALOG, DELTA_CATALOG);
    // Logs of a few hundred files: Delta's own setting is for those of millions.
    settings.put("spark.databricks.delta.snapshotPartitions", "1");
    settings.put("spark.databricks.delta.writeChecksumFile.enabled", "false");
    return settings;
  }

  /** Clusters bring Delta Lake or not: what lacks it should hear so before Spark starts. */
  static void requireDelta(ClassLoader loader) {
    try {
      Class.forName(EXTENSION, false, loader);
    } catch (ClassNotFoundException e) {
      throw new InvalidInputException(
          "A lake needs Delta Lake, which is not on the class path: give spark-submit"
              + " --packages io.delta:delta-spark_4.1_2.13:4.1.0.",
          e);
    }
  }

  /** Whether there is a lake in this folder: quick, and needs no Spark session. */
  public static boolean isLake(String path, Configuration hadoop) {
    try {
      Path log = new Path(new Path(path, TableKeys.SESSIONS), "_delta_log");
      FileSystem files = log.getFileSystem(hadoop);
      return files.exists(log);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The lake as it is now.
   *
   * @throws InvalidInputException if there is none, or the session lacks {@link #settings}
   */
  public static Lake open(SparkSession spark, String path) {
    return open(spark, path, OptionalLong.empty());
  }

  /**
   * The lake as it was.
   *
   * @param version of the table of sessions, see {@link #version()}
   * @throws InvalidInputException if there is none, or the session lacks {@link #settings}
   */
  public static Lake open(SparkSession spark, String path, long version) {
    return open(spark, path, OptionalLong.of(version));
  }

  private static Lake open(SparkSession spark, String path, OptionalLong wanted) {
    requireSettings(spark);
    Configuration hadoop = ClassicSession.hadoop(spark);
    if (!isLake(path, hadoop)) {
      throw new InvalidInputException(
          "There is no lake in "
              + path
              + "; ./neuroglia ingest PATH --out "
              + path
              + " makes one.");
    }
    String folder = qualified(path, hadoop);
    Path sessions = new Path(folder, TableKeys.SESSIONS);
    long version = new DeltaFolder(spark, path, sessions).latest();
    if (version == DeltaFolder.NONE) {
      throw new InvalidInputException(
          "There is no lake in " + path + " yet: its first ingest did not end; run it again.");
    }
    if (wanted.isPresent() && (wanted.getAsLong() < 0 || wanted.getAsLong() > version)) {
      throw new InvalidInputException(
          "The lake "
              + path
              + " has no version "
              + wanted.getAsLong()
              + "; its versions are 0 to "
              + version
              + ".");
    }
    version = wanted.orElse(version);
    Map<String, Long> versions = new TreeMap<>();
    List<Row> first =
        at(spark, sessions, version).select(SessionsSchema.VERSIONS).limit(1).collectAsList();
    first.forEach(row -> versions.putAll(row.<String, Long>getJavaMap(0)));
    return new Lake(spark, folder, version, first.isEmpty(), versions);
  }

  static void requireSettings(SparkSession spark) {
    String extensions = spark.conf().get(EXTENSIONS, "");
    String catalog = spark.conf().get(CATALOG, "");
    if (!Arrays.asList(extensions.split("\\s*,\\s*")).contains(EXTENSION)
        || !catalog.equals(DELTA_CATALOG)) {
      throw new InvalidInputException(
          "This Spark session cannot read or write a lake: build it with "
              + EXTENSIONS
              + "="
              + EXTENSION
              + " and "
              + CATALOG
              + "="
              + DELTA_CATALOG
              + " (Lake.settings() has them).");
    }
  }

  static String qualified(String path, Configuration hadoop) {
    try {
      Path folder = new Path(path);
      return folder.getFileSystem(hadoop).makeQualified(folder).toString();
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(path + " cannot be reached: " + e.getMessage() + ".", e);
    }
  }

  private static Dataset<Row> at(SparkSession spark, Path folder, long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(folder.toString());
  }

  private Dataset<Row> table(String key, long tableVersion) {
    return MergedColumns.read(at(spark, new Path(path, TableKeys.folder(key)), tableVersion));
  }

  /** The folder, with the scheme of its file system. */
  public String path() {
    return path;
  }

  /** The version of the table of sessions. */
  public long version() {
    return version;
  }

  /** The version of each other table, by {@code units}, {@code events/TABLE}, …. */
  Map<String, Long> versions() {
    return versions;
  }

  /**
   * A row per session: the columns that the data source {@code nwb} has for sessions; then {@code
   * file_size} in bytes and {@code modified} of the file, {@code spikes}, {@code events} (rows of
   * each table of events), {@code traces} (what was found of the series asked for), {@code series}
   * (what was asked for), {@code notes} (what was left out), {@code ingested}, {@code
   * table_versions}.
   */
  public Dataset<Row> sessions() {
    return table(TableKeys.SESSIONS, version);
  }

  /** Whether any session has units. */
  public boolean hasUnits() {
    return versions.containsKey(TableKeys.UNITS);
  }

  /**
   * Packed trains: {@code session}, {@code neuron}, {@code times}, and every column of the units of
   * any file.
   *
   * @throws InvalidInputException if no session has units
   */
  public Dataset<Row> units() {
    if (!hasUnits()) {
      throw new InvalidInputException("No session of the lake " + shown() + " has units.");
    }
    return table(TableKeys.UNITS, versions.get(TableKeys.UNITS));
  }

  /** Names of the tables of events, sorted. */
  public List<String> eventTables() {
    return names(TableKeys.EVENTS);
  }

  /**
   * A table of events: {@code session}, {@code event}, {@code time}, and every column of the table
   * in any file.
   *
   * @throws InvalidInputException if no session has it, with those that there are
   */
  public Dataset<Row> events(String table) {
    return named(TableKeys.EVENTS, table, "table of events");
  }

  /** Names of the series, as they were asked for, sorted. */
  public List<String> traceSeries() {
    return names(TableKeys.TRACES);
  }

  /**
   * Traces: {@code session}, {@code neuron}, {@code times}, {@code values}; a row per neuron, or
   * several where it is long, each a stretch of time.
   *
   * @throws InvalidInputException if no session has the series, with those that there are
   */
  public Dataset<Row> traces(String series) {
    Dataset<Row> rows = named(TableKeys.TRACES, series, "series");
    List<Row> known =
        sessions()
            .select(explode(col("traces")).as("of"))
            .where(col("of.series").equalTo(series))
            .select("of.unit", "of.whole")
            .distinct()
            .collectAsList();
    List<String> units = known.stream().map(row -> row.getString(0)).distinct().toList();
    Metadata unit = units.size() == 1 ? TraceMetadata.unit(units.get(0)) : Metadata.empty();
    boolean whole = known.stream().allMatch(row -> row.getBoolean(1));
    Metadata values = whole ? TraceMetadata.with(unit, true) : unit;
    return rows.select(
        Arrays.stream(rows.columns())
            .map(
                name ->
                    name.equals("values") ? col(name).as(name, values) : col(Schemas.quoted(name)))
            .toArray(Column[]::new));
  }

  /**
   * A table by its name.
   *
   * @param name {@code sessions}, {@code units}, {@code events/TABLE}, {@code traces/SERIES} or
   *     {@code failures}
   * @throws InvalidInputException if the lake has none of this name, with those that there are
   */
  public Dataset<Row> table(String name) {
    if (name.startsWith(TableKeys.EVENTS + "/")) {
      return events(TableKeys.name(name, TableKeys.EVENTS));
    } else if (name.startsWith(TableKeys.TRACES + "/")) {
      return traces(TableKeys.name(name, TableKeys.TRACES));
    }
    return switch (name) {
      case TableKeys.SESSIONS -> sessions();
      case TableKeys.UNITS -> units();
      case TableKeys.FAILURES -> failures();
      default ->
          throw new InvalidInputException(
              "The lake "
                  + shown()
                  + " has no table "
                  + name
                  + "; it has "
                  + String.join(", ", stored().stream().map(Stored::table).toList())
                  + ".");
    };
  }

  /** A row per table: {@code table}, {@code version}, {@code files}, {@code bytes}, by name. */
  public Dataset<Row> tables() {
    List<Row> rows =
        stored().stream()
            .map(
                table ->
                    RowFactory.create(
                        table.table(),
                        table.table().equals(TableKeys.SESSIONS)
                            ? (Long) version
                            : versions.get(table.table()),
                        table.files(),
                        table.bytes()))
            .toList();
    StructType schema =
        new StructType()
            .add("table", "string", false)
            .add("version", "long", false)
            .add("files", "int", false)
            .add("bytes", "long", false);
    return spark.createDataFrame(rows, schema);
  }

  /** Files that could not be read: {@code path}, {@code reason}, their size and time. */
  public Dataset<Row> failures() {
    Long named = versions.get(TableKeys.FAILURES);
    if (named != null) {
      return table(TableKeys.FAILURES, named);
    }
    // Without a session there is no row that names a version.
    Path folder = new Path(path, TableKeys.FAILURES);
    long latest = empty ? new DeltaFolder(spark, path, folder).latest() : DeltaFolder.NONE;
    return latest == DeltaFolder.NONE
        ? spark.createDataFrame(List.of(), SessionsSchema.FAILURES)
        : table(TableKeys.FAILURES, latest);
  }

  /**
   * What a table takes up.
   *
   * @param table {@code sessions}, {@code units}, {@code events/TABLE}, …
   * @param bytes of its files, of this version
   */
  public record Stored(String table, int files, long bytes) {}

  /** What each table takes up, by name. */
  public List<Stored> stored() {
    Map<String, Long> all = new TreeMap<>(versions);
    all.put(TableKeys.SESSIONS, version);
    return all.entrySet().stream().map(e -> stored(e.getKey(), e.getValue())).toList();
  }

  private Stored stored(String key, long tableVersion) {
    List<DeltaFile> files =
        new DeltaFolder(spark, path, new Path(path, TableKeys.folder(key))).files(tableVersion);
    return new Stored(key, files.size(), files.stream().mapToLong(DeltaFile::size).sum());
  }

  private Dataset<Row> named(String kind, String name, String what) {
    Long named = versions.get(kind + "/" + name);
    if (named == null) {
      List<String> known = names(kind);
      throw new InvalidInputException(
          "The lake "
              + shown()
              + " has no "
              + what
              + " "
              + name
              + "; it has "
              + (known.isEmpty() ? "none" : String.join(", ", known))
              + ".");
    }
    return table(kind + "/" + name, named);
  }

  private List<String> names(String kind) {
    return versions.keySet().stream()
        .filter(key -> key.startsWith(kind + "/"))
        .map(key -> TableKeys.name(key, kind))
        .toList();
  }

  private String shown() {
    return HadoopFiles.shown(path);
  }
}
