package org.neuroglia.spark.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.neuroglia.AscendingTimes;
import org.neuroglia.decoding.AnalysisOfVariance;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.PeristimulusTimeHistogram;
import org.neuroglia.tensor.Cells;

/** The best units of those seen so far; only they are drawn. Not thread-safe. */
final class UnitRanking implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Classes that a picture has. */
  static final int CLASSES = 4;

  /** Events that a raster has, of all classes together. */
  static final int TRIALS = 80;

  /** Spikes that a raster has at most; a unit that fires more is drawn at fewer events. */
  static final int SPIKES = 3_000;

  private final int most;
  private final Map<String, ClassifiedEvents> sessions;
  private final PeriEventSpikeSampler window;
  private final PeriEventSpikeSampler bins;
  private final List<InformativeUnit> best = new ArrayList<>();
  private long seen;

  /**
   * @param most units to keep
   * @param sessions the events of each session
   * @param window whose spikes are counted
   * @param bins of the pictures
   */
  UnitRanking(
      int most,
      Map<String, ClassifiedEvents> sessions,
      PeriEventSpikeSampler window,
      PeriEventSpikeSampler bins) {
    this.most = most;
    this.sessions = sessions;
    this.window = window;
    this.bins = bins;
  }

  /** Whether the session's events are known. */
  boolean has(String session) {
    return sessions.containsKey(session);
  }

  /** With another unit, of a session that it has. */
  UnitRanking with(String session, String neuron, String group, double[] train) {
    ClassifiedEvents events = sessions.get(session);
    double[] spikes = AscendingTimes.sorted(train);
    double[] counts = counts(spikes, events.times());
    AnalysisOfVariance test = events.test(counts);
    seen++;
    InformativeUnit plain = new InformativeUnit(session, neuron, group, test, List.of());
    boolean wanted =
        best.size() < most || InformativeUnit.BEST_FIRST.compare(plain, best.get(most - 1)) < 0;
    if (test.omegaSquared() > 0 && wanted) {
      List<InformativeUnit.Condition> drawn = new ArrayList<>();
      int[] classes = events.drawn(counts, CLASSES);
      int trials = trialsPerClass(spikes, events, classes);
      for (int code : classes) {
        drawn.add(condition(spikes, events.timesOf(code), events.name(code), trials));
      }
      insert(new InformativeUnit(session, neuron, group, test, drawn));
    }
    return this;
  }

  /** With what another ranking has seen. */
  UnitRanking with(UnitRanking other) {
    seen += other.seen;
    other.best.forEach(this::insert);
    return this;
  }

  private void insert(InformativeUnit unit) {
    best.add(unit);
    best.sort(InformativeUnit.BEST_FIRST);
    if (best.size() > most) {
      best.remove(most);
    }
  }

  /** The best first; units that tell nothing are not among them. */
  List<InformativeUnit> best() {
    return List.copyOf(best);
  }

  /** How many units were compared. */
  long seen() {
    return seen;
  }

  private double[] counts(double[] spikes, double[] events) {
    Cells pairs = new Cells();
    window.count(spikes, 0, spikes.length, events, 0, events.length, pairs);
    double[] counts = new double[events.length];
    for (int i = 0; i < pairs.size(); i += 2) {
      counts[pairs.array()[i]] = pairs.array()[i + 1];
    }
    return counts;
  }

  private int trialsPerClass(double[] spikes, ClassifiedEvents events, int[] classes) {
    double perEvent = 0;
    for (int code : classes) {
      double[] times = events.timesOf(code);
      for (double time : times) {
        perEvent += in(spikes, time).length / (double) times.length / classes.length;
      }
    }
    int all = (int) Math.min(TRIALS, SPIKES / Math.max(perEvent, 1));
    return Math.max(1, all / classes.length);
  }

  private InformativeUnit.Condition condition(
      double[] spikes, double[] events, String name, int trials) {
    PeristimulusTimeHistogram histogram = new PeristimulusTimeHistogram(bins);
    for (double event : events) {
      histogram.add(spikes, event);
    }
    int drawn = Math.min(trials, events.length);
    double[][] rows = new double[drawn][];
    for (int i = 0; i < drawn; i++) {
      // Evenly over the recording, the first and the last among them.
      int event = drawn == 1 ? 0 : (int) Math.round(i * (events.length - 1.0) / (drawn - 1));
      rows[i] = in(spikes, events[event]);
    }
    return new InformativeUnit.Condition(
        name, events.length, histogram.rates(), histogram.standardErrors(), rows);
  }

  /** The spikes around an event, relative to it. */
  private double[] in(double[] spikes, double event) {
    int from = AscendingTimes.firstAtOrAfter(spikes, 0, event + bins.first());
    int to = from;
    while (to < spikes.length && spikes[to] <= event + bins.last()) {
      to++;
    }
    return Arrays.stream(spikes, from, to).map(spike -> spike - event).toArray();
  }
}
