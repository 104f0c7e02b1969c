package org.neuroglia.spark.decoding.session;

import java.io.Serializable;
import java.util.List;
import org.neuroglia.InvalidInputException;

/** What is kept of a neuron, some bytes per event, and how these become numbers again. */
interface Measurement extends Serializable {
  /**
   * One number per event.
   *
   * @param rows all that was kept of one neuron, a row of its table each
   * @param window index of the window
   * @param events number of the events, which are in the order of time
   * @throws InvalidInputException if several rows cannot be put together
   */
  double[] values(List<byte[]> rows, int window, int events);
}
