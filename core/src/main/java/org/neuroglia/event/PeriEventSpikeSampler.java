package org.neuroglia.event;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.AscendingTimes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.tensor.Cells;

/**
 * Counts spikes in bins around events.
 *
 * <p>The edges of event {@code e} are the doubles {@code sampleTimes[j] + e}; bin j is {@code
 * [edge[j], edge[j + 1])} and the last bin is closed, {@code [edge[n - 2], edge[n - 1]]}, as in
 * {@code numpy.histogram}. Edges are compared exactly, without a tolerance. Windows of neighbouring
 * events may overlap, and each counts every spike that it covers.
 *
 * <p>Same numbers as neuroglia's {@code PeriEventSpikeSampler} with {@code sampler=Binner}.
 * Immutable and thread safe.
 */
public final class PeriEventSpikeSampler implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Counts of a block of events, 8 MiB of them: neurons that follow each other find it cached. */
  private static final int BLOCK = 1 << 21;

  private final double[] sampleTimes;
  private final int bins;
  private final double binsPerSecond;

  /**
   * @param sampleTimes edges of the bins relative to the event, in seconds: finite, not decreasing,
   *     at least one (one edge makes no bin)
   * @throws InvalidInputException if an edge is missing, not finite or smaller than the one before
   */
  public PeriEventSpikeSampler(double[] sampleTimes) {
    this.sampleTimes = checkedSampleTimes(sampleTimes).clone();
    this.bins = sampleTimes.length - 1;
    double width = last() - first();
    this.binsPerSecond = width > 0 ? bins / width : 0;
  }

  /** Returns {@code sampleTimes} if they can be edges of bins, and says what is wrong otherwise. */
  public static double[] checkedSampleTimes(double[] sampleTimes) {
    if (sampleTimes == null || sampleTimes.length == 0) {
      throw new InvalidInputException(
          "sampleTimes is empty: give the edges of the bins in seconds");
    }
    for (int j = 0; j < sampleTimes.length; j++) {
      if (!Double.isFinite(sampleTimes[j])) {
        throw new InvalidInputException(
            "sampleTimes[" + j + "] is " + sampleTimes[j] + ": edges of bins are finite seconds");
      }
      if (j > 0 && sampleTimes[j] < sampleTimes[j - 1]) {
        throw new InvalidInputException(
            String.format(
                "sampleTimes decrease from %s to %s at position %d: edges of bins must increase",
                sampleTimes[j - 1], sampleTimes[j], j));
      }
    }
    return sampleTimes;
  }

  /** The number of bins, one less than the edges. */
  public int bins() {
    return bins;
  }

  /** The edges relative to the event, in seconds: a copy. */
  public double[] sampleTimes() {
    return sampleTimes.clone();
  }

  /** The first edge relative to the event, in seconds. */
  public double first() {
    return sampleTimes[0];
  }

  /** The last edge relative to the event, in seconds. */
  public double last() {
    return sampleTimes[bins];
  }

  /** An edge around an event, in seconds. */
  double edge(int j, double event) {
    return sampleTimes[j] + event;
  }

  /** Equal if the edges are, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PeriEventSpikeSampler sampler
        && Arrays.equals(sampleTimes, sampler.sampleTimes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sampleTimes);
  }

  /**
   * Appends a cell {@code e * bins + bin} for each spike of one train in the window of each event.
   *
   * <p>Two pointers: time is proportional to the events plus the spikes in their windows. Cells
   * come out ascending.
   *
   * @param train spike times in seconds, ascending; NaN, if any, last
   * @param events event times in seconds, ascending; NaN, if any, last
   * @param fromEvent first event to sample
   * @param toEvent one past the last event; cells count events from {@code fromEvent}
   */
  public void sample(double[] train, double[] events, int fromEvent, int toEvent, Cells cells) {
    sample(train, 0, train.length, events, fromEvent, toEvent, cells);
  }

  /**
   * The same for a stretch of a train, so that events can be taken block by block.
   *
   * @param start the first spike that may be in a window
   * @param end one past the last spike
   * @return the first spike that may be in the window of a later event
   */
  public int sample(
      double[] train,
      int start,
      int end,
      double[] events,
      int fromEvent,
      int toEvent,
      Cells cells) {
    int next = start;
    int[] array = cells.array();
    int size = cells.size();
    for (int e = fromEvent; e < toEvent && next < end && bins > 0; e++) {
      double event = events[e];
      double opens = sampleTimes[0] + event;
      double closes = sampleTimes[bins] + event;
      next = AscendingTimes.firstAtOrAfter(train, next, end, opens);
      int row = Math.multiplyExact(e - fromEvent, bins);
      for (int i = next; i < end && train[i] <= closes; i++) {
        if (size == array.length) {
          array = cells.grow();
        }
        array[size++] = row + bin(train[i], event, opens);
      }
    }
    cells.setSize(size);
    return next;
  }

  /**
   * Counts the spikes in the whole window of each event, without bins: appends the event, counted
   * from {@code fromEvent}, and its number of spikes wherever there are some. What the bins of
   * {@link #sample} add up to.
   *
   * @return the first spike that may be in the window of a later event
   */
  public int count(
      double[] train,
      int start,
      int end,
      double[] events,
      int fromEvent,
      int toEvent,
      Cells pairs) {
    int next = start;
    int after = start;
    for (int e = fromEvent; e < toEvent && next < end && bins > 0; e++) {
      double closes = sampleTimes[bins] + events[e];
      next = AscendingTimes.firstAtOrAfter(train, next, end, sampleTimes[0] + events[e]);
      after = Math.max(after, next);
      while (after < end && train[after] <= closes) {
        after++;
      }
      if (after > next) {
        pairs.add(e - fromEvent);
        pairs.add(after - next);
      }
    }
    return next;
  }

  /**
   * The first event whose window may reach a time, so that a short train need not be held against
   * all events before it.
   *
   * @param events ascending, in seconds
   */
  public int firstEventNear(double[] events, double time) {
    int low = 0;
    int high = events.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sampleTimes[bins] + events[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The bin of one spike around an event.
   *
   * @param spike in seconds
   * @param event in seconds
   * @return −1 for a spike outside the window, and where a time is NaN
   */
  public int bin(double spike, double event) {
    double opens = sampleTimes[0] + event;
    boolean inside = bins > 0 && spike >= opens && spike <= sampleTimes[bins] + event;
    return inside ? bin(spike, event, opens) : -1;
  }

  /** The bin of a spike inside the window: a guess for even bins, then the exact edges. */
  private int bin(double spike, double event, double opens) {
    int j = Math.min(bins - 1, (int) ((spike - opens) * binsPerSecond));
    if (spike >= sampleTimes[j] + event && spike < sampleTimes[j + 1] + event) {
      return j;
    }
    while (j > 0 && spike < sampleTimes[j] + event) {
      j--;
    }
    while (j < bins - 1 && spike >= sampleTimes[j + 1] + event) {
      j++;
    }
    return j;
  }

  /**
   * The whole tensor of counts.
   *
   * @param trains a train per neuron: spike times in seconds, ascending
   * @param eventTimes seconds, in any order; the events of the result keep this order, and an event
   *     without a time (NaN) counts nothing
   * @return [event × bin × neuron] in C order, of length events · bins · neurons
   * @throws ArithmeticException if that is more than an array can hold
   */
  public int[] counts(double[][] trains, double[] eventTimes) {
    int neurons = trains.length;
    int[] counts =
        new int[Math.multiplyExact(Math.multiplyExact(eventTimes.length, bins), neurons)];
    if (counts.length == 0) {
      return counts;
    }
    boolean ascending = AscendingTimes.isAscending(eventTimes);
    int[] order = ascending ? new int[0] : AscendingTimes.order(eventTimes);
    double[] events = ascending ? eventTimes : AscendingTimes.gather(eventTimes, order);
    int block = Math.max(1, BLOCK / Math.multiplyExact(bins, neurons));
    int[] start = new int[neurons]; // per train: what is before it is before the block's windows
    // Cells are found first and counted then: a wait for memory would hold up the next comparison.
    Cells cells = new Cells();
    for (int from = 0; from < events.length; from += block) {
      int to = Math.min(events.length, from + block);
      for (int k = 0; k < neurons; k++) {
        cells.clear();
        start[k] = sample(trains[k], start[k], trains[k].length, events, from, to, cells);
        if (ascending) {
          scatter(cells.array(), cells.size(), counts, from * bins * neurons + k, neurons);
        } else {
          scatter(cells.array(), cells.size(), counts, order, from, k, neurons);
        }
      }
    }
    return counts;
  }

  /** Counts one train's cells of a block of events, which begin at {@code first}. */
  private static void scatter(int[] cells, int size, int[] counts, int first, int neurons) {
    for (int i = 0; i < size; i++) {
      counts[first + cells[i] * neurons]++;
    }
  }

  /** The same where event {@code from + e} of the cells is event {@code order[from + e]}. */
  private void scatter(
      int[] cells, int size, int[] counts, int[] order, int from, int neuron, int neurons) {
    for (int i = 0; i < size; i++) {
      int event = order[from + cells[i] / bins];
      counts[(event * bins + cells[i] % bins) * neurons + neuron]++;
    }
  }
}
