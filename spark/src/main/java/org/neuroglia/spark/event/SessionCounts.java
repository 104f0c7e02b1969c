package org.neuroglia.spark.event;

import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.tensor.Cells;
import org.neuroglia.tensor.SparseCounts;

/** What one task counted at the events of a session, block by block. */
final class SessionCounts {
  private final PeriEventSpikeSampler sampler;
  private final boolean sums;
  private final double[] events;
  private final int perBlock;
  private final SparseCounts.Writer[] blocks;
  private final Cells cells = new Cells();

  /**
   * @param sums whether to count in whole windows, without bins
   * @param events ascending times in seconds, each once
   */
  SessionCounts(PeriEventSpikeSampler sampler, boolean sums, double[] events, int perBlock) {
    this.sampler = sampler;
    this.sums = sums;
    this.events = events;
    this.perBlock = perBlock;
    this.blocks = new SparseCounts.Writer[(events.length + perBlock - 1) / perBlock];
  }

  int blocks() {
    return blocks.length;
  }

  /** The counts of a block; null if nothing was counted there. */
  SparseCounts.Writer block(int block) {
    return blocks[block];
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
        if (blocks[block] == null) {
          blocks[block] = new SparseCounts.Writer(events, from, to);
        }
        int before = blocks[block].size();
        if (sums) {
          blocks[block].addCounts(neuron, cells);
        } else {
          blocks[block].addCells(neuron, cells, sampler.bins());
        }
        bytes += blocks[block].size() - before;
      }
      event = to;
    }
    return bytes;
  }
}
