package org.neuroglia.benchmarks;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;

/** Sampling from a table with a row per spike. */
final class LongTableSuite implements Suite {
  @Override
  public String name() {
    return "long";
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    Lake lake =
        bench.lake(
            1,
            bench.size().of(60_000L, 20_000_000L, 200_000_000L),
            bench.size().of(9, 700, 7_000),
            bench.size().of(230, 5_950, 5_950));
    double[] sampleTimes = SampleTimes.arange(0.1, 0.35, 0.01);
    Dataset<Row> spikes = lake.inOrderOfTime();
    Dataset<Row> events = lake.eventTable();
    PeriEventSpikeSamplerModel sampler = Tensors.sampler(spikes, events, sampleTimes, "auto");
    WrongResultException.unlessEqual(
        "tensor of the long table, checksum,",
        Reference.tensorChecksum(lake.shape().recording(0), sampleTimes, 0),
        Tensors.checksum(sampler.transform(events), lake.shape().events()));
    if (!bench.measures()) {
      return List.of();
    }
    Map<String, Double> seconds =
        new InTurn()
            .addWork("sampler", () -> Tensors.make(sampler.transform(events)))
            .addWork("scan", () -> Scans.ofLong(spikes))
            .medians();
    return List.of(
        Outcome.of(
            "sampler, long Parquet to tensor rows: "
                + Spikes.text(lake.shape().spikes())
                + " of one session",
            seconds.get("sampler"),
            "reading and summing the long table",
            seconds.get("scan"),
            1.5));
  }
}
