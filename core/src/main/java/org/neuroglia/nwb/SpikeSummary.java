package org.neuroglia.nwb;

/**
 * What the spike times of some units look like in the file, before they are sorted and NaN dropped.
 *
 * @param units number of units
 * @param spikes number of spike times that are not NaN
 * @param nan number of NaN among the spike times; they are dropped when times are read
 * @param unsortedUnits units whose times are not ascending; they are sorted when read
 * @param silentUnits units without a spike
 * @param first earliest spike, in seconds; NaN where there is none
 * @param last latest spike, in seconds; NaN where there is none
 */
public record SpikeSummary(
    int units,
    long spikes,
    long nan,
    int unsortedUnits,
    int silentUnits,
    double first,
    double last) {

  static final SpikeSummary NONE = new SpikeSummary(0, 0, 0, 0, 0, Double.NaN, Double.NaN);

  /** Of both together. */
  SpikeSummary plus(SpikeSummary other) {
    return new SpikeSummary(
        units + other.units,
        spikes + other.spikes,
        nan + other.nan,
        unsortedUnits + other.unsortedUnits,
        silentUnits + other.silentUnits,
        first <= other.first || Double.isNaN(other.first) ? first : other.first,
        last >= other.last || Double.isNaN(other.last) ? last : other.last);
  }
}
