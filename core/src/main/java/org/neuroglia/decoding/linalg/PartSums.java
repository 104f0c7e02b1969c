package org.neuroglia.decoding.linalg;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums of rows by class and by the fold that tests them. Training sums are the total less the
 * fold's.
 *
 * @param rows [event × neuron]
 * @param neurons number of neurons
 * @param part of each event, 0 to {@code parts}; {@code parts} itself is for events that no part
 *     has
 * @param parts number of parts
 */
public record PartSums(double[] rows, int neurons, int[] part, int parts) {
  /** Of some classes; counts [part × class], sums [part × class × neuron], the total last. */
  public final class OfNull {
    private final int classes;
    private final int[] counts;
    private final double[] sums;

    /** Room for the sums of so many classes. */
    public OfNull(int classes) {
      this.classes = classes;
      this.counts = new int[(parts + 1) * classes];
      this.sums = new double[(parts + 1) * classes * neurons];
    }

    /**
     * Collects sums, and forgets earlier ones.
     *
     * @param first code of the first of the classes; events of classes before it are left out
     */
    public void collect(int[] labels, int first) {
      Arrays.fill(counts, 0);
      Arrays.fill(sums, 0);
      for (int event = 0; event < labels.length; event++) {
        int code = labels[event] - first;
        if (code >= 0) {
          int place = part[event] * classes + code;
          counts[place]++;
          RowOperations.add(rows, event * neurons, sums, place * neurons, neurons);
        }
      }
      for (int place = 0; place < parts * classes; place++) {
        int total = parts * classes + place % classes;
        counts[total] += counts[place];
        RowOperations.add(sums, place * neurons, sums, total * neurons, neurons);
      }
    }

    /** Training events of a class where a part is tested. */
    public int count(int tested, int code) {
      return counts[parts * classes + code] - counts[tested * classes + code];
    }

    /** Training events of each class where a part is tested. */
    public int[] counts(int tested) {
      return IntStream.range(0, classes).map(code -> count(tested, code)).toArray();
    }

    /** The sum of a neuron over them. */
    public double sum(int tested, int code, int neuron) {
      return sums[(parts * classes + code) * neurons + neuron]
          - sums[(tested * classes + code) * neurons + neuron];
    }
  }
}
