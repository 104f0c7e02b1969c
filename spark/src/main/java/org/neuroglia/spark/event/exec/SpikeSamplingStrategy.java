package org.neuroglia.spark.event.exec;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.internal.SQLConf;
import org.neuroglia.spark.plan.Attributes;
import scala.collection.immutable.Seq;

/** Plans {@link SampleSpikes}: with the events broadcast, or with both sides shuffled. */
public final class SpikeSamplingStrategy extends SparkStrategy {
  private static final long serialVersionUID = 1L;

  /** Events of at most this size, by the optimizer's estimate, are broadcast. */
  private static final double MOST_BROADCAST_BYTES = 64L << 20;

  /** Estimates above mean that nothing is known. */
  private static final double UNKNOWN_BYTES = 1e15;

  /** A task for less is not worth its start. */
  private static final double FEWEST_BYTES_PER_TASK = 8L << 20;

  private static final double MOST_BYTES_PER_TASK = 128L << 20;

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (!(plan instanceof SampleSpikes sample)) {
      return Attributes.seq();
    }
    SpikeSampling sampling = sample.sampling();
    SparkPlan spikes = planLater(sample.spikes());
    if (isBroadcast(sample)) {
      SparkPlan counts =
          new CountSpikesExec(
              spikes,
              packed(sample, false),
              sampling,
              sample.spikeColumns(),
              sample.eventColumns(),
              parcels());
      return Attributes.seq(
          new TensorOfBlocksExec(
              counts,
              packed(sample, false),
              sampling,
              partitions(sample),
              sample.eventColumns(),
              sample.output()));
    }
    return Attributes.seq(
        new TensorOfSlicesExec(
            new SliceSpikesExec(spikes, sampling, sample.spikeColumns(), parcels()),
            packed(sample, true),
            sampling,
            partitions(sample),
            sample.eventColumns(),
            sample.output()));
  }

  private SparkPlan packed(SampleSpikes sample, boolean bySlice) {
    return new PackEventsExec(
        planLater(sample.events()), sample.sampling(), bySlice, sample.eventColumns(), parcels());
  }

  private static Seq<Attribute> parcels() {
    return Attributes.of(Parcel.SCHEMA);
  }

  /** The broadcast plan reads the events twice unless exchanges are reused. */
  private static boolean isBroadcast(SampleSpikes sample) {
    return !sample.sampling().fitsSlices()
        || SQLConf.get().exchangeReuseEnabled()
            && switch (sample.sampling().plan()) {
              case "broadcast" -> true;
              case "shuffle" -> false;
              default -> bytes(sample.events()) <= MOST_BROADCAST_BYTES;
            };
  }

  /**
   * Tasks that make rows: for few spikes few, for many one per core or more; 0 where the size is
   * not known. The result does not depend on it.
   */
  private static int partitions(SampleSpikes sample) {
    double bytes = bytes(sample.spikes());
    double events = bytes(sample.events()) / sample.events().schema().defaultSize();
    double written = events * Integer.BYTES * (sample.sampling().widest() + 1L); // at least
    if (bytes > UNKNOWN_BYTES || written > UNKNOWN_BYTES) {
      return 0;
    }
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    double fewest = Math.ceil(Math.max(bytes, written) / FEWEST_BYTES_PER_TASK);
    double most = Math.max(cores, Math.ceil(Math.max(bytes, written) / MOST_BYTES_PER_TASK));
    // An estimate may be far too high, as that of a join is: no more than the session allows.
    double allowed = Math.max(cores, SQLConf.get().numShufflePartitions());
    return (int) Math.max(1, Math.min(Math.min(fewest, most), allowed));
  }

  private static double bytes(LogicalPlan plan) {
    return plan.stats().sizeInBytes().toDouble();
  }
}
