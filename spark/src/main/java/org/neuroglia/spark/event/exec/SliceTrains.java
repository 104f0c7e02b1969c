package org.neuroglia.spark.event.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.event.CompactTimes;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.tensor.Cells;
import org.neuroglia.tensor.TensorRows;

/**
 * The trains of a slice of time where its events are: counted a block of events at a time, and put
 * into rows at once.
 *
 * <p>A parcel has for each train its neuron, in four bytes of the order of the machine, and then
 * its times as {@link CompactTimes} writes them.
 */
final class SliceTrains implements EventRows.Counts {
  private final PeriEventSpikeSampler sampler;
  private final CompactTimes compact = new CompactTimes();
  private final List<Train> trains = new ArrayList<>();
  private final Cells cells = new Cells();
  private byte[] parcel = {};

  /** A train, or a piece of one. */
  private static final class Train {
    private final int neuron;
    private final double[] times;

    /** The first spike that may be in a window that is to come. */
    private int next;

    Train(int neuron, double[] times) {
      this.neuron = neuron;
      this.times = times;
    }
  }

  SliceTrains(PeriEventSpikeSampler sampler) {
    this.sampler = sampler;
  }

  /** Adds the trains of a parcel: a copy. */
  void add(Object base, long offset, int size) {
    if (parcel.length < size) {
      parcel = new byte[size];
    }
    Platform.copyMemory(base, offset, parcel, Platform.BYTE_ARRAY_OFFSET, size);
    int at = 0;
    while (at < size) {
      int neuron = Platform.getInt(parcel, Platform.BYTE_ARRAY_OFFSET + (long) at);
      at += Integer.BYTES;
      double[] times = new double[CompactTimes.number(parcel, at)];
      at = compact.read(parcel, at, times, 0);
      trains.add(new Train(neuron, times));
    }
  }

  @Override
  public void read(TensorRows tensor, double[] events, int from, int to) {
    tensor.begin(to - from);
    count(
        train ->
            sampler.sample(train.times, train.next, train.times.length, events, from, to, cells),
        sampler.last() + events[to - 1],
        neuron -> tensor.add(neuron, cells));
    tensor.end();
  }

  @Override
  public double[] sums(double[] events, int from, int to, int neurons) {
    double[] sums = new double[Math.multiplyExact(to - from, neurons)];
    count(
        train ->
            sampler.count(train.times, train.next, train.times.length, events, from, to, cells),
        sampler.last() + events[to - 1],
        neuron -> {
          for (int i = 0; i < cells.size(); i += 2) {
            sums[cells.get(i) * neurons + neuron] += cells.get(i + 1);
          }
        });
    return sums;
  }

  /** Counts a train into the cells. */
  private interface Counting {
    /** Returns the first spike that may be in a later window. */
    int count(Train train);
  }

  /**
   * Counts every train.
   *
   * @param closes when the last window does; a train that begins after it has nothing to count
   * @param taking the cells of a neuron
   */
  private void count(Counting counting, double closes, IntConsumer taking) {
    for (Train train : trains) {
      if (train.next == train.times.length || train.times[train.next] > closes) {
        continue;
      }
      cells.clear();
      train.next = counting.count(train);
      if (cells.size() > 0) {
        taking.accept(train.neuron);
      }
    }
  }
}
