package org.neuroglia.decoding.decoder;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * Ridge regression to targets of 1 for the events of a class and −1 for all others; the class with
 * the largest value is predicted. Of two classes there is one regression, to the second. Parameters
 * and results are those of {@code sklearn.linear_model.RidgeClassifier} 1.9.
 *
 * @param alpha of the penalty alpha·|coefficients|²
 */
public record RidgeClassifier(double alpha) implements MomentDecoder<ClassMoments> {
  private static final long serialVersionUID = 1L;

  public RidgeClassifier {
    RidgeSolution.requireAlpha(alpha);
  }

  /** scikit-learn's default: alpha of 1. */
  public RidgeClassifier() {
    this(1);
  }

  @Override
  public ClassMoments moments(Responses like, int classes) {
    return new ClassMoments(ClassMoments.originOf(like), classes);
  }

  @Override
  public boolean prefersRows(int events, int neurons, int classes) {
    return events < neurons;
  }

  @Override
  public RidgeClassifierModel fit(ClassMoments moments) {
    ClassLabels.requireTwo(moments.classes());
    int p = moments.neurons();
    int first = firstTarget(moments);
    // Σ (x − mean)·(±1 − its mean) is twice the sum of the class's x − mean.
    double[] sums = moments.centredSums();
    double[] products = Arrays.copyOfRange(sums, first * p, sums.length);
    for (int i = 0; i < products.length; i++) {
      products[i] *= 2;
    }
    int targets = moments.classes() - first;
    double[] coefficients =
        RidgeSolution.ofScatter(moments.totalScatter(), p, alpha, products, targets);
    return model(moments, coefficients);
  }

  /** Of fewer events than neurons by products of events, not of neurons. */
  @Override
  public RidgeClassifierModel fit(Responses rows, int[] y, int classes) {
    if (rows.events() >= rows.neurons()) {
      return (RidgeClassifierModel) MomentDecoder.super.fit(rows, y, classes);
    }
    ClassLabels.requireTwo(classes);
    rows.requireFinite();
    ClassMoments moments = ClassMoments.ofSquares(rows, classes);
    moments.add(rows, y);
    int first = firstTarget(moments);
    int targets = classes - first;
    double[] means = targetMeans(moments);
    double[] centred = new double[Math.multiplyExact(targets, y.length)];
    for (int t = 0; t < targets; t++) {
      for (int event = 0; event < y.length; event++) {
        centred[t * y.length + event] = (y[event] == t + first ? 1 : -1) - means[t];
      }
    }
    Responses x = RidgeSolution.centred(rows, moments.mean());
    return model(moments, RidgeSolution.ofRows(x, alpha, centred, targets));
  }

  /** The first class that is a target: of two only the second. */
  private static int firstTarget(ClassMoments moments) {
    return moments.classes() == 2 ? 1 : 0;
  }

  private static double[] targetMeans(ClassMoments moments) {
    double events = moments.events();
    return IntStream.range(firstTarget(moments), moments.classes())
        .mapToDouble(k -> 2 * moments.count(k) / events - 1)
        .toArray();
  }

  private static RidgeClassifierModel model(ClassMoments moments, double[] coefficients) {
    return new RidgeClassifierModel(
        moments.classes(),
        moments.neurons(),
        coefficients,
        RidgeSolution.intercepts(targetMeans(moments), coefficients, moments.mean()));
  }
}
