package org.neuroglia.event;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuroglia.AscendingTimes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.CubicSpline;

/**
 * Samples a trace around events, at the doubles {@code sampleTimes[j] + event}, by the {@link
 * CubicSpline} through all its samples. Outside the recording the curve's ends go on.
 *
 * <p>Samples that are not finite (NaN, infinite) are missing: the curve goes through the others,
 * and has no value (NaN) between the two samples that enclose a missing one, nor before the first
 * or after the last sample where the trace begins or ends with missing ones. Of fewer than 4
 * samples that are there every value is NaN. (In neuroglia one NaN makes every value NaN.)
 *
 * <p>Otherwise the same numbers as neuroglia's {@code PeriEventTraceSampler} within 1e-9. Immutable
 * and thread safe.
 */
public final class PeriEventTraceSampler implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int FEWEST = 4;

  private final double[] sampleTimes;

  /**
   * @param sampleTimes relative to the event, in seconds: finite, in any order, at least one
   * @throws InvalidInputException if they are not so
   */
  public PeriEventTraceSampler(double[] sampleTimes) {
    this.sampleTimes = SampleTimes.checkedFinite(sampleTimes).clone();
  }

  /** The number of values per event: one per sample time. */
  public int samples() {
    return sampleTimes.length;
  }

  /**
   * Samples one trace.
   *
   * @param times of the samples, in seconds: finite, strictly increasing, at least 4
   * @param values as many
   * @param events event times in seconds, in any order; at an event without a time (NaN) all values
   *     are NaN
   * @param out of at least events · samples: sample j of event e goes to {@code out[e * samples +
   *     j]}
   * @throws InvalidInputException if the times are not so
   */
  public void sample(double[] times, double[] values, double[] events, double[] out) {
    checkTimes(times, values);
    int[] present = present(values);
    boolean whole = present.length == values.length;
    int samples = samples();
    if (present.length < FEWEST) {
      Arrays.fill(out, 0, events.length * samples, Double.NaN);
      return;
    }
    CubicSpline spline =
        whole
            ? new CubicSpline(times, values)
            : new CubicSpline(
                AscendingTimes.gather(times, present), AscendingTimes.gather(values, present));
    for (int e = 0; e < events.length; e++) {
      spline.at(sampleTimes, events[e], out, e * samples);
      for (int j = 0; j < samples && !whole; j++) {
        if (isMissing(times, values, sampleTimes[j] + events[e])) {
          out[e * samples + j] = Double.NaN;
        }
      }
    }
  }

  /** The spline checks only the samples that it is given. */
  private static void checkTimes(double[] times, double[] values) {
    if (times.length < FEWEST || times.length != values.length) {
      throw new InvalidInputException(
          String.format(
              "PeriEventTraceSampler needs traces of at least 4 samples, and as many times as"
                  + " values: there are %d times and %d values",
              times.length, values.length));
    }
    for (int i = 0; i < times.length; i++) {
      if (!Double.isFinite(times[i]) || (i > 0 && times[i] <= times[i - 1])) {
        throw new InvalidInputException(
            String.format(
                "PeriEventTraceSampler needs finite, strictly increasing times: the trace has %s"
                    + " s at sample %d%s",
                times[i], i, i > 0 ? " after " + times[i - 1] + " s" : ""));
      }
    }
  }

  private static int[] present(double[] values) {
    return IntStream.range(0, values.length).filter(i -> Double.isFinite(values[i])).toArray();
  }

  /** Whether the sample before or after {@code time}, or the one at it, is missing. */
  private static boolean isMissing(double[] times, double[] values, double time) {
    int after = AscendingTimes.firstAtOrAfter(times, 0, time);
    int last = times.length - 1;
    if (after <= last && (times[after] == time || after == 0)) {
      return !Double.isFinite(values[after]);
    }
    return !Double.isFinite(values[after - 1])
        || (after <= last && !Double.isFinite(values[after]));
  }
}
