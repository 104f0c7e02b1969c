package org.neuroglia.spark.event;

import org.apache.spark.sql.SparkSession;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.sql.NeurogliaExtensions;

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
 *
 * <p>It is one of the functions that {@link NeurogliaExtensions} gives to every session.
 */
public final class PeriEventHistogram {
  /** The function's name in SQL. */
  public static final String NAME = NeurogliaExtensions.PERI_EVENT_HISTOGRAM;

  private PeriEventHistogram() {}

  /** Registers the function in a session that was started without the extensions. */
  public static void register(SparkSession spark) {
    NeurogliaExtensions.registerPeriEventHistogram(spark);
  }
}
