package org.neuroglia.spark.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.Decoders;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.decoding.CrossValidatedDecoding;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;
import org.neuroglia.spark.tensor.ResponseReducer;
import picocli.CommandLine.ArgGroup;
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
  private static final String PREDICTIONS = "predictions";

  @Spec private CommandSpec spec;
  @Mixin private RecordingOptions recording;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "Column of the events to decode: strings or numbers.")
  private String label;

  @Option(
      names = "--reduce",
      paramLabel = "FUNCTION",
      defaultValue = "sum",
      description = "How the bins become one number: sum (default), mean, max, … as in numpy.")
  private String reduce;

  @Option(
      names = "--decoder",
      paramLabel = "NAME",
      defaultValue = "lda",
      description =
          "lda: linear discriminant analysis (default); qda: quadratic discriminant analysis; gnb:"
              + " Gaussian naive Bayes; knn: the 5 nearest neighbours. All after standardisation.")
  private String decoder;

  @ArgGroup private Test test = new Test();

  /** How events are tested. */
  static final class Test {
    @Option(
        names = "--folds",
        paramLabel = "N",
        defaultValue = "5",
        description =
            "Cross-validation with so many stratified folds, 5 by default; without --seed"
                + " scikit-learn's.")
    private int folds = 5;

    @Option(
        names = "--test-size",
        paramLabel = "SHARE",
        description = "Instead of folds, test once, on this share of the events.")
    private Double testSize;
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Shuffles the folds, or draws the test; the same number gives the same.")
  private Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for summary.json and predictions/ (Parquet): all at once or not at all.")
  private String out;

  @Option(names = "--overwrite", description = "Replace the folder of --out if it exists.")
  private boolean overwrite;

  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    sparkOptions.check();
    check();
    Configuration hadoop = sparkOptions.hadoopConfiguration();
    recording.check(hadoop, Optional.of(label));
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Starting Spark");
        OutputFolder folder =
            out == null
                ? null
                : OutputFolder.begin(out, overwrite, Set.of(SUMMARY, PREDICTIONS), hadoop)) {
      SparkSession spark = sparkOptions.session("neuroglia decode");
      progress.phase("Decoding");
      Dataset<Row> decoded = decoding().decode(responses(spark));
      if (folder != null) {
        decoded = decoded.cache();
        CrossValidatedDecoding.predictions(decoded).write().parquet(folder.path(PREDICTIONS));
      }
      List<Row> sessions =
          new ArrayList<>(CrossValidatedDecoding.sessions(decoded).collectAsList());
      sessions.sort(Comparator.comparing(row -> row.<String>getAs("session")));
      if (sessions.isEmpty()) {
        throw recording.noEvents();
      }
      if (folder != null) {
        boolean numbers =
            decoded
                .select("predictions.label")
                .schema()
                .apply(0)
                .dataType()
                .sameType(DataTypes.createArrayType(DataTypes.DoubleType));
        double seconds = (System.nanoTime() - start) / 1e9;
        folder.writeJson(SUMMARY, summary(sessions, numbers, seconds));
        folder.finish();
        decoded.unpersist();
      }
      progress.end();
      print(sessions);
    }
    return 0;
  }

  /** Options that only make sense with others, or that have a list of values. */
  private void check() {
    oneOf("--decoder", decoder, Decoders.names());
    oneOf("--reduce", reduce, org.neuroglia.tensor.ResponseReducer.names());
    if (test.testSize != null && !(test.testSize > 0 && test.testSize < 1)) {
      throw new InvalidInputException(
          "--test-size " + test.testSize + " must be a share of the events between 0 and 1.");
    }
    if (test.testSize == null && test.folds < 2) {
      throw new InvalidInputException("--folds " + test.folds + " must be at least 2.");
    }
  }

  private static void oneOf(String option, String value, Iterable<String> accepted) {
    for (String one : accepted) {
      if (one.equals(value)) {
        return;
      }
    }
    throw new InvalidInputException(
        option + " " + value + " is not known: it is one of " + String.join(", ", accepted) + ".");
  }

  private CrossValidatedDecoding decoding() {
    CrossValidatedDecoding decoding =
        new CrossValidatedDecoding()
            .setDecoder(Decoders.named(decoder))
            .setSeed(seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
    return test.testSize == null
        ? decoding.setFolds(test.folds)
        : decoding.setTestSize(test.testSize);
  }

  /** A row per event: session, event, label, and a vector with a number per neuron. */
  private Dataset<Row> responses(SparkSession spark) {
    Dataset<Row> trains = recording.trains(spark);
    Dataset<Row> table = recording.events(spark);
    Sql.requireColumn(table, label, "--label", "table " + recording.events());
    Dataset<Row> events =
        table.select(
            col("session"),
            col("event"),
            col("time"),
            // An event without a time is left out, and counted, as one without a label is.
            when(
                    col("time").isNotNull().and(not(isnan(col("time")))),
                    table.col(Schemas.quoted(label)))
                .as("label"));
    PeriEventSpikeSamplerModel sampler = recording.sampler(trains, events, "tensor");
    return new ResponseReducer()
        .setFunc(reduce)
        .setSeveralSessions(true)
        .transform(sampler.transform(events));
  }

  private void print(List<Row> sessions) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    for (Row session : sessions) {
      String name = session.getAs("session");
      long unlabelled = session.<Long>getAs("unlabelled");
      if (unlabelled > 0) {
        err.printf(
            Locale.ROOT,
            "neuroglia: %s: left out %,d of %,d events, which have no %s or no time.%n",
            name,
            unlabelled,
            unlabelled + session.<Long>getAs("events"),
            label);
      }
      String warning = session.getAs("warning");
      if (warning != null) {
        err.println("neuroglia: " + name + ": " + warning);
      }
      String counts =
          String.format(
              Locale.ROOT,
              "%,d events, %,d neurons, %,d classes",
              session.<Long>getAs("events"),
              session.<Integer>getAs("neurons"),
              session.<Integer>getAs("classes"));
      out.println(
          sessions.size() == 1
              ? name + ": " + counts
              : name
                  + ": "
                  + accuracy(session.getAs("accuracy"), session.getAs("chance"))
                  + ", "
                  + counts);
    }
    out.println(
        "Decoding accuracy: " + accuracy(mean(sessions, "accuracy"), mean(sessions, "chance")));
    err.flush();
    out.flush();
  }

  private static String accuracy(double accuracy, double chance) {
    return shown(accuracy) + " (chance: " + shown(chance) + ")";
  }

  /** Two decimals, or as many as a small number needs to be seen. */
  static String shown(double share) {
    int decimals = 2;
    if (share > 0 && share < 0.01) {
      decimals = (int) Math.ceil(-Math.log10(share));
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", share);
  }

  /** Every session counts the same, however many events it has. */
  private static double mean(List<Row> sessions, String column) {
    return sessions.stream().mapToDouble(row -> row.<Double>getAs(column)).average().orElseThrow();
  }

  private Map<String, Object> summary(List<Row> rows, boolean numbers, double seconds) {
    List<Map<String, Object>> sessions = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> session = new LinkedHashMap<>();
      session.put("session", row.getAs("session"));
      for (String count : List.of("events", "unlabelled", "neurons", "classes")) {
        session.put(count, row.getAs(count));
      }
      List<String> names = row.getList(row.fieldIndex("classLabels"));
      session.put(
          "classLabels", numbers ? names.stream().map(DecodeCommand::number).toList() : names);
      session.put("folds", row.getList(row.fieldIndex("folds")));
      session.put("accuracy", row.getAs("accuracy"));
      session.put("chance", row.getAs("chance"));
      sessions.add(session);
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("sessions", sessions);
    summary.put("accuracy", mean(rows, "accuracy"));
    summary.put("chance", mean(rows, "chance"));
    Map<String, Object> settings = recording.settings();
    settings.put("label", label);
    settings.put("reduce", reduce);
    settings.put("decoder", decoder);
    settings.put("folds", test.testSize == null ? test.folds : null);
    settings.put("testSize", test.testSize);
    settings.put("seed", seed);
    settings.put("program", new Neuroglia.Version().getVersion()[0]);
    summary.put("settings", settings);
    summary.put("seconds", seconds);
    return summary;
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
