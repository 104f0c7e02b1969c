package org.neuroglia.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.calcium.CalciumDeconvolver;
import org.neuroglia.spark.calcium.EventRescaler;
import org.neuroglia.spark.calcium.MedianFilterDetrender;
import org.neuroglia.spark.calcium.Normalize;
import org.neuroglia.spark.calcium.SavGolFilterDetrender;
import org.neuroglia.spark.epoch.EpochSpikeCounter;
import org.neuroglia.spark.epoch.EpochTraceReducer;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.event.PeriEventTraceReducer;
import org.neuroglia.spark.event.PeriEventTraceSampler;
import org.neuroglia.spark.spike.Binner;
import org.neuroglia.spark.spike.Smoother;
import org.neuroglia.spark.spike.SpikePacker;
import org.neuroglia.spark.spike.SpikeTablizer;
import org.neuroglia.spark.tensor.ResponseReducer;
import org.neuroglia.spark.trace.Binarizer;
import org.neuroglia.spark.trace.EdgeDetector;
import org.neuroglia.spark.trace.TraceRows;
import org.neuroglia.spark.trace.WhenTrueFinder;
import org.neuroglia.tensor.Reduction;

/** Every stage from spikes and traces to features, each with the table that it takes. */
public final class StageCases {
  /** The tables that stages take. */
  public enum Table {
    TRAINS,
    SPIKES,
    EVENTS,
    TRACES
  }

  /** Where a stage finds spikes and traces beside its input: Parquet paths. */
  public record Paths(String trains, String traces) {}

  /**
   * @param wrong a column that the stage cannot do without
   */
  public record Case(String name, Table table, String wrong, Function<Paths, PipelineStage> stage) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A user's own function: the largest value less the first. */
  public static final class Spread implements Reduction {
    private static final long serialVersionUID = 1L;

    @Override
    public double reduce(double[] values) {
      return values.length == 0
          ? Double.NaN
          : Arrays.stream(values).max().getAsDouble() - values[0];
    }
  }

  private static final double[] WINDOW = SampleTimes.arange(-0.2, 0.5, 0.1);
  private static final double[] SESSION = SampleTimes.arange(0, 20, 0.25);

  private StageCases() {}

  public static List<Case> all() {
    List<Case> all = new ArrayList<>();
    all.add(new Case("SpikeTablizer", Table.TRAINS, "times", p -> new SpikeTablizer()));
    all.add(new Case("SpikePacker", Table.SPIKES, "time", p -> new SpikePacker()));
    for (Table spikes : List.of(Table.TRAINS, Table.SPIKES)) {
      all.add(
          new Case(
              "Binner of " + spikes, spikes, "neuron", p -> new Binner().setSampleTimes(SESSION)));
      all.add(
          new Case(
              "Smoother of " + spikes,
              spikes,
              "neuron",
              p -> new Smoother().setSampleTimes(SESSION).setTau(0.1)));
    }
    all.add(new Case("Binarizer", Table.TRACES, "values", p -> new Binarizer()));
    all.add(new Case("EdgeDetector", Table.TRACES, "values", p -> new EdgeDetector()));
    all.add(new Case("WhenTrueFinder", Table.TRACES, "values", p -> new WhenTrueFinder()));
    all.add(
        new Case(
            "MedianFilterDetrender",
            Table.TRACES,
            "values",
            p -> new MedianFilterDetrender().setWindow(11)));
    all.add(
        new Case(
            "SavGolFilterDetrender",
            Table.TRACES,
            "times",
            p -> new SavGolFilterDetrender().setWindow(11)));
    all.add(new Case("Normalize", Table.TRACES, "neuron", p -> new Normalize().setWindow(0.5)));
    all.add(new Case("EventRescaler", Table.TRACES, "values", p -> new EventRescaler()));
    all.add(new Case("CalciumDeconvolver", Table.TRACES, "values", p -> new CalciumDeconvolver()));
    for (String sampler : List.of("Binner", "Smoother")) {
      all.add(
          new Case(
              "PeriEventSpikeSampler with " + sampler,
              Table.EVENTS,
              "time",
              p ->
                  new PeriEventSpikeSampler()
                      .setSampleTimes(WINDOW)
                      .setSampler(sampler)
                      .setSpikesPath(p.trains())));
    }
    all.add(
        new Case(
            "EpochSpikeCounter",
            Table.EVENTS,
            "duration",
            p -> new EpochSpikeCounter().setRate(true).setSpikesPath(p.trains())));
    all.add(
        new Case(
            "PeriEventTraceSampler",
            Table.EVENTS,
            "time",
            p -> new PeriEventTraceSampler().setSampleTimes(WINDOW).setTracesPath(p.traces())));
    all.add(
        new Case(
            "PeriEventTraceReducer",
            Table.EVENTS,
            "time",
            p ->
                new PeriEventTraceReducer()
                    .setSampleTimes(WINDOW)
                    .setFunc("std")
                    .setTracesPath(p.traces())));
    all.add(
        new Case(
            "PeriEventTraceReducer with a function of one's own",
            Table.EVENTS,
            "time",
            p ->
                new PeriEventTraceReducer()
                    .setSampleTimes(WINDOW)
                    .setFunc(Spread.class)
                    .setTracesPath(p.traces())));
    all.add(
        new Case(
            "EpochTraceReducer",
            Table.EVENTS,
            "duration",
            p -> new EpochTraceReducer().setFunc("max").setTracesPath(p.traces())));
    all.add(
        new Case(
            "sampler and reducer",
            Table.EVENTS,
            "time",
            p ->
                new Pipeline()
                    .setStages(
                        new PipelineStage[] {
                          new PeriEventTraceSampler()
                              .setSampleTimes(WINDOW)
                              .setTracesPath(p.traces()),
                          new ResponseReducer()
                        })));
    return all;
  }

  public static Dataset<Row> table(Table table) {
    return switch (table) {
      case TRAINS -> trains();
      case SPIKES -> new SpikeTablizer().transform(trains());
      case EVENTS -> events();
      case TRACES -> TraceRows.table(TraceRows.random(2, 3, 300, 5));
    };
  }

  private static Dataset<Row> trains() {
    java.util.Random random = new java.util.Random(11);
    List<Row> rows = new ArrayList<>();
    for (String session : List.of("s0", "s1")) {
      for (long neuron = 0; neuron < 3; neuron++) {
        double[] times = random.doubles(neuron == 2 ? 0 : 200, 0, 10).toArray(); // unsorted
        rows.add(RowFactory.create(session, neuron, times));
      }
    }
    StructType schema =
        new StructType()
            .add("session", "string")
            .add("neuron", "long")
            .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false));
    return LocalSpark.session().createDataFrame(rows, schema);
  }

  /** Unsorted, with two equal ones, and one without a time. */
  private static Dataset<Row> events() {
    List<Row> rows = new ArrayList<>();
    for (String session : List.of("s0", "s1")) {
      double[] times = {5, 1, 1, 9.5, Double.NaN, 3.3, -4, 20};
      for (int e = 0; e < times.length; e++) {
        rows.add(RowFactory.create(session, (long) e, times[e], e == 5 ? null : 0.5, "image " + e));
      }
    }
    StructType schema =
        new StructType()
            .add("session", "string")
            .add("event", "long")
            .add("time", "double")
            .add("duration", "double")
            .add("image", "string");
    return LocalSpark.session().createDataFrame(rows, schema);
  }

  /** Every row as text, sorted: what a result is, whatever order its rows came in. */
  public static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> text(row)).sorted().toList();
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      text.append(value instanceof double[] array ? Arrays.toString(array) : value).append(" | ");
    }
    return text.toString();
  }
}
