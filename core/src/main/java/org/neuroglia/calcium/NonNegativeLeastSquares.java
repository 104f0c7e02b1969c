package org.neuroglia.calcium;

import java.util.Arrays;

/**
 * The s ≥ 0 for which |Ks − y|² is least, from KᵀK and Kᵀy, by an active set (Lawson and Hanson
 * 1974; Bro and de Jong 1997, J. Chemometrics 11: 393–401) that may begin with an earlier solution.
 *
 * <p>The unknowns that are above 0 have a Cholesky factor, to which each new one adds a row.
 */
final class NonNegativeLeastSquares {
  /** An unknown that the others determine but for this part of its square adds nothing. */
  private static final double DEPENDENT = 1e-14;

  private final double tolerance;
  private final double[][] factor;
  private final int[] passive;
  private final boolean[] isPassive;
  private final boolean[] blocked;
  private final double[] solution;
  private int size;

  private double[][] gram;
  private double[] target;

  /**
   * @param unknowns how many there can be
   * @param tolerance of the gradient, and of what counts as 0
   */
  NonNegativeLeastSquares(int unknowns, double tolerance) {
    this.tolerance = tolerance;
    this.factor = new double[unknowns][];
    for (int i = 0; i < unknowns; i++) {
      factor[i] = new double[i + 1];
    }
    this.passive = new int[unknowns];
    this.isPassive = new boolean[unknowns];
    this.blocked = new boolean[unknowns];
    this.solution = new double[unknowns];
  }

  /**
   * @param gram KᵀK; only the first n rows and columns are used
   * @param target Kᵀy
   * @param n number of unknowns
   * @param s where to begin, and afterwards the solution
   */
  void solve(double[][] gram, double[] target, int n, double[] s) {
    this.gram = gram;
    this.target = target;
    this.size = 0;
    Arrays.fill(isPassive, 0, n, false);
    Arrays.fill(blocked, 0, n, false);
    for (int i = 0; i < n; i++) {
      if (!(s[i] > 0 && append(i))) {
        s[i] = 0;
      }
    }
    descend(s);
    // Each round lowers the squares; the bound only guards against rounding.
    for (int round = 0; round < 3 * n; round++) {
      int steepest = steepest(n, s);
      if (steepest < 0) {
        break;
      }
      if (!append(steepest)) {
        blocked[steepest] = true;
        continue;
      }
      descend(s);
      if (isPassive[steepest]) {
        Arrays.fill(blocked, 0, n, false);
      } else {
        blocked[steepest] = true;
      }
    }
  }

  /** The unknown at 0 whose growth would lower the squares fastest; −1 if none would. */
  private int steepest(int n, double[] s) {
    int steepest = -1;
    double highest = tolerance;
    for (int i = 0; i < n; i++) {
      if (!isPassive[i] && !blocked[i]) {
        double gradient = target[i];
        for (int p = 0; p < size; p++) {
          gradient -= gram[i][passive[p]] * s[passive[p]];
        }
        if (gradient >= highest) {
          highest = gradient;
          steepest = i;
        }
      }
    }
    return steepest;
  }

  /** Goes to the unconstrained solution, leaving on the way the unknowns that reach 0. */
  private void descend(double[] s) {
    while (size > 0) {
      solvePassive();
      double step = 1;
      for (int p = 0; p < size; p++) {
        if (solution[p] < 0) {
          double from = s[passive[p]];
          step = Math.min(step, from / (from - solution[p]));
        }
      }
      boolean whole = step == 1;
      for (int p = 0; p < size; p++) {
        int i = passive[p];
        s[i] = whole ? solution[p] : s[i] + step * (solution[p] - s[i]);
      }
      if (whole) {
        return;
      }
      removeZeros(s);
    }
  }

  private void removeZeros(double[] s) {
    int[] before = Arrays.copyOf(passive, size);
    int kept = 0;
    while (kept < before.length && s[before[kept]] > tolerance) {
      kept++;
    }
    size = kept;
    for (int p = kept; p < before.length; p++) {
      int i = before[p];
      isPassive[i] = false;
      if (!(s[i] > tolerance && append(i))) {
        s[i] = 0;
      }
    }
  }

  /** Adds a row to the factor; not if the unknown is a combination of those there. */
  private boolean append(int unknown) {
    double[] row = factor[size];
    double rest = gram[unknown][unknown];
    for (int p = 0; p < size; p++) {
      double sum = gram[unknown][passive[p]];
      double[] other = factor[p];
      for (int q = 0; q < p; q++) {
        sum -= row[q] * other[q];
      }
      row[p] = sum / other[p];
      rest -= row[p] * row[p];
    }
    if (!(rest > DEPENDENT * gram[unknown][unknown])) {
      return false;
    }
    row[size] = Math.sqrt(rest);
    passive[size++] = unknown;
    isPassive[unknown] = true;
    return true;
  }

  private void solvePassive() {
    for (int p = 0; p < size; p++) {
      double sum = target[passive[p]];
      for (int q = 0; q < p; q++) {
        sum -= factor[p][q] * solution[q];
      }
      solution[p] = sum / factor[p][p];
    }
    for (int p = size - 1; p >= 0; p--) {
      double sum = solution[p];
      for (int q = p + 1; q < size; q++) {
        sum -= factor[q][p] * solution[q];
      }
      solution[p] = sum / factor[p][p];
    }
  }
}
