package org.neuroglia.spark.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts spikes around events into Parquet. */
@Command(
    name = "sample",
    description = {
      "Counts spikes in bins around events, into Parquet.",
      "Writes tensor/ (the events' columns and counts, an array<int> in the order [bin, neuron])"
          + " and tensor.json (bins, and the neurons of each session)."
    },
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
  private static final String TENSOR = "tensor";
  private static final String COUNTS = "counts";
  private static final Set<String> WRITES = Set.of(TENSOR, "tensor.json");

  /** Matrices [bin × neuron] are stored column by column; a row of ours is a bin. */
  private static final UDF1<Matrix, int[]> BIN_BY_BIN =
      matrix ->
          Arrays.stream(matrix.transpose().toArray()).mapToInt(count -> (int) count).toArray();

  @Spec private CommandSpec spec;
  @Mixin private RecordingOptions recording;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write: all at once, or not at all.")
  private String out;

  @Option(names = "--overwrite", description = "Replace the folder of --out if it exists.")
  private boolean overwrite;

  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() {
    sparkOptions.check();
    Configuration hadoop = sparkOptions.hadoopConfiguration();
    recording.check(hadoop, List.of());
    try (OutputFolder folder = OutputFolder.begin(out, overwrite, WRITES, hadoop);
        Progress progress = Progress.start(spec.commandLine().getErr(), "Starting Spark")) {
      SparkSession spark =
          sparkOptions.session("neuroglia sample", recording.sparkSettings(hadoop));
      progress.phase("Sampling");
      Dataset<Row> trains = recording.trains(spark);
      Dataset<Row> events = withoutOurs(recording.events(spark));
      PeriEventSpikeSamplerModel sampler = recording.sampler(trains, events, TENSOR);
      Column counts =
          udf(BIN_BY_BIN, DataTypes.createArrayType(DataTypes.IntegerType, false))
              .apply(col(TENSOR));
      sampler
          .transform(events)
          .withColumn(COUNTS, counts)
          .drop(TENSOR)
          .sortWithinPartitions("session", "event")
          .write()
          .parquet(folder.path(TENSOR));

      Map<String, Long> written = eventsPerSession(spark.read().parquet(folder.path(TENSOR)));
      if (written.isEmpty()) {
        throw recording.noEvents();
      }
      boolean integers = trains.schema().apply("neuron").dataType().equals(DataTypes.LongType);
      folder.writeJson("tensor.json", description(sampler, written, integers));
      folder.finish();
      progress.end();
      long total = written.values().stream().mapToLong(Long::longValue).sum();
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "%,d events × %,d bins written to %s",
                  total,
                  recording.window().edges().length - 1,
                  out));
      return 0;
    }
  }

  /** Columns of the events that have the names of ours get a suffix. */
  private static Dataset<Row> withoutOurs(Dataset<Row> events) {
    return events.withColumnRenamed(TENSOR, TENSOR + "_2").withColumnRenamed(COUNTS, COUNTS + "_2");
  }

  private static Map<String, Long> eventsPerSession(Dataset<Row> tensor) {
    Map<String, Long> events = new LinkedHashMap<>();
    tensor
        .groupBy("session")
        .agg(count(lit(1)))
        .orderBy("session")
        .collectAsList()
        .forEach(row -> events.put(row.getString(0), row.getLong(1)));
    return events;
  }

  private Map<String, Object> description(
      PeriEventSpikeSamplerModel sampler, Map<String, Long> events, boolean integers) {
    List<Map<String, Object>> sessions = new ArrayList<>();
    events.forEach(
        (name, count) -> {
          String[] neurons = sampler.neurons().labels().getOrDefault(name, new String[0]);
          Map<String, Object> session = new LinkedHashMap<>();
          session.put("session", name);
          session.put("events", count);
          session.put(
              "neurons",
              integers ? Arrays.stream(neurons).mapToLong(Long::parseLong).toArray() : neurons);
          sessions.add(session);
        });
    double[] edges = recording.window().edges();
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("order", "counts[bin * neurons + neuron]");
    description.put("bins", edges.length - 1);
    description.put("binEdges", edges);
    description.put("sessions", sessions);
    description.put("settings", recording.settings());
    return description;
  }
}
