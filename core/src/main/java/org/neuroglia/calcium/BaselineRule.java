package org.neuroglia.calcium;

/** What a fit may do to a trace's baseline. */
public enum BaselineRule {
  /** It is 0: whoever knows it has taken it off. */
  ZERO,
  /** It is fitted, and not below 0. */
  NON_NEGATIVE,
  /** It is fitted. */
  FREE;

  /** The baseline that is nearest to a wanted one. */
  double allowed(double wanted) {
    return switch (this) {
      case ZERO -> 0;
      case NON_NEGATIVE -> Math.max(wanted, 0);
      case FREE -> wanted;
    };
  }
}
