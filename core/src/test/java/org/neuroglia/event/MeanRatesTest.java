package org.neuroglia.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

class MeanRatesTest {
  private static final PeriEventSpikeSampler BINS =
      new PeriEventSpikeSampler(new double[] {0, 0.5, 1});

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
  void ratesAreMeansOverEventsWithTheirStandardErrors() {
    double[] train = {10, 10.25, 10.75, 15, 30.25};
    MeanRates rates = MeanRates.of(BINS, train, new double[] {10, 20, 30});
    assertEquals(3, rates.events());
    assertArrayEquals(new double[] {2, 2 / 3.0}, rates.rate(), 1e-12);
    // Counts 2 0 1 and 1 0 0: standard deviations 1 and 1/√3, by √3, in half a second.
    assertArrayEquals(new double[] {2 / Math.sqrt(3), 2 / 3.0}, rates.standardError(), 1e-12);
  }

  @Test
  void oneEventSaysNothingOfItsError() {
    MeanRates rates = MeanRates.of(BINS, new double[] {10.25}, new double[] {10});
    assertArrayEquals(new double[] {2, 0}, rates.rate());
    assertArrayEquals(new double[] {Double.NaN, Double.NaN}, rates.standardError());
  }

  @Test
  void noEventIsRefused() {
    assertThrows(
        InvalidInputException.class, () -> MeanRates.of(BINS, new double[0], new double[0]));
  }
}
