package org.neuroglia.decoding.decoder;

import java.util.Arrays;
import org.neuroglia.decoding.split.Responses;

/**
 * The training events of a {@link KNeighborsClassifier}. Arrays are not copied and must not be
 * changed. Every prediction looks at every training event: time and memory grow with their number.
 *
 * @param settings how neighbours are found, and vote
 * @param classes number of classes
 * @param neurons number of neurons
 * @param columns [neuron × training event]
 * @param y class code of each training event
 */
public record NearestNeighborsModel(
    KNeighborsClassifier settings, int classes, int neurons, double[] columns, int[] y)
    implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /** Training events whose distances are summed at a time. */
  private static final int BLOCK = 1024;

  public NearestNeighborsModel {
    settings.requireEnough(y.length);
  }

  /** The same training events, with other settings. */
  public NearestNeighborsModel with(KNeighborsClassifier other) {
    return new NearestNeighborsModel(other, classes, neurons, columns, y);
  }

  /**
   * The training events nearest to some others.
   *
   * @param indices [event × neighbour], the nearest first, of the same distance the earlier first
   * @param distances of these
   */
  public record Neighbors(int[] indices, double[] distances) {}

  /** Number of training events. */
  public int trained() {
    return y.length;
  }

  public Neighbors neighbors(Responses rows) {
    requireWidth(rows);
    int k = settings.nNeighbors();
    int[] indices = new int[Math.multiplyExact(rows.events(), k)];
    double[] distances = new double[indices.length];
    double[] block = new double[Math.min(BLOCK, trained())];
    for (int event = 0; event < rows.events(); event++) {
      int first = event * k;
      int found = 0;
      for (int from = 0; from < trained(); from += BLOCK) {
        int size = Math.min(BLOCK, trained() - from);
        powers(rows.values(), event * neurons, from, size, block);
        for (int i = 0; i < size; i++) {
          if (found < k || block[i] < distances[first + k - 1]) {
            int place = place(distances, first, found, block[i]);
            int moved = Math.min(found, k - 1) - place;
            System.arraycopy(distances, first + place, distances, first + place + 1, moved);
            System.arraycopy(indices, first + place, indices, first + place + 1, moved);
            distances[first + place] = block[i];
            indices[first + place] = from + i;
            found = Math.min(found + 1, k);
          }
        }
      }
    }
    double p = settings.p();
    if (p != 1 && p != Double.POSITIVE_INFINITY) {
      for (int i = 0; i < distances.length; i++) {
        distances[i] = p == 2 ? Math.sqrt(distances[i]) : Math.pow(distances[i], 1 / p);
      }
    }
    return new Neighbors(indices, distances);
  }

  /**
   * Where a distance belongs among the {@code found} that ascend from {@code first}: after its
   * equals.
   */
  private static int place(double[] distances, int first, int found, double distance) {
    int low = 0;
    int high = found;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (distances[first + middle] <= distance) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Distances to the power of p from a row to {@code size} training events, into {@code powers}.
   */
  private void powers(double[] values, int offset, int from, int size, double[] powers) {
    double p = settings.p();
    Arrays.fill(powers, 0, size, 0);
    for (int j = 0; j < neurons; j++) {
      double x = values[offset + j];
      int start = j * trained() + from;
      if (p == 2) {
        for (int i = 0; i < size; i++) {
          double d = columns[start + i] - x;
          powers[i] += d * d;
        }
      } else if (p == 1) {
        for (int i = 0; i < size; i++) {
          powers[i] += Math.abs(columns[start + i] - x);
        }
      } else if (p == Double.POSITIVE_INFINITY) {
        for (int i = 0; i < size; i++) {
          powers[i] = Math.max(powers[i], Math.abs(columns[start + i] - x));
        }
      } else {
        for (int i = 0; i < size; i++) {
          powers[i] += Math.pow(Math.abs(columns[start + i] - x), p);
        }
      }
    }
  }

  /** The sum of the votes for each class. */
  @Override
  public double[] decision(Responses rows) {
    Neighbors nearest = neighbors(rows);
    int k = settings.nNeighbors();
    double[] votes = new double[Math.multiplyExact(rows.events(), classes)];
    for (int event = 0; event < rows.events(); event++) {
      double best = 1 / nearest.distances[event * k]; // no other weighs more
      for (int i = event * k; i < (event + 1) * k; i++) {
        votes[event * classes + y[nearest.indices[i]]] += weight(nearest.distances[i], best);
      }
    }
    return votes;
  }

  /** Where the best weight is infinite, those at distance 0 vote alone; where it is 0, all do. */
  private double weight(double distance, double best) {
    if (settings.weights() == KNeighborsClassifier.Weights.UNIFORM || best == 0) {
      return 1;
    }
    double inverse = 1 / distance;
    if (Double.isInfinite(best)) {
      return Double.isInfinite(inverse) ? 1 : 0;
    }
    return inverse;
  }

  /** The share of the votes. */
  @Override
  public void toProbability(double[] decision, int offset) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += decision[offset + k];
    }
    for (int k = 0; k < classes; k++) {
      decision[offset + k] /= sum;
    }
  }
}
