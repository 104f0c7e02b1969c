package org.neuroglia.spike;

/**
 * Spikes in the order of time: spike i is of neuron {@code neurons[i]} at {@code times[i]} seconds.
 *
 * @param times ascending, NaN last
 * @param neurons index into the trains that the table was made of
 */
public record SpikeTable(double[] times, int[] neurons) {}
