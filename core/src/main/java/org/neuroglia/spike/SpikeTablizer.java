package org.neuroglia.spike;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Turns trains, a sorted array of times per neuron, into one table of spikes in the order of time,
 * and back; neuroglia's {@code SpikeTablizer}. Spikes at the same time keep the order of the
 * neurons.
 */
public final class SpikeTablizer {
  private SpikeTablizer() {}

  /**
   * @param trains spike times in seconds, per neuron, in any order
   * @return every spike, ascending in time, NaN last; time n log(neurons) where trains are
   *     ascending
   */
  public static SpikeTable tablize(double[][] trains) {
    double[][] sorted = new double[trains.length][];
    int spikes = 0;
    for (int k = 0; k < trains.length; k++) {
      sorted[k] = trains[k].clone();
      Arrays.sort(sorted[k]);
      spikes = Math.addExact(spikes, sorted[k].length);
    }
    int[] next = new int[trains.length];
    PriorityQueue<Integer> heads =
        new PriorityQueue<>(
            Comparator.<Integer>comparingDouble(k -> sorted[k][next[k]] + 0.0)
                .thenComparing(Comparator.naturalOrder()));
    for (int k = 0; k < trains.length; k++) {
      if (sorted[k].length > 0) {
        heads.add(k);
      }
    }
    double[] times = new double[spikes];
    int[] neurons = new int[spikes];
    for (int i = 0; i < spikes; i++) {
      int k = heads.poll();
      times[i] = sorted[k][next[k]++];
      neurons[i] = k;
      if (next[k] < sorted[k].length) {
        heads.add(k);
      }
    }
    return new SpikeTable(times, neurons);
  }

  /**
   * The inverse of {@link #tablize}.
   *
   * @param neurons number of trains, silent ones included
   * @return spike times per neuron, ascending, NaN last
   */
  public static double[][] untablize(SpikeTable table, int neurons) {
    int[] sizes = new int[neurons];
    for (int k : table.neurons()) {
      sizes[k]++;
    }
    double[][] trains = new double[neurons][];
    for (int k = 0; k < neurons; k++) {
      trains[k] = new double[sizes[k]];
    }
    int[] next = new int[neurons];
    for (int i = 0; i < table.times().length; i++) {
      int k = table.neurons()[i];
      trains[k][next[k]++] = table.times()[i];
    }
    for (double[] train : trains) {
      Arrays.sort(train);
    }
    return trains;
  }
}
