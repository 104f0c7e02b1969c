package org.neuroglia.benchmarks;

/**
 * Counts by another way than the library's, to check it: below each edge of each event, how many
 * spikes are there? Bins are differences. It is slow, and short.
 */
final class Reference {
  private Reference() {}

  /** Of the tensor [event × bin × neuron], of which only the checksum is kept. */
  static long tensorChecksum(Recording recording, double[] sampleTimes, long firstEvent) {
    long sum = 0;
    double[] events = recording.eventTimes();
    int bins = sampleTimes.length - 1;
    int neurons = recording.neurons();
    for (int k = 0; k < neurons; k++) {
      double[] train = recording.train(k);
      int[] before = before(train, events, sampleTimes[0], false);
      for (int j = 0; j < bins; j++) {
        int[] after = before(train, events, sampleTimes[j + 1], j == bins - 1);
        for (int e = 0; e < events.length; e++) {
          long place = ((firstEvent + e) * bins + j) * neurons + k;
          sum += Checksum.of(place, after[e] - before[e]);
        }
        before = after;
      }
    }
    return sum;
  }

  /** Of the sums over bins, [event × neuron]. */
  static long sumsChecksum(Recording recording, double[] sampleTimes) {
    double[] ends = {sampleTimes[0], sampleTimes[sampleTimes.length - 1]};
    return tensorChecksum(recording, ends, 0);
  }

  /** Spikes before the edge of each event, or up to and with it. */
  private static int[] before(double[] train, double[] events, double edge, boolean closed) {
    int[] before = new int[events.length];
    int i = 0;
    for (int e = 0; e < events.length; e++) {
      double at = edge + events[e];
      while (i < train.length && (train[i] < at || (closed && train[i] == at))) {
        i++;
      }
      before[e] = i;
    }
    return before;
  }
}
