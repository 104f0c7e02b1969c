package org.neuroglia.benchmarks;

import java.util.Locale;

/** Numbers of spikes, for people. */
final class Spikes {
  private Spikes() {}

  /** Such as {@code 1.13 M spikes}. */
  static String text(long spikes) {
    String millions = String.format(Locale.ROOT, "%.2f", spikes / 1e6);
    return millions.replaceAll("\\.?0+$", "") + " M spikes";
  }
}
