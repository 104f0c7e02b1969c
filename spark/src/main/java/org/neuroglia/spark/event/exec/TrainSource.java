package org.neuroglia.spark.event.exec;

import java.util.Arrays;
import java.util.function.Function;
import org.neuroglia.event.EventWindows;

/**
 * The trains of one task, one after the other: a neuron may come in several pieces. The arrays are
 * reused.
 */
abstract class TrainSource {
  private String session;
  private int neuron;
  private double[] times = {};
  private int length;

  /** Where spikes go that need not become trains, for they come in order of time. */
  interface InOrder {
    /** Takes none. */
    InOrder NOTHING =
        new InOrder() {
          @Override
          public boolean count(String session, int[] neurons, double[] times, int number) {
            return false;
          }

          @Override
          public boolean isFull() {
            return false;
          }
        };

    /**
     * Counts spikes of several neurons of a session.
     *
     * @param neurons the place of each spike's neuron on the axis of the session
     * @param times in seconds, ascending
     * @return false if they should become trains
     */
    boolean count(String session, int[] neurons, double[] times, int number);

    /** Whether what was counted should be taken away before there is more. */
    boolean isFull();
  }

  /** Allows spikes that come in order of time to be counted at once. */
  void mayCount(InOrder counts) {
    // trains are what there is
  }

  /** Goes on to the next train, which may be empty; false if there is none. */
  abstract boolean next();

  /**
   * Allows spikes outside of the windows of their session to be left out.
   *
   * @param windows of a session by its name
   */
  void mayLeaveOut(Function<String, EventWindows> windows) {
    // a train in one piece is not searched for them
  }

  /** The session of the train. */
  String session() {
    return session;
  }

  /** The place of the train's neuron on the axis of its session. */
  int neuron() {
    return neuron;
  }

  /** Spike times in seconds, ascending, NaN last; the first {@link #length} are the train's. */
  double[] times() {
    return times;
  }

  int length() {
    return length;
  }

  /** Sets the train, and sorts it if it is not ascending. */
  protected void set(String ofSession, int place, double[] spikes, int number) {
    session = ofSession;
    neuron = place;
    times = spikes;
    length = number;
    for (int i = 1; i < number; i++) {
      if (!(spikes[i - 1] <= spikes[i])) {
        Arrays.sort(spikes, 0, number);
        return;
      }
    }
  }
}
