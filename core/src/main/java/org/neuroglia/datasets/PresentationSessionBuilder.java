package org.neuroglia.datasets;

/**
 * What the builders of sessions have in common in which each stimulus is presented several times.
 *
 * @param <B> the builder, which the setters return
 */
public abstract class PresentationSessionBuilder<B extends PresentationSessionBuilder<B>>
    extends SessionBuilder<B> {
  int silentUnits;
  int repeats;
  double tuning;

  PresentationSessionBuilder(int units, double meanRate, int repeats, double tuning) {
    super(units, meanRate);
    this.repeats = repeats;
    this.tuning = tuning;
  }

  /** How many of the units never fire (those with the highest labels); default 0. */
  public B silentUnits(int value) {
    this.silentUnits = value;
    return self();
  }

  /** How often every stimulus is shown. */
  public B repeats(int value) {
    this.repeats = value;
    return self();
  }

  /** How strongly rates depend on the stimulus; 0 means not at all. */
  public B tuning(double value) {
    this.tuning = value;
    return self();
  }
}
