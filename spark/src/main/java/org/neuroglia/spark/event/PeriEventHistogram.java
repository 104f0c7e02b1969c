package org.neuroglia.spark.event;

import java.util.Arrays;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.functions;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.Encoding;
import org.neuroglia.tensor.Cells;
import scala.Tuple3;

/**
 * The SQL aggregate {@code peri_event_histogram(spike_time, event_time, sample_times)}: how many
 * spikes are in each bin around their event, an {@code array<bigint>} [bins].
 *
 * <pre>{@code
 * SELECT event, neuron, peri_event_histogram(s.time, e.time, array(0.0D, 0.1D, 0.2D)) AS counts
 * FROM events e JOIN spikes s ON s.time BETWEEN e.time AND e.time + 0.2D
 * GROUP BY event, neuron
 * }</pre>
 *
 * <p>The bins are those of {@link PeriEventSpikeSampler}. A spike outside the window, or a row
 * whose spike or event time is null (an outer join's), counts nothing. {@code sample_times} must be
 * the same in every row of a group; a group without any is an empty array. For the tensors of whole
 * sessions the stage of this package is faster, for it needs no join.
 */
public final class PeriEventHistogram
    extends Aggregator<Tuple3<Double, Double, double[]>, long[], long[]> {
  private static final long serialVersionUID = 1L;

  /** The function's name in SQL. */
  public static final String NAME = "peri_event_histogram";

  private transient double[] edges;
  private transient PeriEventSpikeSampler sampler;
  private transient Cells cells;

  /** Registers the function in a session. */
  public static void register(SparkSession spark) {
    spark
        .udf()
        .register(
            NAME,
            functions.udaf(
                new PeriEventHistogram(),
                Encoders.tuple(Encoders.DOUBLE(), Encoders.DOUBLE(), Encoding.doubles())));
  }

  @Override
  public long[] zero() {
    return new long[0];
  }

  @Override
  public long[] reduce(long[] counts, Tuple3<Double, Double, double[]> row) {
    if (row._3() == null) {
      return counts;
    }
    use(row._3());
    long[] sums = widened(counts, sampler.bins());
    if (row._1() != null && row._2() != null) {
      cells.clear();
      sampler.sample(new double[] {row._1()}, new double[] {row._2()}, 0, 1, cells);
      for (int i = 0; i < cells.size(); i++) {
        sums[cells.get(i)]++;
      }
    }
    return sums;
  }

  private void use(double[] sampleTimes) {
    if (sampler == null || !Arrays.equals(edges, sampleTimes)) {
      edges = sampleTimes;
      sampler = new PeriEventSpikeSampler(sampleTimes);
      cells = new Cells();
    }
  }

  private static long[] widened(long[] counts, int bins) {
    if (counts.length == bins) {
      return counts;
    }
    if (counts.length == 0) {
      return new long[bins];
    }
    throw new org.neuroglia.InvalidInputException(
        NAME + " was given sample_times of different lengths in one group; give one array");
  }

  @Override
  public long[] merge(long[] a, long[] b) {
    if (b.length == 0) {
      return a;
    }
    long[] sums = widened(a, b.length);
    for (int j = 0; j < b.length; j++) {
      sums[j] += b[j];
    }
    return sums;
  }

  @Override
  public long[] finish(long[] counts) {
    return counts;
  }

  @Override
  public Encoder<long[]> bufferEncoder() {
    return Encoding.longs();
  }

  @Override
  public Encoder<long[]> outputEncoder() {
    return Encoding.longs();
  }
}
