package org.neuroglia.decoding;

import java.util.Arrays;
import org.neuroglia.InvalidInputException;

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
    Decoder.requireTwo(moments.classes());
    if (Arrays.stream(moments.totalScatter()).allMatch(scatter -> scatter == 0)) {
      throw new InvalidInputException(
          "no neuron's response varies, so there is nothing to decode with");
    }
    return new NearestCentroidModel(moments.classes(), moments.neurons(), moments.means());
  }
}
