package org.neuroglia.decoding.decoder;

import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * The class whose mean response correlates best with the response: the maximum correlation
 * coefficient classifier of the Neural Decoding Toolbox (Meyers 2013). It heeds the pattern over
 * the neurons, not how strongly they respond together.
 *
 * <p>A response, or a mean of a class, that is the same for every neuron has no pattern: its
 * correlation is taken for 0. With one neuron no response has any, and the class is that of the
 * nearest mean, as in the toolbox. Of classes with the same evidence the first wins, where the
 * toolbox draws one at random.
 */
public record MaximumCorrelation() implements MomentDecoder<ClassMoments> {
  private static final long serialVersionUID = 1L;

  @Override
  public ClassMoments moments(Responses like, int classes) {
    return ClassMoments.ofSquares(like, classes);
  }

  @Override
  public MaximumCorrelationModel fit(ClassMoments moments) {
    ClassLabels.requireTwo(moments.classes());
    return MaximumCorrelationModel.of(moments.classes(), moments.neurons(), moments.means());
  }
}
