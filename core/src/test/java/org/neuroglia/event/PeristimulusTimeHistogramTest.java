package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PeristimulusTimeHistogramTest {
  private static final double[] TRAIN = {0.25, 1, 1.25, 1.5, 2.25};

  private static PeristimulusTimeHistogram of(double... events) {
    PeristimulusTimeHistogram histogram =
        new PeristimulusTimeHistogram(new PeriEventSpikeSampler(new double[] {0, 0.25, 0.5, 0.5}));
    for (double event : events) {
      histogram.add(TRAIN, event);
    }
    return histogram;
  }

  /** Counts of the first bin are 0, 1, 0 and of the second 1, 1, 1. */
  @Test
  void rateIsTheMeanAndItsErrorThatOfTheMean() {
    PeristimulusTimeHistogram histogram = of(0, 1, 2);
    assertEquals(3, histogram.events());
    assertEquals(1 / 3.0 / 0.25, histogram.rate(0), 1e-15);
    assertEquals(Math.sqrt(1 / 3.0 / 3.0) / 0.25, histogram.standardError(0), 1e-15);
    assertEquals(4, histogram.rate(1));
    assertEquals(0, histogram.standardError(1));
  }

  /**
   *
   *
   * <pre>
   *   events   10        20        30
   *   bins     [ , ]     [ , ]     [ , ]
   *   spikes   ||  |               |         2 1 | 0 0 | 1 0
   * </pre>
   */
  @Test
  void everyBinHasItsRateAndItsError() {
    PeristimulusTimeHistogram histogram =
        new PeristimulusTimeHistogram(new PeriEventSpikeSampler(new double[] {0, 0.5, 1}));
    for (double event : new double[] {10, 20, 30}) {
      histogram.add(new double[] {10, 10.25, 10.75, 15, 30.25}, event);
    }
    assertArrayEquals(new double[] {2, 2 / 3.0}, histogram.rates(), 1e-12);
    // Counts 2 0 1 and 1 0 0: standard deviations 1 and 1/√3, by √3, in half a second.
    assertArrayEquals(new double[] {2 / Math.sqrt(3), 2 / 3.0}, histogram.standardErrors(), 1e-12);
  }

  @Test
  void aBinOfNoWidthHasNoRate() {
    assertEquals(Double.NaN, of(0, 1).rate(2));
    assertEquals(Double.NaN, of(0, 1).standardError(2));
  }

  @Test
  void oneEventHasNoErrorAndNoneNoRate() {
    assertEquals(4, of(1).rate(0));
    assertEquals(Double.NaN, of(1).standardError(0));
    assertEquals(Double.NaN, of().rate(0));
  }

  @Test
  void partsAddUp() {
    PeristimulusTimeHistogram parts = of(2);
    parts.add(of());
    parts.add(of(0, 1));
    PeristimulusTimeHistogram read =
        new PeristimulusTimeHistogram(
            parts.sampler(), parts.events(), parts.sums(), parts.squares());
    for (int j = 0; j < 2; j++) {
      assertEquals(of(0, 1, 2).rate(j), read.rate(j));
      assertEquals(of(0, 1, 2).standardError(j), read.standardError(j));
    }
  }

  /** A thousand events with 10⁶ spikes each, but for one with one more: nothing cancels. */
  @Test
  void largeCountsKeepTheirSmallScatter() {
    long many = 1_000_000;
    PeristimulusTimeHistogram histogram =
        new PeristimulusTimeHistogram(
            new PeriEventSpikeSampler(new double[] {0, 1}),
            1000,
            new long[] {1000 * many + 1},
            new long[] {999 * many * many + (many + 1) * (many + 1)});
    // The counts are 0 and, once, 1 above 10⁶: their variance is (1 − 1/1000) / 999.
    assertEquals(Math.sqrt((1 - 1 / 1000.0) / 999 / 1000), histogram.standardError(0), 1e-15);
  }
}
