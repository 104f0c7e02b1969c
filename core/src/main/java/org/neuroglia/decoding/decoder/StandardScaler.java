package org.neuroglia.decoding.decoder;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.linalg.Moments;
import org.neuroglia.decoding.linalg.RegressionMoments;
import org.neuroglia.decoding.split.Responses;

/**
 * Centres each feature and divides it by its standard deviation, as scikit-learn's StandardScaler:
 * the deviation divides by n, constant features are not scaled, NaN is left out of the fit and kept
 * by transform. Immutable.
 */
public final class StandardScaler implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean withMean;
  private final boolean withStd;
  private final double[] mean;
  private final double[] variance;
  private final double[] scale;

  private StandardScaler(
      boolean withMean, boolean withStd, double[] mean, double[] variance, double[] scale) {
    this.withMean = withMean;
    this.withStd = withStd;
    this.mean = mean;
    this.variance = variance;
    this.scale = scale;
  }

  /**
   * @param withMean whether transform subtracts the mean
   * @param withStd whether transform divides by the standard deviation
   */
  public static StandardScaler fit(FeatureMoments moments, boolean withMean, boolean withStd) {
    return new StandardScaler(
        withMean, withStd, moments.means(), moments.variances(), moments.scales());
  }

  public static StandardScaler fit(Responses rows, boolean withMean, boolean withStd) {
    if (rows.events() == 0) {
      throw new InvalidInputException("a scaler cannot be fitted to no rows");
    }
    FeatureMoments moments = new FeatureMoments(rows.neurons());
    moments.add(rows);
    return fit(moments, withMean, withStd);
  }

  /** A scaler that was fitted before. */
  public static StandardScaler of(
      double[] mean, double[] variance, double[] scale, boolean withMean, boolean withStd) {
    return new StandardScaler(withMean, withStd, mean.clone(), variance.clone(), scale.clone());
  }

  public int features() {
    return mean.length;
  }

  public double[] mean() {
    return mean.clone();
  }

  public double[] variance() {
    return variance.clone();
  }

  /** The standard deviations, 1 for constant features; fitted even where they are not used. */
  public double[] scale() {
    return scale.clone();
  }

  /** Standardises the row that begins at {@code offset}, in place. */
  public void transform(double[] values, int offset) {
    for (int j = 0; j < mean.length; j++) {
      double centred = withMean ? values[offset + j] - mean[j] : values[offset + j];
      values[offset + j] = withStd ? centred / scale[j] : centred;
    }
  }

  public Responses transform(Responses rows) {
    requireWidth(rows.neurons());
    double[] values = rows.values().clone();
    for (int event = 0; event < rows.events(); event++) {
      transform(values, event * mean.length);
    }
    return new Responses(values, rows.events(), rows.neurons());
  }

  /** Brings the row that begins at {@code offset} back to its original units, in place. */
  public void inverse(double[] values, int offset) {
    for (int j = 0; j < mean.length; j++) {
      double scaled = withStd ? values[offset + j] * scale[j] : values[offset + j];
      values[offset + j] = withMean ? scaled + mean[j] : scaled;
    }
  }

  /** Moments of the transformed rows, from those of the rows. */
  public <M extends Moments<M>> M transform(M moments) {
    return moments.standardised(shift(), divisor());
  }

  /** Moments of the transformed rows, from those of the rows. */
  public RegressionMoments transform(RegressionMoments moments) {
    return moments.standardised(shift(), divisor());
  }

  private double[] shift() {
    return withMean ? mean : new double[mean.length];
  }

  private double[] divisor() {
    double[] divisor = scale;
    if (!withStd) {
      divisor = new double[mean.length];
      Arrays.fill(divisor, 1);
    }
    return divisor;
  }

  private void requireWidth(int features) {
    if (features != mean.length) {
      throw new InvalidInputException(
          "the scaler was fitted to " + mean.length + " features, the rows have " + features);
    }
  }
}
