package org.neuroglia.decoding.decoder;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * The class whose mean response is nearest. Predictions are those of {@code
 * sklearn.neighbors.NearestCentroid} 1.9 with its defaults: Euclidean distance, no shrinking,
 * uniform priors; of centroids at the same distance the first wins.
 */
public record NearestCentroid() implements MomentDecoder<ClassMoments> {
  private static final long serialVersionUID = 1L;

  @Override
  public ClassMoments moments(Responses like, int classes) {
    return ClassMoments.ofSquares(like, classes);
  }

  @Override
  public NearestCentroidModel fit(ClassMoments moments) {
    ClassLabels.requireTwo(moments.classes());
    if (Arrays.stream(moments.totalScatter()).allMatch(scatter -> scatter == 0)) {
      throw new InvalidInputException(
          "no neuron's response varies, so there is nothing to decode with");
    }
    return new NearestCentroidModel(moments.classes(), moments.neurons(), moments.means());
  }
}
