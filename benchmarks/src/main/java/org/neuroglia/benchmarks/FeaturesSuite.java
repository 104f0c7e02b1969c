package org.neuroglia.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.tensor.ResponseReducer;

/** From a long table in Parquet to features in the memory of one program, neurons not known. */
final class FeaturesSuite implements Suite {
  @Override
  public String name() {
    return "features";
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    Lake lake =
        bench.lake(
            1,
            bench.size().of(20_000L, 1_130_000L, 57_000_000L),
            bench.size().of(7, 69, 3_450),
            bench.size().of(230, 5_950, 5_950));
    double[] sampleTimes = SampleTimes.arange(0.1, 0.35, 0.01);
    String what = "features in memory, checksum,";
    long ours = checksum(features(lake, sampleTimes));
    WrongResultException.unlessEqual(
        what, Reference.sumsChecksum(lake.shape().recording(0), sampleTimes), ours);
    if (bench.python().isEmpty()) {
      return List.of();
    }
    try (Rival numba =
        Rival.start(
            bench.python().get(),
            "features.py",
            lake.longPath(),
            lake.eventsPath(),
            0.1,
            0.35,
            0.01)) {
      numba.run();
      WrongResultException.unlessEqual(what, numba.check().asText(), String.valueOf(ours));
      if (!bench.measures()) {
        return List.of();
      }
      Map<String, Double> seconds =
          new InTurn()
              .addWork("ours", () -> features(lake, sampleTimes))
              .add("numba", numba::run)
              .medians();
      return List.of(
          Outcome.of(
              String.format(
                  "long Parquet to features in memory: %s, %,d neurons, fit and all",
                  Spikes.text(lake.shape().spikes()), lake.shape().neurons()),
              seconds.get("ours"),
              "pyarrow + numba",
              seconds.get("numba"),
              // The small size is a check: a tenth of a second, most of it the start of jobs.
              bench.size() == Size.LARGE ? 1.0 : Double.NaN));
    }
  }

  /** [event × neuron]. */
  private static double[][] features(Lake lake, double[] sampleTimes) throws IOException {
    Dataset<Row> events = lake.eventTable();
    PipelineStage[] stages = {
      new PeriEventSpikeSampler().setSampleTimes(sampleTimes).setSpikes(lake.inOrderOfTime()),
      new ResponseReducer().setFunc("sum")
    };
    Dataset<Row> responses = new Pipeline().setStages(stages).fit(events).transform(events);
    double[][] features = new double[lake.shape().events()][];
    for (Row row : responses.select("event", "features").collectAsList()) {
      features[(int) row.getLong(0)] = ((Vector) row.get(1)).toArray();
    }
    return features;
  }

  private static long checksum(double[][] features) {
    long sum = 0;
    for (int e = 0; e < features.length; e++) {
      sum += Checksum.ofFeatures(e, Vectors.dense(features[e]));
    }
    return sum;
  }
}
