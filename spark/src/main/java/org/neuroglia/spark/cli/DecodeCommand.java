package org.neuroglia.spark.cli;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.decoding.PopulationDecoding;
import org.neuroglia.spark.report.DecodedTables;
import org.neuroglia.spark.report.InformativeUnits;
import org.neuroglia.spark.report.ReportContents;
import org.neuroglia.spark.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells from spikes what an event was, and how often that is right. */
@Command(
    name = "decode",
    description = {
      "Decodes a column of an events table from the spikes around each event.",
      "Counts spikes in the bins of the window, reduces them to one number per neuron, and predicts"
          + " every event with a decoder that was trained on others; each session by itself."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./neuroglia decode session.nwb --events trials --label choice --window 0,0.6,0.1"
    })
final class DecodeCommand implements Callable<Integer> {
  private static final String SUMMARY = "summary.json";
  private static final String RESULTS = "results";
  private static final String PREDICTIONS = "predictions";
  private static final String CONFUSION = "confusion";
  private static final String UNITS = "units.json";

  /** All that may be in the folder. */
  private static final Set<String> WRITES =
      Set.of(SUMMARY, RESULTS, PREDICTIONS, CONFUSION, UNITS, ReportCommand.REPORT);

  /** Sessions in which the most informative units are looked for, the best ones. */
  private static final int SESSIONS_OF_UNITS = 3;

  /** Decodings that summary.json lists; the table of the results has all. */
  private static final int MOST_LISTED = 10_000;

  /** Decodings that have a line each; of more only the mean and what failed is said. */
  private static final int MOST_LINES = 50;

  @Spec private CommandSpec spec;
  @Mixin private RecordingOptions recording;
  @Mixin private DecodingOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for report.html, summary.json and, in Parquet, results/, predictions/ and"
              + " confusion/: all at once or not at all.")
  private String out;

  @Option(
      names = "--no-report",
      description = "With --out: no report.html, and no units.json for it.")
  private boolean noReport;

  @Option(names = "--overwrite", description = "Replace the folder of --out if it exists.")
  private boolean overwrite;

  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    sparkOptions.check();
    options.check(recording.window());
    Configuration hadoop = sparkOptions.hadoopConfiguration();
    recording.check(hadoop, options.columns());
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Starting Spark");
        OutputFolder folder =
            out == null ? null : OutputFolder.begin(out, overwrite, WRITES, hadoop)) {
      SparkSession spark =
          sparkOptions.session("neuroglia decode", recording.sparkSettings(hadoop));
      progress.phase("Decoding");
      Dataset<Row> decoded = decoded(spark, recording.isLake(hadoop) ? tasksOfLake(spark) : 0);
      if (folder != null) {
        decoded = decoded.cache();
        PopulationDecoding.results(decoded).write().parquet(folder.path(RESULTS));
        PopulationDecoding.predictions(decoded).write().parquet(folder.path(PREDICTIONS));
        PopulationDecoding.confusion(decoded).write().parquet(folder.path(CONFUSION));
      }
      Summary summary = summary(decoded);
      if (folder != null) {
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> json = summary.asJson(numbers(decoded), seconds);
        folder.writeJson(SUMMARY, json);
        Optional<RuntimeException> unreported = Optional.empty();
        if (!noReport) {
          progress.phase("Writing the report");
          unreported = report(spark, decoded, summary, json, folder);
        }
        folder.finish();
        decoded.unpersist();
        if (unreported.isPresent()) {
          throw new IllegalStateException(
              "what was decoded is whole, but its report was not made", unreported.get());
        }
      }
      progress.end();
      summary.print();
    }
    return 0;
  }

  /** What kept the report from being made: hours of decoding are not lost for it. */
  private Optional<RuntimeException> report(
      SparkSession spark,
      Dataset<Row> decoded,
      Summary summary,
      Map<String, Object> json,
      OutputFolder folder) {
    try {
      writeReport(spark, decoded, summary, json, folder);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /**
   * Into how many tasks a lake's sessions are packed on one machine: several a core, so that a
   * large session keeps few others waiting. 0 on a cluster: what the session's shuffles have.
   */
  private static int tasksOfLake(SparkSession spark) {
    return spark.conf().get("spark.master", "").startsWith("local")
        ? 8 * Runtime.getRuntime().availableProcessors()
        : 0;
  }

  private Dataset<Row> decoded(SparkSession spark, int partitions) {
    Dataset<Row> trains = recording.trains(spark, Optional.ofNullable(options.by()));
    Dataset<Row> events = recording.events(spark);
    for (String column : options.columns()) {
      Sql.requireColumn(
          events,
          column,
          column.equals(options.label()) ? "--label" : "the options",
          "table " + recording.events());
    }
    return options.decoding(recording.window()).setPartitions(partitions).decode(trains, events);
  }

  /** What was typed. */
  private List<String> given() {
    return spec.commandLine().getParseResult().originalArgs();
  }

  private void writeReport(
      SparkSession spark,
      Dataset<Row> decoded,
      Summary summary,
      Map<String, Object> json,
      OutputFolder folder) {
    ReportContents contents =
        new ReportContents(
            new ObjectMapper().valueToTree(json), DecodedTables.of(decoded), summary.all());
    ObjectNode units =
        new InformativeUnits(
                options.isPseudoPopulation()
                    ? ofPopulation(recording.events(spark), contents, summary)
                    : contents.best(SESSIONS_OF_UNITS),
                options.label(),
                Optional.ofNullable(options.by()),
                options.isRegression(),
                contents.window(),
                contents.windows())
            .find(
                recording.trains(spark, Optional.ofNullable(options.by())),
                recording.events(spark));
    folder.write(UNITS, units.toString().getBytes(StandardCharsets.UTF_8));
    folder.write(ReportCommand.REPORT, ReportPage.html(contents.json(Optional.of(units))));
  }

  /** Some sessions of a pseudo-population: none of them is better than others. */
  private static List<InformativeUnits.Decoding> ofPopulation(
      Dataset<Row> events, ReportContents contents, Summary summary) {
    Set<String> failed =
        summary.failed.stream().map(row -> row.<String>getAs("session")).collect(toSet());
    String group = contents.best(1).get(0).group();
    return events
        .select(col("session").cast(DataTypes.StringType))
        .distinct()
        .orderBy("session")
        .limit(SESSIONS_OF_UNITS + failed.size())
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .filter(session -> !failed.contains(session))
        .limit(SESSIONS_OF_UNITS)
        .map(session -> new InformativeUnits.Decoding(session, group))
        .toList();
  }

  /** Whether labels are numbers. */
  private static boolean numbers(Dataset<Row> decoded) {
    return decoded
        .select("predictions.label")
        .schema()
        .apply(0)
        .dataType()
        .sameType(DataTypes.createArrayType(DataTypes.DoubleType));
  }

  /** The true labels' scores, as many as can be listed, and the means of all. */
  private Summary summary(Dataset<Row> decoded) {
    Dataset<Row> wanted = DecodedTables.decodings(decoded);
    Column[] order = {
      col("session"),
      col("group"),
      col("decoder"),
      col("neurons"),
      col("draw"),
      col("start"),
      col("testStart")
    };
    List<Row> rows = wanted.orderBy(order).limit(MOST_LISTED + 1).collectAsList();
    if (rows.isEmpty()) {
      throw recording.noEvents();
    }
    Summary summary = new Summary(rows, wanted);
    summary.requireSome();
    return summary;
  }

  /** What came out, for people and programs. */
  private final class Summary {
    private final List<Row> listed;
    private final boolean areAll;
    private final List<Row> decoded;
    private final List<Row> failed;
    private final boolean severalDecoders;
    private final boolean severalWindows;
    private final long decodings;
    private final long failures;

    /** Columns of the score and of what stands beside it. */
    private final String score = options.isRegression() ? "r2" : "accuracy";

    private final String beside = options.isRegression() ? "correlation" : "chance";
    private final double meanScore;
    private final double meanBeside;
    private final long significant;

    Summary(List<Row> rows, Dataset<Row> all) {
      listed = rows.subList(0, Math.min(rows.size(), MOST_LISTED));
      areAll = rows.size() <= MOST_LISTED;
      decoded = listed.stream().filter(row -> row.getAs("failure") == null).toList();
      failed = listed.stream().filter(row -> row.getAs("failure") != null).toList();
      severalDecoders = varies("decoder");
      severalWindows = varies("start") || varies("testStart");
      if (areAll) {
        decodings = decoded.size();
        failures = failed.size();
        meanScore = mean(decoded, score);
        meanBeside = mean(decoded, beside);
        significant =
            decoded.stream()
                .filter(row -> row.getAs("pValue") != null && row.<Double>getAs("pValue") <= 0.05)
                .count();
      } else {
        Row means =
            all.selectExpr(
                    "count_if(failure IS NULL)",
                    "count_if(failure IS NOT NULL)",
                    "coalesce(avg(" + score + "), 0)",
                    "coalesce(avg(" + beside + "), 0)",
                    "count_if(pValue <= 0.05)")
                .first();
        decodings = means.getLong(0);
        failures = means.getLong(1);
        meanScore = means.getDouble(2);
        meanBeside = means.getDouble(3);
        significant = means.getLong(4);
      }
    }

    /** All decodings, unless they are too many. */
    Optional<List<Row>> all() {
      return areAll ? Optional.of(listed) : Optional.empty();
    }

    /** Every decoding counts the same, however many events it has. */
    private static double mean(List<Row> rows, String column) {
      return rows.stream()
          .map(row -> row.<Double>getAs(column))
          .filter(value -> value != null)
          .mapToDouble(Double::doubleValue)
          .average()
          .orElse(0);
    }

    /**
     * @throws InvalidInputException if nothing could be decoded
     */
    void requireSome() {
      if (decodings > 0) {
        return;
      }
      boolean noUnits =
          failed.stream()
              .allMatch(row -> row.<String>getAs("failure").equals(PopulationDecoding.NO_UNITS));
      throw noUnits
          ? recording.noUnits()
          : new InvalidInputException(
              sentence(failed.get(0))
                  + (failures > 1 ? " Nor can any of " + (failures - 1) + " others." : ""));
    }

    private String sentence(Row row) {
      String reason = row.getAs("failure");
      return name(row) + " cannot be decoded: " + reason + (reason.endsWith(".") ? "" : ".");
    }

    void print() {
      PrintWriter say = spec.commandLine().getOut();
      PrintWriter err = spec.commandLine().getErr();
      if (decodings + failures <= MOST_LINES) {
        decoded.forEach(row -> say.println(line(row)));
      } else {
        say.printf(Locale.ROOT, "Decoded %,d; failed %,d.%n", decodings, failures);
      }
      notes().forEach(note -> err.println("neuroglia: " + note));
      failed.stream().limit(MOST_LINES).forEach(row -> err.println("neuroglia: " + sentence(row)));
      if (failures > MOST_LINES) {
        err.printf(Locale.ROOT, "neuroglia: %,d more failed.%n", failures - MOST_LINES);
      }
      if (decodings > 1 && !decoded.isEmpty() && decoded.get(0).<Integer>getAs("nulls") > 0) {
        say.printf(Locale.ROOT, "p ≤ 0.05 in %,d of %,d decodings.%n", significant, decodings);
      }
      say.println(
          options.isRegression()
              ? "Decoding R²: " + shown(meanScore) + " (correlation: " + shown(meanBeside) + ")"
              : "Decoding accuracy: " + DecodeCommand.accuracy(meanScore, meanBeside));
      err.flush();
      say.flush();
    }

    /** What is left out or poor, once for each session. */
    private List<String> notes() {
      List<String> notes = new ArrayList<>();
      for (Row row : decoded) {
        String session = row.getAs("session");
        long unlabelled = row.<Long>getAs("unlabelled");
        if (unlabelled > 0) {
          notes.add(
              String.format(
                  Locale.ROOT,
                  "%s: left out %,d of %,d events, which have no %s or no time.",
                  session,
                  unlabelled,
                  unlabelled + row.<Long>getAs("events"),
                  options.label()));
        }
        if (row.getAs("warning") != null) {
          notes.add(session + ": " + row.<String>getAs("warning"));
        }
      }
      return notes.stream().distinct().limit(MOST_LINES).toList();
    }

    /** What a decoding is called: its session, and what tells it from others of the session. */
    private String name(Row row) {
      List<String> parts = new ArrayList<>();
      if (row.getAs("group") != null) {
        parts.add(row.getAs("group"));
      }
      if (severalDecoders) {
        parts.add(row.getAs("decoder"));
      }
      if (row.getAs("draw") != null) {
        parts.add(row.<Integer>getAs("neurons") + " neurons, draw " + row.getAs("draw"));
      }
      if (severalWindows) {
        parts.add(row.getAs("start") + " to " + row.getAs("stop") + " s");
        if (!row.getAs("start").equals(row.getAs("testStart"))) {
          parts.add("tested at " + row.getAs("testStart") + " to " + row.getAs("testStop") + " s");
        }
      }
      String session = row.getAs("session");
      return parts.isEmpty() ? session : session + " (" + String.join(", ", parts) + ")";
    }

    private boolean varies(String column) {
      return decoded.stream().map(row -> row.<Object>getAs(column)).distinct().limit(2).count() > 1;
    }

    private String line(Row row) {
      String p = row.getAs("pValue") == null ? "" : "p = " + twoDigits(row.getAs("pValue")) + ", ";
      if (options.isRegression()) {
        Double correlation = row.getAs("correlation");
        return String.format(
            Locale.ROOT,
            "%s: R² = %s, %s%s%,d events, %,d neurons",
            name(row),
            shown(row.getAs("r2")),
            correlation == null ? "" : "r = " + shown(correlation) + ", ",
            p,
            row.<Long>getAs("events"),
            row.<Integer>getAs("neurons"));
      }
      String counts =
          String.format(
              Locale.ROOT,
              "%,d events, %,d neurons, %,d classes",
              row.<Long>getAs("events"),
              row.<Integer>getAs("neurons"),
              row.<Integer>getAs("classes"));
      return decodings + failures == 1
          ? name(row) + ": " + p + counts
          : name(row)
              + ": "
              + DecodeCommand.accuracy(row.getAs("accuracy"), row.getAs("chance"))
              + ", "
              + p
              + counts;
    }

    Map<String, Object> asJson(boolean numbers, double seconds) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("sessions", decoded.stream().map(row -> session(row, numbers)).toList());
      json.put(score, meanScore);
      json.put(beside, meanBeside);
      json.put("decodings", decodings);
      json.put("notListed", decodings + failures - decoded.size() - failed.size());
      json.put("failures", failures);
      json.put(
          "failed",
          failed.stream()
              .map(
                  row -> {
                    Map<String, Object> failure = new LinkedHashMap<>();
                    failure.put("session", row.getAs("session"));
                    putIfKnown(failure, row, "group");
                    failure.put("reason", row.getAs("failure"));
                    return failure;
                  })
              .toList());
      Map<String, Object> settings = recording.settings();
      settings.putAll(options.settings(recording.window()));
      settings.put("program", new Neuroglia.Version().getVersion()[0]);
      settings.put("command", Neuroglia.typed(SparkOptions.withoutSecrets(given())));
      json.put("settings", settings);
      json.put("seconds", seconds);
      return json;
    }

    private Map<String, Object> session(Row row, boolean numbers) {
      Map<String, Object> session = new LinkedHashMap<>();
      session.put("session", row.getAs("session"));
      for (String part : List.of("group", "draw")) {
        putIfKnown(session, row, part);
      }
      if (severalDecoders) {
        session.put("decoder", row.getAs("decoder"));
      }
      if (severalWindows) {
        for (String time : List.of("start", "stop", "testStart", "testStop")) {
          session.put(time, row.getAs(time));
        }
      }
      for (String count : List.of("events", "unlabelled", "neurons")) {
        session.put(count, row.getAs(count));
      }
      if (options.isRegression()) {
        putR2(session, row);
      } else {
        putAccuracy(session, row, numbers);
      }
      for (String part : List.of("pValue", "balancedPValue")) {
        putIfKnown(session, row, part);
      }
      return session;
    }

    private static void putR2(Map<String, Object> session, Row row) {
      session.put("folds", allFinite(row.getList(row.fieldIndex("folds"))));
      session.put("r2", row.getAs("r2"));
      session.put("correlation", row.getAs("correlation"));
    }

    private static void putAccuracy(Map<String, Object> session, Row row, boolean numbers) {
      session.put("classes", row.getAs("classes"));
      List<String> names = row.getList(row.fieldIndex("classLabels"));
      session.put(
          "classLabels", numbers ? names.stream().map(DecodeCommand::number).toList() : names);
      if (row.getAs("folds") != null) {
        session.put("folds", row.getList(row.fieldIndex("folds")));
      }
      session.put("accuracy", row.getAs("accuracy"));
      session.put("chance", row.getAs("chance"));
      session.put("balancedAccuracy", finite(row.getAs("balancedAccuracy")));
      session.put("majorityShare", finite(row.getAs("majorityShare")));
      session.put("mutualInformation", finite(row.getAs("mutualInformation")));
      session.put("recall", allFinite(row.getList(row.fieldIndex("recall"))));
    }

    private static void putIfKnown(Map<String, Object> map, Row row, String column) {
      Object value = row.getAs(column);
      if (value != null) {
        map.put(column, value);
      }
    }
  }

  private static String twoDigits(double p) {
    return new BigDecimal(p).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  /** JSON has no NaN. */
  private static Object finite(Double value) {
    return value == null || value.isNaN() ? null : value;
  }

  private static List<Object> allFinite(List<Double> values) {
    return values.stream().map(DecodeCommand::finite).toList();
  }

  private static String accuracy(double accuracy, double chance) {
    return shown(accuracy) + " (chance: " + shown(chance) + ")";
  }

  /** Two decimals, or as many as a small number needs to be seen. */
  static String shown(double share) {
    if (share < 0) {
      return "-" + shown(-share);
    }
    int decimals = 2;
    if (share > 0 && share < 0.01) {
      decimals = (int) Math.ceil(-Math.log10(share));
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", share);
  }

  /** Integers look like integers. */
  private static Object number(String name) {
    try {
      return Long.valueOf(name);
    } catch (NumberFormatException e) {
      return Double.valueOf(name);
    }
  }
}
