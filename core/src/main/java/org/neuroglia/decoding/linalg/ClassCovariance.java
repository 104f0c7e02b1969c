package org.neuroglia.decoding.linalg;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.decoding.split.Responses;

/**
 * The covariance of the rows of one class, whose mean is known from a first pass; with Ledoit and
 * Wolf's shrinkage where that is asked for.
 *
 * <p>scikit-learn shrinks the covariance of standardised rows and scales it back
 * (discriminant_analysis._cov); so does this. Not thread-safe.
 */
public final class ClassCovariance implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final double[] scale;
  private final double[] scatter;
  private transient double[] block = new double[0];
  private int blockRows;
  private long rows;

  /** Σ over rows of |z|⁴: the one sum of fourth order that Ledoit and Wolf's estimate needs. */
  private double fourth;

  /**
   * @param moments of the same rows
   * @param shrinkage what {@link #covariance} is to use
   */
  public ClassCovariance(FeatureMoments moments, Shrinkage shrinkage) {
    int neurons = moments.features();
    this.mean = moments.means();
    this.scale = shrinkage.automatic() ? moments.scales() : new double[neurons];
    if (!shrinkage.automatic()) {
      Arrays.fill(scale, 1);
    }
    this.scatter = new double[Math.multiplyExact(neurons, neurons)];
  }

  /** Adds the row that begins at {@code offset}. */
  public void add(double[] values, int offset) {
    if (blockRows == 0) {
      block = new double[ClassMoments.BLOCK * mean.length];
    }
    double norm = 0;
    for (int j = 0; j < mean.length; j++) {
      double z = (values[offset + j] - mean[j]) / scale[j];
      block[blockRows * mean.length + j] = z;
      norm += z * z;
    }
    fourth += norm * norm;
    rows++;
    if (++blockRows == ClassMoments.BLOCK) {
      flush();
    }
  }

  /** Takes in the rows that wait for others; needed before this is serialized. */
  public void flush() {
    if (blockRows == 0) {
      return;
    }
    RankUpdate.add(1, block, blockRows, scatter, mean.length);
    blockRows = 0;
  }

  /** Adds other rows of the same class, collected with the same moments. */
  public void merge(ClassCovariance other) {
    flush();
    other.flush();
    BLAS.daxpy(scatter.length, 1, other.scatter, 1, scatter, 1);
    fourth += other.fourth;
    rows += other.rows;
  }

  /** The covariance [neuron × neuron], divided by n and shrunk. */
  public double[] covariance(Shrinkage shrinkage) {
    flush();
    int p = mean.length;
    double[] covariance = scatter.clone();
    BLAS.dscal(covariance.length, 1.0 / rows, covariance, 1);
    LinearAlgebra.mirrorUpper(covariance, p);
    Shrinkage.shrink(
        covariance, p, shrinkage.automatic() ? ledoitWolf(covariance) : shrinkage.amount());
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        covariance[i * p + j] *= scale[i] * scale[j];
      }
    }
    return covariance;
  }

  private double ledoitWolf(double[] covariance) {
    double squares = 0;
    for (double c : covariance) {
      squares += c * c;
    }
    double trace = LinearAlgebra.trace(covariance, mean.length);
    return Shrinkage.ledoitWolf(squares, trace, fourth, rows, mean.length);
  }

  /**
   * The within-class covariance of rows in memory: Σ prior·covariance over the classes
   * (discriminant_analysis._class_cov).
   */
  public static double[] within(Responses rows, int[] y, double[] priors, Shrinkage shrinkage) {
    double[] within = new double[Math.multiplyExact(rows.neurons(), rows.neurons())];
    for (int k = 0; k < priors.length; k++) {
      int code = k;
      int[] members = IntStream.range(0, y.length).filter(i -> y[i] == code).toArray();
      BLAS.daxpy(within.length, priors[k], of(rows, members, shrinkage), 1, within, 1);
    }
    return within;
  }

  /** The covariance of some rows in memory. */
  public static double[] of(Responses rows, int[] members, Shrinkage shrinkage) {
    FeatureMoments moments = new FeatureMoments(rows.neurons());
    for (int event : members) {
      moments.add(rows.values(), event * rows.neurons());
    }
    ClassCovariance covariance = new ClassCovariance(moments, shrinkage);
    for (int event : members) {
      covariance.add(rows.values(), event * rows.neurons());
    }
    return covariance.covariance(shrinkage);
  }
}
