package org.neuroglia.event;

import org.neuroglia.InvalidInputException;
import org.neuroglia.tensor.Cells;

/**
 * A peri-stimulus time histogram: the mean over events of a neuron's firing rate in each bin, and
 * how sure it is.
 *
 * @param events that were averaged
 * @param rate spikes per second, per bin
 * @param standardError of the mean over events, spikes per second, per bin: the standard deviation
 *     (n − 1) by √n; NaN for a single event
 */
public record MeanRates(int events, double[] rate, double[] standardError) {

  /**
   * Of one train.
   *
   * @param bins around each event, of more than no width
   * @param train spike times in seconds, ascending; NaN, if any, last
   * @param events event times in seconds, ascending
   * @throws InvalidInputException if there is no event
   */
  public static MeanRates of(PeriEventSpikeSampler bins, double[] train, double[] events) {
    if (events.length == 0) {
      throw new InvalidInputException("a mean over events needs an event");
    }
    Cells cells = new Cells();
    bins.sample(train, events, 0, events.length, cells);
    int number = bins.bins();
    double[] sum = new double[number];
    double[] squares = new double[number];
    int[] array = cells.array();
    for (int i = 0; i < cells.size(); ) {
      int cell = array[i];
      int count = 0;
      for (; i < cells.size() && array[i] == cell; i++) {
        count++;
      }
      sum[cell % number] += count;
      squares[cell % number] += (double) count * count;
    }
    double[] edges = bins.sampleTimes();
    int n = events.length;
    double[] error = new double[number];
    for (int bin = 0; bin < number; bin++) {
      double width = edges[bin + 1] - edges[bin];
      double scatter = Math.max(0, squares[bin] - sum[bin] * sum[bin] / n);
      error[bin] = n == 1 ? Double.NaN : Math.sqrt(scatter / (n - 1) / n) / width;
      sum[bin] = sum[bin] / n / width;
    }
    return new MeanRates(n, sum, error);
  }
}
