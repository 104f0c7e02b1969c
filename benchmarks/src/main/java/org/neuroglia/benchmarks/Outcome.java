package org.neuroglia.benchmarks;

import java.util.Locale;

/**
 * One line of the results.
 *
 * @param what was done, on how much data
 * @param ours what it took
 * @param rival what the rival took, and which that was; empty without a rival
 * @param ratio ours to the rival's: the less, the better; NaN without a rival
 * @param target the largest ratio that is wanted; NaN where none is
 */
record Outcome(String what, String ours, String rival, double ratio, double target) {
  /** Of two times in seconds. */
  static Outcome of(String what, double ours, String rival, double theirs, double target) {
    return new Outcome(what, seconds(ours), seconds(theirs) + ", " + rival, ours / theirs, target);
  }

  /** Without a rival. */
  static Outcome alone(String what, double ours) {
    return new Outcome(what, seconds(ours), "", Double.NaN, Double.NaN);
  }

  static String seconds(double seconds) {
    return seconds < 0.1
        ? String.format(Locale.ROOT, "%.2f ms", 1000 * seconds)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }

  /** As {@link Report#COLUMNS} names them. */
  String[] cells() {
    boolean wanted = !Double.isNaN(target);
    return new String[] {
      what,
      ours,
      rival,
      Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio),
      wanted ? String.format(Locale.ROOT, target < 0.1 ? "≤ %.2f" : "≤ %.1f", target) : "",
      wanted ? (ratio <= target ? "met" : "not met") : ""
    };
  }
}
