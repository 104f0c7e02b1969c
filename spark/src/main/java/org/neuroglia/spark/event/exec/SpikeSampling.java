package org.neuroglia.spark.event.exec;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.TimeSlices;
import org.neuroglia.spark.tensor.NeuronAxis;

/**
 * What is asked for: which bins, which neurons, and whether the bins themselves or only their sum
 * or mean. A class and not a record, which Kryo could not broadcast.
 */
public final class SpikeSampling implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double FARTHEST_EDGE = 0x1p40;
  private static final int MOST_EVENTS = 128;

  /** Of a block: spikes of a few million. */
  private static final double NEURON_SECONDS = 128_000;

  /** What each event gets. */
  public enum Output {
    /** A Matrix [bins × neurons]. */
    TENSOR,
    /** A Vector [neurons], summed over the bins. */
    SUM,
    /** A Vector [neurons], the mean of the bins. */
    MEAN
  }

  private final PeriEventSpikeSampler sampler;
  private final NeuronAxis neurons;
  private final boolean fillna;
  private final String plan;
  private final Output output;

  /**
   * @param fillna zeros (true) or NaN (false) for a neuron without a spike in the window
   * @param plan auto, broadcast or shuffle
   * @param output what each event gets
   */
  public SpikeSampling(
      PeriEventSpikeSampler sampler,
      NeuronAxis neurons,
      boolean fillna,
      String plan,
      Output output) {
    this.sampler = sampler;
    this.neurons = neurons;
    this.fillna = fillna;
    this.plan = plan;
    this.output = output;
  }

  PeriEventSpikeSampler sampler() {
    return sampler;
  }

  NeuronAxis neurons() {
    return neurons;
  }

  boolean fillna() {
    return fillna;
  }

  String plan() {
    return plan;
  }

  Output output() {
    return output;
  }

  /** Whether the bins need not be told apart. */
  boolean sums() {
    return output != Output.TENSOR;
  }

  SpikeSampling with(Output other) {
    return new SpikeSampling(sampler, neurons, fillna, plan, other);
  }

  /**
   * How many events are counted together: so many that a neuron's name is not written for each of
   * its spikes, so few that there is work for all tasks, and memory for all neurons and long
   * windows.
   */
  int eventsPerBlock(String session) {
    double width = Math.max(1, session == null ? 0 : neurons.width(session));
    double seconds = Math.max(1, sampler.last() - sampler.first());
    return (int) Math.max(1, Math.min(MOST_EVENTS, NEURON_SECONDS / (width * seconds)));
  }

  /** The largest number of neurons of a session. */
  int widest() {
    return neurons.widths().values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  SessionCounts counts(String session, SessionEvents events) {
    return new SessionCounts(
        sampler,
        sums(),
        events.times(),
        Math.max(0, neurons.width(session)),
        eventsPerBlock(session));
  }

  /** Whether edges are near enough to their events to cut time into slices. */
  boolean fitsSlices() {
    return Math.max(Math.abs(sampler.first()), Math.abs(sampler.last())) < FARTHEST_EDGE;
  }

  TimeSlices slices() {
    return TimeSlices.forWindow(sampler.last() - sampler.first());
  }

  @Override
  public String toString() {
    int sessions = neurons.labels().size();
    String axis =
        sessions == 1
            ? neurons.width(neurons.labels().firstKey()) + " neurons"
            : sessions + " sessions";
    return String.format(
        "%s of %d bins, %s", output.name().toLowerCase(Locale.ROOT), sampler.bins(), axis);
  }

  /** Equal if the same is asked for, of the same axis. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SpikeSampling same
        && sampler.equals(same.sampler)
        && neurons == same.neurons
        && fillna == same.fillna
        && plan.equals(same.plan)
        && output == same.output;
  }

  @Override
  public int hashCode() {
    return Objects.hash(sampler, System.identityHashCode(neurons), fillna, plan, output.name());
  }
}
