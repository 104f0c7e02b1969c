package org.neuroglia.spark.sql;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.neuroglia.InvalidInputException;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.plan.Refusal;
import org.neuroglia.spark.plan.SqlExpression;

/**
 * The argument {@code sample_times}: edges of bins around an event. Nearly always a constant, so
 * the bins of the last one are kept.
 */
final class SampleTimesArgument implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Parameter PARAMETER =
      Parameter.of(
          "sample_times",
          Parameter.Kind.TIMES,
          "edges of the bins, ascending, in seconds relative to the event; a bin has its first edge"
              + " and not its second, the last bin has both");

  private transient Known last;

  private record Known(double[] edges, PeriEventSpikeSampler sampler) {}

  /** Says what is wrong with edges that stand in the query. */
  static void check(String function, SqlExpression argument) {
    if (argument.stated().orElse(null) instanceof ArrayData edges) {
      try {
        new PeriEventSpikeSampler(edges(edges));
      } catch (InvalidInputException e) {
        throw Refusal.of(function + ": " + e.getMessage());
      }
    }
  }

  /**
   * @param given an array in Spark's form
   * @throws InvalidInputException if they are no edges
   */
  PeriEventSpikeSampler sampler(Object given) {
    double[] edges = edges((ArrayData) given);
    Known known = last; // of whichever thread
    if (known == null || !Arrays.equals(edges, known.edges())) {
      known = new Known(edges, new PeriEventSpikeSampler(edges));
      last = known;
    }
    return known.sampler();
  }

  private static double[] edges(ArrayData given) {
    double[] edges = new double[given.numElements()];
    for (int j = 0; j < edges.length; j++) {
      if (given.isNullAt(j)) {
        throw new InvalidInputException(
            "sample_times has a null at position " + j + ": edges of bins are finite seconds");
      }
      edges[j] = given.getDouble(j) + 0.0; // negative zero would be another edge
    }
    return edges;
  }
}
