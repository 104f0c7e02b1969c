package org.neuroglia.spark.tensor;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.trace.TraceChunk;

/**
 * What every neuron gives at every event: numbers that depend on the neuron's whole train or trace
 * and on nothing of the other neurons.
 *
 * @param sampleTimes seconds, one for each number that a neuron gives at an event; not used where
 *     it gives one
 * @param perEvent how many numbers that is
 * @param vector whether an event gets a Vector [neuron] (one number each), or a Matrix
 *     [sample_times × neuron]
 * @param sample the arithmetic
 * @param absent what it is for a neuron that is on the axis and has neither train nor trace
 */
public record NeuronSampler(
    double[] sampleTimes, int perEvent, boolean vector, Sample sample, Sample absent)
    implements Serializable {

  private static final double[] NONE = {};

  /** The arithmetic of one neuron. */
  @FunctionalInterface
  public interface Sample extends Serializable {
    /**
     * @param times of the train or the trace, in seconds
     * @param values of the trace; none for a train
     * @param events times in seconds, ascending; NaN, if any, last
     * @param durations of the events in seconds, NaN where there is none
     * @param out takes the numbers of each event, one event after the other
     */
    void at(double[] times, double[] values, double[] events, double[] durations, double[] out);
  }

  /** Numbers at times around each event, of traces: a tensor. NaN where a neuron has no trace. */
  public static NeuronSampler tensorOfTraces(double[] sampleTimes, Sample sample) {
    return new NeuronSampler(
        sampleTimes, sampleTimes.length, false, checked(sample), NeuronSampler::missing);
  }

  /** A number for each event, of traces: responses. NaN where a neuron has no trace. */
  public static NeuronSampler responsesOfTraces(Sample sample) {
    return new NeuronSampler(NONE, 1, true, checked(sample), NeuronSampler::missing);
  }

  /** Numbers at times around each event, of trains: a tensor. A neuron without one is silent. */
  public static NeuronSampler tensorOfTrains(double[] sampleTimes, Sample sample) {
    return new NeuronSampler(sampleTimes, sampleTimes.length, false, sample, sample);
  }

  /** A number for each event, of trains: responses. A neuron without one is silent. */
  public static NeuronSampler responsesOfTrains(Sample sample) {
    return new NeuronSampler(NONE, 1, true, sample, sample);
  }

  /** What the neurons give that have neither train nor trace. */
  double[] ofAbsent(double[] events, double[] durations) {
    double[] out = new double[events.length * perEvent];
    absent.at(NONE, NONE, events, durations, out);
    return out;
  }

  private static Sample checked(Sample sample) {
    return (times, values, events, durations, out) -> {
      TraceChunk<String> trace = new TraceChunk<>("", times, values); // as many of both
      sample.at(trace.times(), trace.values(), events, durations, out);
    };
  }

  private static void missing(double[] t, double[] v, double[] e, double[] d, double[] out) {
    Arrays.fill(out, Double.NaN);
  }
}
