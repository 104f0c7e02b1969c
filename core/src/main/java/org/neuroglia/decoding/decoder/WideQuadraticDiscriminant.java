package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.Contrasts;
import org.neuroglia.decoding.linalg.LinearAlgebra;
import org.neuroglia.decoding.linalg.Mahalanobis;
import org.neuroglia.decoding.linalg.MomentsByClass;
import org.neuroglia.decoding.linalg.ShrunkCovariance;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/**
 * A quadratic discriminant whose classes have fewer events than neurons, most of them: the
 * regularised covariance of a class is inverted through the products of its {@link Contrasts} with
 * each other.
 */
final class WideQuadraticDiscriminant {
  private final QuadraticDiscriminantAnalysis settings;
  private final Responses rows;
  private final int[] y;
  private final ClassMoments moments;

  WideQuadraticDiscriminant(
      QuadraticDiscriminantAnalysis settings, Responses rows, int[] y, int classes) {
    ClassLabels.requireTwo(classes);
    rows.requireFinite();
    this.settings = settings;
    this.rows = rows;
    this.y = y;
    this.moments = ClassMoments.ofSquares(rows, classes);
    moments.add(rows, y);
  }

  Model fit() {
    long[] counts = moments.counts();
    double[] priors = Priors.of(settings.priors(), counts);
    Mahalanobis[] distances = new Mahalanobis[counts.length];
    for (int k = 0; k < distances.length; k++) {
      QuadraticDiscriminantAnalysis.requireTwo(k, counts[k]);
      distances[k] = counts[k] > moments.neurons() ? full(k) : fromContrasts(k);
    }
    return new Model(counts.length, moments.neurons(), priors, moments.means(), distances);
  }

  private Responses members(int code) {
    return rows.select(IntStream.range(0, y.length).filter(i -> y[i] == code).toArray());
  }

  private Mahalanobis full(int code) {
    Responses own = members(code);
    int p = own.neurons();
    MomentsByClass alone = MomentsByClass.ofPairs(p, 1);
    alone.add(own, new int[own.events()]);
    double[] covariance = settings.regularised(alone.covariance(0), p);
    QuadraticDiscriminantAnalysis.Shape shape = settings.shape(covariance, p, code, own.events());
    return new Mahalanobis.Whitened(shape.whitening(), p, shape.logDeterminant());
  }

  private Mahalanobis fromContrasts(int code) {
    Responses own = members(code);
    int p = own.neurons();
    double regParam = settings.regParam();
    Contrasts contrasts = Contrasts.of(own, new int[own.events()], 1);
    double[] covariance = contrasts.values();
    BLAS.dscal(covariance.length, Math.sqrt((1 - regParam) / own.events()), covariance, 1);
    // The smallest eigenvalue is regParam, for the contrasts do not span all neurons.
    double trace = BLAS.ddot(covariance.length, covariance, 1, covariance, 1) + p * regParam;
    if (!(regParam > Math.max(settings.tolerance(), LinearAlgebra.rounding(trace, p)))) {
      throw QuadraticDiscriminantAnalysis.tooFewEvents(code, own.events(), p);
    }
    double[] diagonal = new double[p];
    Arrays.fill(diagonal, regParam);
    return ShrunkCovariance.of(covariance, contrasts.number(), diagonal);
  }

  /**
   * What predicts. Arrays are not copied and must not be changed.
   *
   * @param means [class × neuron]
   * @param distances per class
   */
  record Model(int classes, int neurons, double[] priors, double[] means, Mahalanobis[] distances)
      implements DecoderModel {
    private static final long serialVersionUID = 1L;

    /** Rows per matrix product. */
    private static final int BLOCK = 256;

    @Override
    public double[] decision(Responses rows) {
      requireWidth(rows);
      double[] decision = new double[Math.multiplyExact(rows.events(), classes)];
      double[] centred = new double[Math.min(BLOCK, rows.events()) * neurons];
      for (int from = 0; from < rows.events(); from += BLOCK) {
        int size = Math.min(BLOCK, rows.events() - from);
        for (int k = 0; k < classes; k++) {
          for (int i = 0; i < size * neurons; i++) {
            centred[i] = rows.values()[from * neurons + i] - means[k * neurons + i % neurons];
          }
          double[] squares = distances[k].squares(centred, size);
          double constant = Math.log(priors[k]) - 0.5 * distances[k].logDeterminant();
          for (int i = 0; i < size; i++) {
            decision[(from + i) * classes + k] = constant - 0.5 * squares[i];
          }
        }
      }
      return decision;
    }
  }
}
