package org.neuroglia.decoding.decoder;

import java.io.Serializable;
import org.neuroglia.decoding.split.Responses;

/** Learns from labelled responses to tell the class of others. Immutable settings. */
public interface Decoder extends Serializable {
  /**
   * @param rows finite responses
   * @param y class code of each row; every class from 0 to {@code classes} − 1 occurs
   */
  DecoderModel fit(Responses rows, int[] y, int classes);

  /**
   * Predicts as {@link #fit} does, but may leave out of the model what predictions do not need:
   * less work and memory where there are many neurons.
   */
  default DecoderModel fitForPrediction(Responses rows, int[] y, int classes) {
    return fit(rows, y, classes);
  }

  /**
   * Whether responses are to be standardised before they come here, where nobody says otherwise;
   * not for a decoder of counts.
   */
  default boolean wantsStandardised() {
    return true;
  }

  /** Refuses finite responses that this decoder does not take. */
  default void requireUsable(Responses rows) {}
}
