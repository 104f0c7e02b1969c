package org.neuroglia.spark.plan;

import java.util.function.Supplier;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.AnalysisException;
import org.neuroglia.InvalidInputException;
import scala.Option;
import scala.Some;
import scala.collection.immutable.Map;

/** Tells what is wrong with a query in the way of Spark's own analysis, which shows no traces. */
public final class Refusal {
  /** The condition whose message is all its own; without any, Python finds no message. */
  private static final String RAISED = "_LEGACY_ERROR_USER_RAISED_EXCEPTION";

  /**
   * The name of a parameter, which holds the sentence: Python knows by it whose fault it is. A
   * cause would tell it too, but the shell of Spark shows the traces of errors that have one.
   */
  private static final String MARK = InvalidInputException.class.getName();

  private Refusal() {}

  /**
   * Throws an {@link AnalysisException}, which Java takes for a checked one and Scala does not.
   *
   * @return nothing; so that callers can {@code throw} it
   */
  public static RuntimeException of(String sentence) {
    return thrown(sentence, RAISED, new Map.Map2<>("errorMessage", sentence, MARK, sentence));
  }

  /**
   * What a call gives, whose {@link InvalidInputException} becomes an {@link AnalysisException}.
   */
  public static <T> T orResult(Supplier<T> call) {
    try {
      return call.get();
    } catch (InvalidInputException e) {
      throw of(e.getMessage());
    }
  }

  /** As {@link #of}, known to Spark as that of a table that is not there. */
  public static RuntimeException noTable(String table, String sentence) {
    return thrown(
        sentence, "TABLE_OR_VIEW_NOT_FOUND", new Map.Map2<>("relationName", table, MARK, sentence));
  }

  /**
   * What is wrong with a row that a task reads, as Spark's {@code raise_error} has it: the message
   * comes to the user as it is, where that of another exception comes within the story of the task.
   */
  public static SparkRuntimeException ofRow(String sentence) {
    return new SparkRuntimeException(
        RAISED,
        new Map.Map1<>("errorMessage", sentence),
        new InvalidInputException(sentence), // by which Python knows whose fault it is
        new QueryContext[0],
        "");
  }

  private static RuntimeException thrown(
      String sentence, String condition, Map<String, String> parameters) {
    return Refusal.<RuntimeException>unchecked(
        new AnalysisException(
            sentence,
            Option.empty(),
            Option.empty(),
            Option.empty(),
            new Some<>(condition),
            parameters,
            new QueryContext[0]));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }
}
