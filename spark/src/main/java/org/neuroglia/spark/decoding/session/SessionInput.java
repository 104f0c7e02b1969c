package org.neuroglia.spark.decoding.session;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;

/** Reads the responses of one session in its task. */
interface SessionInput extends Serializable {
  /**
   * @param neurons of the session: {@link MeasuredNeurons#schema}, by neuron; for responses that
   *     come with their events, the groups of the neurons
   * @param trials of the session
   * @throws InvalidInputException if the two do not fit together
   */
  SessionResponses read(Iterator<Row> neurons, SessionTrials trials);
}
