package org.neuroglia.spark.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.nwb.HadoopFiles;
import org.neuroglia.spark.plan.ClassicSession;
import picocli.CommandLine.Option;

/** Where and how Spark runs. */
final class SparkOptions {
  /** As spark.redaction.regex has it by default. */
  private static final Pattern SECRET =
      Pattern.compile(
          "secret|password|passphrase|token|credential|(access|account)[.]?key|[.]key\\b",
          Pattern.CASE_INSENSITIVE);

  private static final String HADOOP = "spark.hadoop.";

  /** System property that the launcher sets where the files are few and small. */
  static final String SMALL_INPUT = "neuroglia.smallInput";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where Spark runs; by default this machine, all cores (local[*]).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark; may be repeated.")
  private Map<String, String> conf = new LinkedHashMap<>();

  @Option(
      names = "--driver-memory",
      paramLabel = "SIZE",
      description = "Memory of the program, such as 8g.")
  private String driverMemory;

  @Option(names = "--verbose", description = "Show Spark's log.")
  private boolean verbose;

  /** Checks what can be checked before Spark starts, which takes seconds. */
  void check() {
    // The launcher sets the memory: it is too late here. A size that it does not know comes to us.
    if (driverMemory != null && !Launch.isMemory(driverMemory)) {
      throw new InvalidInputException(
          "--driver-memory " + driverMemory + " must be a size such as 900m or 8g.");
    }
    for (String key : conf.keySet()) {
      if (!key.startsWith("spark.")) {
        throw new InvalidInputException(
            "--conf " + key + ": the settings of Spark begin with \"spark.\".");
      }
    }
    if (verbose) {
      Configurator.setRootLevel(Level.INFO);
    }
  }

  /** Starts Spark, or takes the session that runs in this JVM. */
  SparkSession session(String name) {
    return session(name, Map.of());
  }

  /**
   * As {@link #session(String)}.
   *
   * @param needed settings that the command cannot do without, such as those of a lake
   */
  SparkSession session(String name, Map<String, String> needed) {
    SparkConf given = new SparkConf(); // what spark-submit set
    var builder = ClassicSession.builder();
    if (!given.contains("spark.app.name")
        || given.get("spark.app.name").equals(Neuroglia.class.getName())) {
      builder.appName(name);
    }
    String where = master != null ? master : given.get("spark.master", "local[*]");
    defaults(where)
        .forEach(
            (key, value) -> {
              if (!given.contains(key)) {
                builder.config(key, value);
              }
            });
    conf.forEach(builder::config);
    needed.forEach((key, value) -> builder.config(key, together(key, value, given)));
    try {
      return builder.master(where).getOrCreate();
    } catch (Exception e) { // Scala does not declare what it throws
      if (e instanceof IllegalArgumentException || Sql.message(e).contains("Master URL")) {
        throw new InvalidInputException(
            "Spark does not start with --master " + where + " and these --conf: " + Sql.message(e),
            e);
      }
      throw e;
    }
  }

  /** For a command whose plans have few rows, whatever its input: compiling them does not pay. */
  static Map<String, String> interpreted(Map<String, String> needed) {
    Map<String, String> settings = new LinkedHashMap<>(needed);
    settings.put("spark.sql.codegen.wholeStage", "false");
    settings.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    return settings;
  }

  /** A needed setting beside that of the user: of extensions there may be several. */
  private String together(String key, String needed, SparkConf given) {
    String own = conf.getOrDefault(key, given.get(key, ""));
    if (own.isEmpty() || !key.equals("spark.sql.extensions")) {
      return own.isEmpty() ? needed : own;
    }
    return List.of(own.split("\\s*,\\s*")).contains(needed) ? own : own + "," + needed;
  }

  /** What suits one command better than Spark's own defaults. */
  private static Map<String, String> defaults(String master) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("spark.ui.showConsoleProgress", "false");
    defaults.put("spark.sql.catalogImplementation", "in-memory");
    // A command adds no jars to its session; a task would ask the driver for each class that the
    // compiler of a plan tries and that is not there.
    defaults.put("spark.sql.artifact.isolation.enabled", "false");
    if (master.startsWith("local")) {
      defaults.put("spark.ui.enabled", "false");
      // Planning again after each stage costs a second, and with so few partitions gains nothing.
      defaults.put("spark.sql.adaptive.enabled", "false");
      defaults.put("spark.driver.host", "localhost");
      defaults.put("spark.driver.bindAddress", "127.0.0.1");
      defaults.put(
          "spark.sql.shuffle.partitions",
          String.valueOf(Runtime.getRuntime().availableProcessors()));
      if (Boolean.getBoolean(SMALL_INPUT)) {
        // Each plan's first compilation costs more than interpreting it for few rows: what is
        // computed stays the same, and our own loops are compiled in any case.
        defaults.put("spark.sql.codegen.wholeStage", "false");
        defaults.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        // A sort begins with a page, up to 64 MB by default, that Java must clear and collect.
        defaults.put("spark.buffer.pageSize", "1m");
      }
    } else {
      String jars = System.getProperty("neuroglia.jars", "");
      if (!jars.isEmpty()) {
        defaults.put("spark.jars", jars);
      }
    }
    return defaults;
  }

  /** These options again, for a command that runs another. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (master != null) {
      arguments.addAll(List.of("--master", master));
    }
    conf.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    if (driverMemory != null) {
      arguments.addAll(List.of("--driver-memory", driverMemory));
    }
    if (verbose) {
      arguments.add("--verbose");
    }
    return arguments;
  }

  /**
   * Arguments that may be shown to others: settings of {@code --conf} whose key or value speaks of
   * a key, a password or the like have stars for their value, and URLs for their user.
   */
  static List<String> withoutSecrets(List<String> arguments) {
    List<String> shown = new ArrayList<>();
    boolean conf = false;
    for (String argument : arguments) {
      shown.add(
          (conf || argument.startsWith("--conf=")) && SECRET.matcher(argument).find()
              ? argument.replaceFirst("(?s)^((?:--conf=)?[^=]*)=.*$", "$1=***")
              : HadoopFiles.withoutUser(argument));
      conf = argument.equals("--conf");
    }
    return shown;
  }

  /** How to reach file systems, known without Spark: Hadoop's defaults and {@code --conf}. */
  Configuration hadoopConfiguration() {
    Configuration hadoop = new Configuration();
    Map<String, String> all = new LinkedHashMap<>();
    for (scala.Tuple2<String, String> set : new SparkConf().getAll()) { // what spark-submit set
      all.put(set._1(), set._2());
    }
    all.putAll(conf);
    all.forEach(
        (key, value) -> {
          if (key.startsWith(HADOOP)) {
            hadoop.set(key.substring(HADOOP.length()), value);
          }
        });
    return hadoop;
  }
}
