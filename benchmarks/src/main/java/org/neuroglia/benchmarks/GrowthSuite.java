package org.neuroglia.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;

/** What a spike costs as there are more of them: more neurons, the same events. */
final class GrowthSuite implements Suite {
  private static final String BROADCAST = "sampler, broadcast plan";
  private static final String SHUFFLE = "sampler, shuffled plan";
  private static final String SCAN = "scan, mapPartitions";
  private static final String CHEAPEST = "scan, InternalRows";
  private static final String EMPTY = "empty job";

  private record Point(long spikes, double seconds) {}

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    long[] sizes =
        bench
            .size()
            .of(
                new long[] {0},
                new long[] {1_000_000, 3_000_000, 10_000_000},
                new long[] {1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000});
    Map<String, List<Point>> growth = new LinkedHashMap<>();
    List<Double> empty = new ArrayList<>();
    for (long spikes : sizes) {
      Map<String, Double> seconds = measure(bench, spikes);
      empty.add(seconds.remove(EMPTY));
      seconds.forEach(
          (way, each) ->
              growth.computeIfAbsent(way, w -> new ArrayList<>()).add(new Point(spikes, each)));
    }
    Path json = bench.data().resolve("growth.json");
    new ObjectMapper().writeValue(json.toFile(), growth);
    Path plot = bench.root().resolve("benchmarks").resolve("growth.svg");
    bench.python().orElseThrow().output("plot_growth.py", json, plot);
    return List.of(
        outcome("broadcast plan", growth.get(BROADCAST), empty),
        outcome("shuffled plan", growth.get(SHUFFLE), empty));
  }

  @Override
  public boolean has(Size size) {
    return size != Size.SMALLEST;
  }

  private static Map<String, Double> measure(Bench bench, long spikes) throws Exception {
    Lake lake = bench.lake(1, spikes, Math.toIntExact(spikes * 35 / 1_000_000), 5_950);
    double[] sampleTimes = SampleTimes.arange(0.1, 0.35, 0.01);
    Dataset<Row> packed = lake.packed();
    Dataset<Row> events = lake.eventTable();
    PeriEventSpikeSamplerModel broadcast =
        Tensors.sampler(packed, events, sampleTimes, "broadcast");
    PeriEventSpikeSamplerModel shuffle = Tensors.sampler(packed, events, sampleTimes, "shuffle");
    WrongResultException.unlessEqual(
        "checksum of the shuffled plan",
        Tensors.checksum(broadcast.transform(events), lake.shape().events()),
        Tensors.checksum(shuffle.transform(events), lake.shape().events()));
    return new InTurn()
        .addWork(BROADCAST, () -> Tensors.make(broadcast.transform(events)))
        .addWork(SHUFFLE, () -> Tensors.make(shuffle.transform(events)))
        .addWork(SCAN, () -> Scans.rows(packed))
        .addWork(CHEAPEST, () -> Scans.internalRows(packed))
        .addWork(EMPTY, () -> bench.spark().range(1).count())
        .medians();
  }

  /** The dearest spike of the larger sizes, beside those of the smallest. */
  private static Outcome outcome(String plan, List<Point> points, List<Double> empty) {
    double least = cost(points.get(0), empty.get(0));
    double most = 0;
    for (int i = 1; i < points.size(); i++) {
      most = Math.max(most, cost(points.get(i), empty.get(i)));
    }
    return new Outcome(
        String.format(
            "cost per spike, %s, up to %s",
            plan, Spikes.text(points.get(points.size() - 1).spikes())),
        nanoseconds(most) + " at most",
        nanoseconds(least) + " at 1 M spikes",
        most / least,
        1.3);
  }

  private static double cost(Point point, double empty) {
    return (point.seconds() - empty) / point.spikes();
  }

  private static String nanoseconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f ns", 1e9 * seconds);
  }
}
