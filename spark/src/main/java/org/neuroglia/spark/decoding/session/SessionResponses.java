package org.neuroglia.spark.decoding.session;

import java.util.Map;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.Responses;

/** The responses of one session's neurons to its labelled events, window by window. */
interface SessionResponses {
  int neurons();

  /**
   * The neurons to decode from together, in the order of the axis.
   *
   * @param apart whether each group is decoded by itself, and neurons without a group not at all;
   *     otherwise all neurons are under the key null
   */
  Map<String, int[]> groups(boolean apart);

  /**
   * The responses in one window, a row per event in the order of the events' numbers.
   *
   * @param neurons that are wanted, ascending
   * @throws InvalidInputException if a response is NaN or infinite
   */
  Responses responses(int window, int[] neurons);
}
