package org.neuroglia.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;

/** Sampling in a warm Spark session, beside reading what is sampled. */
final class SamplerSuite implements Suite {
  private final boolean manySessions;

  /**
   * @param manySessions 200 sessions with as many spikes in all, rather than one
   */
  SamplerSuite(boolean manySessions) {
    this.manySessions = manySessions;
  }

  @Override
  public String name() {
    return manySessions ? "sessions" : "sampler";
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    long spikes = bench.size().of(60_000L, 20_000_000L, 200_000_000L);
    Lake lake =
        manySessions
            ? bench.lake(
                bench.size().of(4, 200, 200),
                spikes,
                bench.size().of(5, 70, 700),
                bench.size().of(120, 600, 600))
            : bench.lake(
                1, spikes, bench.size().of(9, 700, 7_000), bench.size().of(230, 5_950, 5_950));
    List<Outcome> outcomes = new ArrayList<>(apart(bench, lake));
    if (bench.size() != Size.LARGE) {
      outcomes.addAll(overlapping(bench, lake));
    }
    return outcomes;
  }

  /** Windows that do not overlap. */
  private List<Outcome> apart(Bench bench, Lake lake) throws Exception {
    double[] sampleTimes = SampleTimes.arange(0.1, 0.35, 0.01);
    Dataset<Row> packed = lake.packed();
    Dataset<Row> events = lake.eventTable();
    PeriEventSpikeSamplerModel auto = Tensors.sampler(packed, events, sampleTimes, "auto");
    PeriEventSpikeSamplerModel broadcast =
        Tensors.sampler(packed, events, sampleTimes, "broadcast");
    PeriEventSpikeSamplerModel shuffle = Tensors.sampler(packed, events, sampleTimes, "shuffle");
    check(lake, sampleTimes, List.of(auto, broadcast, shuffle));
    PipelineModel summing = Tensors.summing(auto);
    if (!manySessions) {
      WrongResultException.unlessEqual(
          "sums over bins, checksum,",
          Reference.sumsChecksum(lake.shape().recording(0), sampleTimes),
          Tensors.sumsChecksum(summing.transform(events)));
    }
    if (!bench.measures()) {
      return List.of();
    }
    InTurn ways =
        new InTurn()
            .addWork("sampler", () -> Tensors.make(auto.transform(events)))
            .addWork("sql", () -> Scans.sql(packed))
            .addWork("rows", () -> Scans.rows(packed))
            .addWork("internal", () -> Scans.internalRows(packed))
            .addWork("broadcast", () -> Tensors.make(broadcast.transform(events)))
            .addWork("shuffle", () -> Tensors.make(shuffle.transform(events)));
    if (!manySessions) {
      ways.addWork(
          "sums", () -> Tensors.make(summing.transform(events).select("event", "features")));
    }
    Map<String, Double> seconds = ways.medians();
    String data = data(lake);
    double sampler = seconds.get("sampler");
    boolean sqlIsFaster = seconds.get("sql") < seconds.get("rows");
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(
        Outcome.of(
            "sampler, packed Parquet to tensor rows: " + data,
            sampler,
            "scan by " + (sqlIsFaster ? "SQL" : "mapPartitions"),
            seconds.get(sqlIsFaster ? "sql" : "rows"),
            1.0));
    outcomes.add(
        Outcome.of(
            "the same: " + data,
            sampler,
            "cheapest scan, InternalRows",
            seconds.get("internal"),
            2.0));
    if (!manySessions) {
      outcomes.add(
          Outcome.of(
              "only sums over bins: " + data, seconds.get("sums"), "with tensor", sampler, 0.9));
    }
    outcomes.add(
        Outcome.of(
            "shuffled plan: " + data,
            seconds.get("shuffle"),
            "broadcast plan",
            seconds.get("broadcast"),
            2.5));
    return outcomes;
  }

  /** Windows that each cover a spike six times over. */
  private List<Outcome> overlapping(Bench bench, Lake lake) throws Exception {
    double[] sampleTimes = SampleTimes.arange(-0.5, 1.0625, 0.0625);
    Dataset<Row> packed = lake.packed();
    Dataset<Row> events = lake.eventTable();
    PeriEventSpikeSamplerModel auto = Tensors.sampler(packed, events, sampleTimes, "auto");
    check(lake, sampleTimes, List.of(auto));
    if (!bench.measures()) {
      return List.of();
    }
    Map<String, Double> seconds =
        new InTurn()
            .addWork("sampler", () -> Tensors.make(auto.transform(events)))
            .addWork("rows", () -> Scans.rows(packed))
            .medians();
    return List.of(
        Outcome.of(
            "the same, windows of 1.5 s that overlap: " + data(lake),
            seconds.get("sampler"),
            "scan by mapPartitions",
            seconds.get("rows"),
            Double.NaN));
  }

  private String data(Lake lake) {
    return Spikes.text(lake.shape().spikes())
        + " of "
        + (manySessions ? lake.shape().sessions() + " sessions" : "one session");
  }

  private static void check(
      Lake lake, double[] sampleTimes, List<PeriEventSpikeSamplerModel> samplers) throws Exception {
    long expected = 0;
    for (int s = 0; s < lake.shape().sessions(); s++) {
      long first = (long) s * lake.shape().events();
      expected += Reference.tensorChecksum(lake.shape().recording(s), sampleTimes, first);
    }
    for (PeriEventSpikeSamplerModel sampler : samplers) {
      WrongResultException.unlessEqual(
          "tensor by plan " + sampler.getPlan() + ", checksum,",
          expected,
          Tensors.checksum(sampler.transform(lake.eventTable()), lake.shape().events()));
    }
  }
}
