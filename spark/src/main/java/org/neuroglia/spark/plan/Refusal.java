package org.neuroglia.spark.plan;

import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import scala.Option;

/** Tells what is wrong with a query in the way of Spark's own analysis, which shows no traces. */
public final class Refusal {
  private Refusal() {}

  /**
   * Throws an {@link AnalysisException}, which Java takes for a checked one and Scala does not.
   *
   * @return nothing; so that callers can {@code throw} it
   */
  public static RuntimeException of(String sentence) {
    return Refusal.<RuntimeException>thrown(
        new AnalysisException(
            sentence,
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            scala.collection.immutable.Map$.MODULE$.empty(),
            new QueryContext[0]));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E thrown(Exception e) throws E {
    throw (E) e;
  }
}
