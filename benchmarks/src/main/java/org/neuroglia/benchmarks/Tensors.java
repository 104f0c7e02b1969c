package org.neuroglia.benchmarks;

import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;
import org.neuroglia.spark.tensor.ResponseReducer;

/** The sampler as a user of the library has it, and checksums of its rows. */
final class Tensors {
  private Tensors() {}

  /** Knows the neurons of the spikes. */
  static PeriEventSpikeSamplerModel sampler(
      Dataset<Row> spikes, Dataset<Row> events, double[] sampleTimes, String plan) {
    return new PeriEventSpikeSampler()
        .setSampleTimes(sampleTimes)
        .setPlan(plan)
        .setSpikes(spikes)
        .fit(events);
  }

  /** The sampler with the sum over bins behind it. */
  static PipelineModel summing(PeriEventSpikeSamplerModel sampler) {
    Transformer[] stages = {sampler, new ResponseReducer().setFunc("sum")};
    return new PipelineModel("summing", stages);
  }

  /** Makes all rows and keeps none. */
  static void make(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  /** Of the tensor [session and event × bin × neuron], whatever the order of its rows. */
  static long checksum(Dataset<Row> tensor, int eventsPerSession) {
    MapPartitionsFunction<Row, Long> checksum =
        rows -> {
          long sum = 0;
          while (rows.hasNext()) {
            Row row = rows.next();
            long session = Long.parseLong(row.getString(0).replace("session-", ""));
            long event = session * eventsPerSession + row.getLong(1);
            sum += Checksum.of(event, (Matrix) row.get(2));
          }
          return List.of(sum).iterator();
        };
    return total(
        tensor.select("session", "event", "tensor").mapPartitions(checksum, Encoders.LONG()));
  }

  /** Of the features [event × neuron] of one session. */
  static long sumsChecksum(Dataset<Row> features) {
    MapPartitionsFunction<Row, Long> checksum =
        rows -> {
          long sum = 0;
          while (rows.hasNext()) {
            Row row = rows.next();
            sum += Checksum.ofFeatures(row.getLong(0), (Vector) row.get(1));
          }
          return List.of(sum).iterator();
        };
    return total(features.select("event", "features").mapPartitions(checksum, Encoders.LONG()));
  }

  private static long total(Dataset<Long> sums) {
    return sums.collectAsList().stream().mapToLong(Long::longValue).sum();
  }
}
