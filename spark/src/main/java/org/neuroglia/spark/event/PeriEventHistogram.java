package org.neuroglia.spark.event;

import java.util.Arrays;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.functions;
import org.neuroglia.InvalidInputException;
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
    extends Aggregator<Tuple3<Double, Double, Object>, long[], long[]> {
  private static final long serialVersionUID = 1L;

  /** The function's name in SQL. */
  public static final String NAME = "peri_event_histogram";

  private transient Object[] given;
  private transient long[] edges;
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
                Encoders.tuple(Encoders.DOUBLE(), Encoders.DOUBLE(), sampleTimes())));
  }

  @SuppressWarnings("unchecked")
  private static Encoder<Object> sampleTimes() {
    return (Encoder<Object>) (Encoder<?>) Encoding.nullableDoubles();
  }

  @Override
  public long[] zero() {
    return new long[0];
  }

  /** The buffer: the bits of the edges, then a count for each bin; empty before the first row. */
  @Override
  public long[] reduce(long[] buffer, Tuple3<Double, Double, Object> row) {
    if (row._3() == null) {
      return buffer;
    }
    use((Object[]) row._3()); // of Doubles; without generated code Spark makes no Double[]
    long[] counts =
        buffer.length == 0 ? Arrays.copyOf(edges, edges.length + sampler.bins()) : buffer;
    requireSameEdges(counts, edges);
    if (row._1() != null && row._2() != null) {
      cells.clear();
      sampler.sample(new double[] {row._1()}, new double[] {row._2()}, 0, 1, cells);
      for (int i = 0; i < cells.size(); i++) {
        counts[edges.length + cells.get(i)]++;
      }
    }
    return counts;
  }

  private void use(Object[] sampleTimes) {
    if (sampler == null || !Arrays.equals(given, sampleTimes)) {
      double[] times = new double[sampleTimes.length];
      for (int j = 0; j < times.length; j++) {
        if (sampleTimes[j] == null) {
          throw new InvalidInputException(
              NAME
                  + " was given sample_times with a null at position "
                  + j
                  + "; give finite seconds");
        }
        times[j] = (Double) sampleTimes[j];
      }
      sampler = new PeriEventSpikeSampler(times);
      edges = Arrays.stream(times).mapToLong(t -> Double.doubleToLongBits(t + 0.0)).toArray();
      given = sampleTimes;
      cells = new Cells();
    }
  }

  private static void requireSameEdges(long[] counts, long[] edges) {
    if (counts.length != 2 * edges.length - 1
        || !Arrays.equals(counts, 0, edges.length, edges, 0, edges.length)) {
      throw new InvalidInputException(
          NAME + " was given different sample_times in one group; give one array");
    }
  }

  @Override
  public long[] merge(long[] a, long[] b) {
    if (a.length == 0 || b.length == 0) {
      return a.length == 0 ? b : a;
    }
    requireSameEdges(a, Arrays.copyOf(b, (b.length + 1) / 2));
    for (int i = (a.length + 1) / 2; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  @Override
  public long[] finish(long[] counts) {
    return Arrays.copyOfRange(counts, (counts.length + 1) / 2, counts.length);
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
