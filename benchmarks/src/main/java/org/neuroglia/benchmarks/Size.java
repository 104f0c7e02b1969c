package org.neuroglia.benchmarks;

/** How much data is measured. */
enum Size {
  /** For correctness alone: seconds. */
  SMALLEST,
  /** Up to 20 million spikes. */
  SMALL,
  /** Up to 200 million spikes. */
  LARGE;

  /** The value for this size. */
  <T> T of(T smallest, T small, T large) {
    return switch (this) {
      case SMALLEST -> smallest;
      case SMALL -> small;
      case LARGE -> large;
    };
  }
}
