package org.neuroglia.event;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.neuroglia.tensor.Cells;
import org.neuroglia.tensor.SparseCounts;

/**
 * Counts the spikes of a whole population in bins around events, where all its spikes come in order
 * of time, as a spike sorter writes them: spikes that follow each other lie in the same bins, so
 * that these are looked for once in a while and not spike by spike, and no train is put together.
 *
 * <p>Counts are those of {@link PeriEventSpikeSampler} on each train, which are those of
 * neuroglia's {@code PeriEventSpikeSampler} with {@code sampler=Binner}. They are written in blocks
 * of events, as {@link org.neuroglia.tensor.TensorRows} reads them: a block when time has passed
 * its last window, or when told to; a block may be written in several parts, which add up. What
 * callers promise is not checked, spike by spike. Not thread safe.
 */
public final class PopulationCounts {
  private final PeriEventSpikeSampler sampler;
  private final boolean sums;
  private final double[] events;
  private final int neurons;
  private final int perBlock;
  private final IntFunction<SparseCounts.Writer> writers;

  /** Of the events from {@link #firstHeld} on; those of which the window is open come last. */
  private Spikes[] held = {};

  private int firstHeld;
  private int firstOpen;
  private int afterOpen;

  /** The time of the last spike, and the time before which the next is in the same bins. */
  private double last = Double.NEGATIVE_INFINITY;

  private double until = Double.NEGATIVE_INFINITY;

  private int[] ends = {};
  private int[] cells = {};
  private final Cells pairs = new Cells();

  /** The spikes in the window of one event: the neuron of each, and where bins end. */
  private static final class Spikes {
    private int[] neurons = {};
    private int size;

    /** A bin, and the number of spikes up to its end. */
    private int[] runs = {};

    private int runsSize;

    void add(int bin, int[] of, int from, int to) {
      int after = size + to - from;
      if (after > neurons.length) {
        neurons = Arrays.copyOf(neurons, Math.max(after, 2 * size));
      }
      System.arraycopy(of, from, neurons, size, to - from);
      size = after;
      if (runsSize == 0 || runs[runsSize - 2] != bin) {
        if (runsSize == runs.length) {
          runs = Arrays.copyOf(runs, Math.max(16, 2 * runsSize));
        }
        runs[runsSize] = bin;
        runsSize += 2;
      }
      runs[runsSize - 1] = size;
    }

    void clear() {
      size = 0;
      runsSize = 0;
    }
  }

  /**
   * @param sampler the bins, at least one
   * @param sums whether to count in whole windows, as {@link PeriEventSpikeSampler#count} does
   * @param events times in seconds, ascending, none NaN
   * @param neurons length of the neuron axis
   * @param perBlock events of a block
   * @param writers of a block by its number: where its counts go
   */
  public PopulationCounts(
      PeriEventSpikeSampler sampler,
      boolean sums,
      double[] events,
      int neurons,
      int perBlock,
      IntFunction<SparseCounts.Writer> writers) {
    this.sampler =
        sums ? new PeriEventSpikeSampler(new double[] {sampler.first(), sampler.last()}) : sampler;
    this.sums = sums;
    this.events = events;
    this.neurons = neurons;
    this.perBlock = perBlock;
    this.writers = writers;
  }

  /** The largest number of windows that are open at a time. */
  public static int overlap(double[] events, PeriEventSpikeSampler sampler) {
    int most = 0;
    int open = 0;
    for (int e = 0; e < events.length; e++) {
      while (sampler.last() + events[open] < sampler.first() + events[e]) {
        open++;
      }
      most = Math.max(most, e + 1 - open);
    }
    return most;
  }

  /** For how many events there is room, used or not. */
  int room() {
    return held.length;
  }

  /** The time of the last spike, in seconds; spikes added next must not be before. */
  public double last() {
    return last;
  }

  /**
   * Counts spikes.
   *
   * @param of the neuron of each, in [0, neurons)
   * @param times of each in seconds, ascending, none NaN, none before {@link #last}
   * @param number how many there are
   * @return how many were counted, each for every window that it is in
   */
  public long add(int[] of, double[] times, int number) {
    long counted = 0;
    int i = 0;
    while (i < number) {
      if (!(times[i] < until)) {
        moveTo(times[i]);
      }
      int end = i + 1;
      while (end < number && times[end] < until) {
        end++;
      }
      for (int e = firstOpen; e < afterOpen; e++) {
        held[e - firstHeld].add(sampler.bin(times[i], events[e]), of, i, end);
      }
      counted += (end - i) * (long) (afterOpen - firstOpen);
      i = end;
    }
    if (number > 0) {
      last = times[number - 1];
    }
    return counted;
  }

  /** Opens and closes windows, writes the blocks that are passed, and finds when bins change. */
  private void moveTo(double time) {
    if (afterOpen < events.length && sampler.edge(sampler.bins(), events[afterOpen]) < time) {
      int event = sampler.firstEventNear(events, time);
      if (firstHeld == afterOpen || event - afterOpen > perBlock) { // nothing is open after a pause
        write();
        firstHeld = event;
        firstOpen = event;
        afterOpen = event;
      }
    }
    while (afterOpen < events.length && sampler.edge(0, events[afterOpen]) <= time) {
      hold(afterOpen++);
    }
    while (firstOpen < afterOpen && sampler.edge(sampler.bins(), events[firstOpen]) < time) {
      firstOpen++;
    }
    while (firstHeld < firstOpen && endOfBlock(firstHeld) <= firstOpen) {
      write(endOfBlock(firstHeld));
    }
    until =
        afterOpen < events.length ? sampler.edge(0, events[afterOpen]) : Double.POSITIVE_INFINITY;
    for (int e = firstOpen; e < afterOpen; e++) {
      int next = sampler.bin(time, events[e]) + 1;
      double edge = sampler.edge(next, events[e]);
      until = Math.min(until, next == sampler.bins() ? Math.nextUp(edge) : edge);
    }
  }

  private int endOfBlock(int event) {
    return Math.min(events.length, (event / perBlock + 1) * perBlock);
  }

  private void hold(int event) {
    int place = event - firstHeld;
    if (place == held.length) {
      held = Arrays.copyOf(held, Math.max(16, 2 * place));
    }
    if (held[place] == null) {
      held[place] = new Spikes();
    }
  }

  /** Writes what was counted so far. Windows that are open stay open. */
  public void write() {
    while (firstHeld < afterOpen) {
      write(Math.min(afterOpen, endOfBlock(firstHeld)));
    }
    firstHeld = Math.min(firstHeld, firstOpen);
    for (int e = firstHeld; e < afterOpen; e++) {
      hold(e);
    }
  }

  /** Writes the events before {@code end}, which are of one block, and holds them no longer. */
  private void write(int end) {
    int block = firstHeld / perBlock;
    int number = end - firstHeld;
    if (sortByNeuron(firstHeld - block * perBlock, number) > 0) {
      SparseCounts.Writer writer = writers.apply(block);
      for (int k = 0, begin = 0; k < neurons; begin = ends[k++]) {
        if (ends[k] > begin && sums) {
          writer.addCounts(k, countsOf(begin, ends[k]));
        } else if (ends[k] > begin) {
          writer.addCells(k, cells, begin, ends[k], sampler.bins());
        }
      }
    }
    Spikes[] done = Arrays.copyOf(held, number);
    System.arraycopy(held, number, held, 0, held.length - number);
    System.arraycopy(done, 0, held, held.length - number, number);
    firstHeld = end;
  }

  /** Sorts the cells of the first events that are held by their neuron, and says how many. */
  private int sortByNeuron(int firstRow, int number) {
    if (ends.length < neurons) {
      ends = new int[neurons];
    }
    int total = 0;
    for (int e = 0; e < number; e++) {
      total += held[e].size;
    }
    if (total == 0) {
      return 0;
    }
    Arrays.fill(ends, 0);
    for (int e = 0; e < number; e++) {
      for (int i = 0; i < held[e].size; i++) {
        ends[held[e].neurons[i]]++;
      }
    }
    if (cells.length < total) {
      cells = new int[Math.max(total, 2 * cells.length)];
    }
    for (int k = 0, begin = 0; k < neurons; k++) {
      int of = ends[k];
      ends[k] = begin; // moves on to the end
      begin += of;
    }
    for (int e = 0; e < number; e++) {
      Spikes ofEvent = held[e];
      for (int run = 0, i = 0; run < ofEvent.runsSize; run += 2) {
        int cell = (firstRow + e) * sampler.bins() + ofEvent.runs[run];
        for (; i < ofEvent.runs[run + 1]; i++) {
          cells[ends[ofEvent.neurons[i]]++] = cell;
        }
      }
      ofEvent.clear();
    }
    return total;
  }

  /** The events of sorted cells, where an event is one cell, and how often each is there. */
  private Cells countsOf(int begin, int end) {
    pairs.clear();
    for (int i = begin; i < end; ) {
      int from = i;
      while (i < end && cells[i] == cells[from]) {
        i++;
      }
      pairs.add(cells[from]);
      pairs.add(i - from);
    }
    return pairs;
  }
}
