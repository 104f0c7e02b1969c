package org.neuroglia.decoding.decoder;

import java.util.Locale;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * A vote of the training events that are nearest. Parameters and results are those of {@code
 * sklearn.neighbors.KNeighborsClassifier} 1.9 with algorithm brute; among training events at the
 * same distance the earlier is the nearer, which scikit-learn leaves open.
 *
 * @param nNeighbors how many vote
 * @param weights what a vote counts
 * @param p power of the Minkowski distance: 1 Manhattan, 2 Euclidean, infinity the largest
 *     difference
 */
public record KNeighborsClassifier(int nNeighbors, Weights weights, double p) implements Decoder {
  private static final long serialVersionUID = 1L;

  /** What a vote counts. */
  public enum Weights {
    /** All the same. */
    UNIFORM,
    /** The inverse of the distance; where some are at distance 0, these alone, all the same. */
    DISTANCE;

    /** Reads {@code uniform} or {@code distance}. */
    public static Weights parse(String text) {
      for (Weights weights : values()) {
        if (weights.toString().equals(text)) {
          return weights;
        }
      }
      throw new InvalidInputException("weights are uniform or distance, not '" + text + "'");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public KNeighborsClassifier {
    if (nNeighbors < 1) {
      throw new InvalidInputException("nNeighbors must be at least 1, not " + nNeighbors);
    }
    if (!(p > 0)) {
      throw new InvalidInputException(
          "the power p of the Minkowski distance must be above 0, not " + p);
    }
  }

  /** scikit-learn's defaults: 5 neighbours, votes of the same weight, Euclidean distance. */
  public KNeighborsClassifier() {
    this(5, Weights.UNIFORM, 2);
  }

  /** Keeps the rows; the order of equally near ones is theirs. */
  @Override
  public NearestNeighborsModel fit(Responses rows, int[] y, int classes) {
    ClassLabels.requireTwo(classes);
    rows.requireFinite();
    requireEnough(rows.events());
    double[] columns = new double[rows.values().length];
    for (int event = 0; event < rows.events(); event++) {
      for (int j = 0; j < rows.neurons(); j++) {
        columns[j * rows.events() + event] = rows.get(event, j);
      }
    }
    return new NearestNeighborsModel(this, classes, rows.neurons(), columns, y.clone());
  }

  /** Refuses fewer training events than neighbours. */
  void requireEnough(int events) {
    if (nNeighbors > events) {
      throw new InvalidInputException(
          "there cannot be more neighbours (nNeighbors = "
              + nNeighbors
              + ") than training events ("
              + events
              + ")");
    }
  }
}
