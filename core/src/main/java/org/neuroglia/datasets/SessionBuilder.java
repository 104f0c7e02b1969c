package org.neuroglia.datasets;

/**
 * What the builders of made-up sessions have in common.
 *
 * @param <B> the builder, which the setters return
 */
public abstract class SessionBuilder<B extends SessionBuilder<B>> {
  int units;
  double meanRate;
  long seed = 20181016;

  SessionBuilder(int units, double meanRate) {
    this.units = units;
    this.meanRate = meanRate;
  }

  abstract B self();

  /** Number of units, silent ones included. */
  public B units(int value) {
    this.units = value;
    return self();
  }

  /** Mean base rate over the units in spikes per second. */
  public B meanRate(double value) {
    this.meanRate = value;
    return self();
  }

  /** Default 20181016. */
  public B seed(long value) {
    this.seed = value;
    return self();
  }
}
