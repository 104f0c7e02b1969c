package org.neuroglia.spark.event;

import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.event.CompactTimes;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.tensor.Cells;
import org.neuroglia.tensor.TensorRows;

/**
 * The trains of a slice of time where its events are: counted a block of events at a time, and put
 * into rows at once. Reused from slice to slice.
 *
 * <p>A parcel has for each train its neuron, in four bytes of the order of the machine, and then
 * its times as {@link CompactTimes} writes them.
 */
final class SliceTrains implements EventRows.Counts {
  private static final int NEURON = 0;
  private static final int NEXT = 1; // the first spike that may be in a window that is to come
  private static final int END = 2;
  private static final int FIELDS = 3;

  private final PeriEventSpikeSampler sampler;
  private final CompactTimes compact = new CompactTimes();
  private byte[] parcel = {};

  /** Of all trains, one after the other. */
  private double[] times = {};

  private int size;

  /** For each train what the constants say. */
  private int[] trains = new int[FIELDS * 64];

  private int trainCount;
  private final Cells cells = new Cells();

  SliceTrains(PeriEventSpikeSampler sampler) {
    this.sampler = sampler;
  }

  /** Forgets the trains of the slice before. */
  void clear() {
    size = 0;
    trainCount = 0;
  }

  /** Adds the trains of a parcel: a copy. */
  void add(Object base, long offset, int bytes) {
    if (parcel.length < bytes) {
      parcel = new byte[bytes];
    }
    Platform.copyMemory(base, offset, parcel, Platform.BYTE_ARRAY_OFFSET, bytes);
    int at = 0;
    while (at < bytes) {
      int neuron = Platform.getInt(parcel, Platform.BYTE_ARRAY_OFFSET + (long) at);
      at += Integer.BYTES;
      int end = Math.addExact(size, CompactTimes.number(parcel, at));
      if (times.length < end) {
        times =
            Arrays.copyOf(times, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, 2L * size)));
      }
      at = compact.read(parcel, at, times, size);
      addTrain(neuron, size, end);
      size = end;
    }
  }

  private void addTrain(int neuron, int from, int end) {
    int place = FIELDS * trainCount++;
    if (place == trains.length) {
      trains = Arrays.copyOf(trains, 2 * place);
    }
    trains[place + NEURON] = neuron;
    trains[place + NEXT] = from;
    trains[place + END] = end;
  }

  @Override
  public void read(TensorRows tensor, double[] events, int from, int to) {
    tensor.begin(to - from);
    count(
        (start, end) -> sampler.sample(times, start, end, events, from, to, cells),
        sampler.last() + events[to - 1],
        neuron -> tensor.add(neuron, cells));
    tensor.end();
  }

  @Override
  public double[] sums(double[] events, int from, int to, int neurons) {
    double[] sums = new double[Math.multiplyExact(to - from, neurons)];
    count(
        (start, end) -> sampler.count(times, start, end, events, from, to, cells),
        sampler.last() + events[to - 1],
        neuron -> {
          for (int i = 0; i < cells.size(); i += 2) {
            sums[cells.get(i) * neurons + neuron] += cells.get(i + 1);
          }
        });
    return sums;
  }

  /** Counts a stretch of a train into the cells. */
  private interface Counting {
    /** Returns the first spike that may be in a later window. */
    int count(int start, int end);
  }

  /** Takes the cells of a train. */
  private interface Taking {
    void take(int neuron);
  }

  /**
   * Counts every train.
   *
   * @param closes when the last window does; a train that begins after it has nothing to count
   */
  private void count(Counting counting, double closes, Taking taking) {
    for (int train = 0; train < trainCount; train++) {
      int place = FIELDS * train;
      int next = trains[place + NEXT];
      if (next == trains[place + END] || times[next] > closes) {
        continue;
      }
      cells.clear();
      trains[place + NEXT] = counting.count(next, trains[place + END]);
      if (cells.size() > 0) {
        taking.take(trains[place + NEURON]);
      }
    }
  }
}
