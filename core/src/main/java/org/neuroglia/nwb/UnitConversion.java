package org.neuroglia.nwb;

import org.neuroglia.nwb.Hdf.HdfGroup;

/**
 * From what a TimeSeries stores to its unit: value · {@code conversion} · {@code
 * channel_conversion} + {@code offset}.
 *
 * <p>A conversion or offset that is NaN says nothing, as in files of NWB 1 where it does not apply.
 *
 * @see <a href="https://nwb-schema.readthedocs.io">NWB schema, TimeSeries.data and
 *     ElectricalSeries.channel_conversion</a>
 */
final class UnitConversion {
  private final double factor;
  private final double offset;
  private final double[] channels;

  private UnitConversion(double factor, double offset, double[] channels) {
    this.factor = factor;
    this.offset = offset;
    this.channels = channels;
  }

  /**
   * @param channels how many channels the data have: a channel_conversion of another length is left
   *     out
   */
  static UnitConversion of(HdfGroup series, HdfDataset data, long channels) {
    double[] perChannel =
        series
            .dataset("channel_conversion")
            .map(d -> d.doubles(0, d.rows()))
            .filter(found -> found.length == channels)
            .orElse(new double[0]);
    return new UnitConversion(
        data.number("conversion").filter(c -> !c.isNaN()).orElse(1.0),
        data.number("offset").filter(c -> !c.isNaN()).orElse(0.0),
        perChannel);
  }

  /** Whether values are in the unit as they are stored. */
  boolean isIdentity() {
    return factor == 1 && offset == 0 && channels.length == 0;
  }

  double apply(double stored, int channel) {
    return stored * factor * (channels.length == 0 ? 1 : channels[channel]) + offset;
  }
}
