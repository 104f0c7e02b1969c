package org.neuroglia.spark.event.exec;

import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.PopulationCounts;
import org.neuroglia.tensor.Cells;
import org.neuroglia.tensor.SparseCounts;

/** What one task counted at the events of a session, block by block. */
final class SessionCounts {
  /** What is held for a session beside its spikes: a task may have many sessions. */
  private static final long BYTES_IN_ORDER = 1 << 16;

  /** What is held for each spike and window: its neuron, and its bin where no other has that. */
  private static final int BYTES_OF_SPIKE = 3 * Integer.BYTES;

  /** Where more windows are open at a time, their spikes are too many to hold. */
  private static final int MOST_OVERLAPPING = 64;

  private final PeriEventSpikeSampler sampler;
  private final boolean sums;
  private final double[] events;
  private final int perBlock;
  private final SparseCounts.Writer[] blocks;
  private final Cells cells = new Cells();
  private final int neurons;
  private int overlap = -1;
  private PopulationCounts inOrder;

  /**
   * @param sums whether to count in whole windows, without bins
   * @param events ascending times in seconds, each once
   * @param neurons length of the neuron axis
   */
  SessionCounts(
      PeriEventSpikeSampler sampler, boolean sums, double[] events, int neurons, int perBlock) {
    this.sampler = sampler;
    this.sums = sums;
    this.events = events;
    this.neurons = neurons;
    this.perBlock = perBlock;
    this.blocks = new SparseCounts.Writer[(events.length + perBlock - 1) / perBlock];
  }

  int blocks() {
    return blocks.length;
  }

  private SparseCounts.Writer writer(int block) {
    if (blocks[block] == null) {
      int from = block * perBlock;
      blocks[block] =
          new SparseCounts.Writer(events, from, Math.min(from + perBlock, events.length));
    }
    return blocks[block];
  }

  /** Counts what is held back for its block. */
  void finish() {
    if (inOrder != null) {
      inOrder.write();
    }
  }

  /** The counts of a block after {@link #finish}; null if nothing was counted there. */
  SparseCounts.Writer block(int block) {
    return blocks[block];
  }

  /**
   * Counts spikes of several neurons.
   *
   * @param places of the neuron of each
   * @param times ascending, in seconds
   * @return the bytes that they take; −1, and nothing counted, where trains would be quicker
   */
  long addInOrder(int[] places, double[] times, int number) {
    if (sampler.bins() == 0) {
      return -1;
    }
    long span =
        1L
            + sampler.firstEventNear(events, times[number - 1])
            - sampler.firstEventNear(events, times[0]);
    if (4 * number * (double) perBlock < neurons * (double) span) {
      return -1; // a few neurons, one after the other
    }
    if (overlap < 0) {
      overlap = PopulationCounts.overlap(events, sampler);
    }
    if (overlap > MOST_OVERLAPPING || inOrder != null && times[0] < inOrder.last()) {
      return -1;
    }
    long more = 0;
    if (inOrder == null) {
      more = BYTES_IN_ORDER;
      inOrder = new PopulationCounts(sampler, sums, events, neurons, perBlock, this::writer);
    }
    return more + BYTES_OF_SPIKE * inOrder.add(places, times, number);
  }

  /** Counts a train everywhere, and returns the bytes that it took. */
  long add(int neuron, double[] train, int length) {
    if (length == 0) {
      return 0;
    }
    long bytes = 0;
    int spike = 0;
    int event = sampler.firstEventNear(events, train[0]);
    while (event < events.length && spike < length) {
      int block = event / perBlock;
      int from = block * perBlock;
      int to = Math.min(from + perBlock, events.length);
      cells.clear();
      spike =
          sums
              ? sampler.count(train, spike, length, events, from, to, cells)
              : sampler.sample(train, spike, length, events, from, to, cells);
      if (cells.size() > 0) {
        SparseCounts.Writer writer = writer(block);
        int before = writer.size();
        if (sums) {
          writer.addCounts(neuron, cells);
        } else {
          writer.addCells(neuron, cells, sampler.bins());
        }
        bytes += writer.size() - before;
      }
      event = to;
    }
    return bytes;
  }
}
