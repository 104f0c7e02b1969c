package org.neuroglia.spark.report;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.neuroglia.decoding.AnalysisOfVariance;

/**
 * A unit whose responses tell classes apart, with what is needed to draw it.
 *
 * @param group the area, or what else units were decoded by; null without
 * @param test of the spike counts in the decoded window
 * @param conditions classes that are drawn, in their order
 */
record InformativeUnit(
    String session,
    String neuron,
    String group,
    AnalysisOfVariance test,
    List<InformativeUnit.Condition> conditions)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The best first; a tie goes by the names, so that the order is always the same. */
  static final Comparator<InformativeUnit> BEST_FIRST =
      Comparator.<InformativeUnit>comparingDouble(unit -> -unit.test.omegaSquared())
          .thenComparing(InformativeUnit::session)
          .thenComparing(InformativeUnit::neuron);

  /**
   * Events of a class.
   *
   * @param events all there are
   * @param rate mean of all of them, spikes per second, per bin
   * @param standardError of the mean
   * @param trials spike times of some of the events, in seconds relative to each
   */
  record Condition(
      String label, int events, double[] rate, double[] standardError, double[][] trials)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
