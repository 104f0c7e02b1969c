package org.neuroglia.decoding.decoder;

import org.neuroglia.decoding.split.Responses;

/**
 * The centroids of a {@link NearestCentroid}. Arrays are not copied and must not be changed.
 *
 * @param classes number of classes
 * @param neurons number of neurons
 * @param centroids [class × neuron], row by row
 */
public record NearestCentroidModel(int classes, int neurons, double[] centroids)
    implements DecoderModel {
  private static final long serialVersionUID = 1L;

  /**
   * Minus half the squared distance to each centroid: but for a constant the logarithm of the
   * probability, were the classes normal with a variance of 1 in every direction. (The
   * probabilities of scikit-learn measure other distances than its predictions.)
   */
  @Override
  public double[] decision(Responses rows) {
    requireWidth(rows);
    double[] decision = new double[Math.multiplyExact(rows.events(), classes)];
    for (int event = 0; event < rows.events(); event++) {
      for (int k = 0; k < classes; k++) {
        double squares = 0;
        for (int j = 0; j < neurons; j++) {
          double d = rows.values()[event * neurons + j] - centroids[k * neurons + j];
          squares += d * d;
        }
        decision[event * classes + k] = -0.5 * squares;
      }
    }
    return decision;
  }
}
