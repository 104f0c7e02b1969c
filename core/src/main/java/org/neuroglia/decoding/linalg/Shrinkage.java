package org.neuroglia.decoding.linalg;

import java.io.Serializable;
import org.neuroglia.InvalidInputException;

/**
 * How far a covariance is drawn towards a multiple of the identity: (1 − amount)·C +
 * amount·tr(C)/p·I.
 *
 * @param automatic whether the amount follows from the data (Ledoit and Wolf 2004)
 * @param amount 0 (none) to 1; 0 where automatic
 */
public record Shrinkage(boolean automatic, double amount) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Shrinkage NONE = new Shrinkage(false, 0);
  public static final Shrinkage AUTO = new Shrinkage(true, 0);

  public Shrinkage {
    if (!(amount >= 0 && amount <= 1)) {
      throw new InvalidInputException("a shrinkage is none, auto or 0 to 1, not " + amount);
    }
  }

  public static Shrinkage of(double amount) {
    return new Shrinkage(false, amount);
  }

  /** Reads {@code none}, {@code auto} or a number. */
  public static Shrinkage parse(String text) {
    switch (text) {
      case "none":
        return NONE;
      case "auto":
        return AUTO;
      default:
        try {
          return of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
          throw new InvalidInputException(
              "a shrinkage is none, auto or a number from 0 to 1, not '" + text + "'", e);
        }
    }
  }

  /** Shrinks a covariance [n × n] in place, by the fixed amount. */
  public void apply(double[] covariance, int n) {
    shrink(covariance, n, amount);
  }

  /**
   * The amount of shrinkage: Ledoit and Wolf (2004), as {@code
   * sklearn.covariance.ledoit_wolf_shrinkage}.
   *
   * @param squares sum of the squares of the covariance [p × p]
   * @param trace of the covariance
   * @param fourth Σ |z|⁴ over the centred rows z
   */
  public static double ledoitWolf(
      double squares, double trace, double fourth, long rows, double p) {
    if (p == 1) {
      return 0;
    }
    double mu = trace / p;
    double delta = squares / p - mu * mu;
    double beta = Math.min((fourth / rows - squares) / (p * rows), delta);
    return beta == 0 ? 0 : beta / delta;
  }

  static void shrink(double[] covariance, int n, double amount) {
    double mu = LinearAlgebra.trace(covariance, n) / n;
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] *= 1 - amount;
    }
    for (int i = 0; i < n; i++) {
      covariance[i * n + i] += amount * mu;
    }
  }

  @Override
  public String toString() {
    return automatic ? "auto" : amount == 0 ? "none" : Double.toString(amount);
  }
}
