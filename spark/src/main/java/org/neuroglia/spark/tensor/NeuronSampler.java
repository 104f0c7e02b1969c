package org.neuroglia.spark.tensor;

import java.io.Serializable;

/**
 * What every neuron gives at every event: numbers that depend on the neuron's whole train or trace
 * and on nothing of the other neurons.
 *
 * @param sampleTimes seconds, one for each number that a neuron gives at an event; not used where
 *     it gives one
 * @param perEvent how many numbers that is
 * @param vector whether an event gets a Vector [neuron] (one number each), or a Matrix
 *     [sample_times × neuron]
 * @param missing what a neuron gives that is on the axis and has neither train nor trace
 * @param sample the arithmetic
 */
public record NeuronSampler(
    double[] sampleTimes, int perEvent, boolean vector, double missing, Sample sample)
    implements Serializable {

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

  /** A number at each sample time around each event: a tensor. */
  public static NeuronSampler tensor(double[] sampleTimes, double missing, Sample sample) {
    return new NeuronSampler(sampleTimes, sampleTimes.length, false, missing, sample);
  }

  /** A number for each event: responses. */
  public static NeuronSampler responses(double missing, Sample sample) {
    return new NeuronSampler(new double[0], 1, true, missing, sample);
  }
}
