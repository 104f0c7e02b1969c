package org.neuroglia.decoding;

import java.io.Serializable;

/** Learns from labelled responses to tell the class of others. Immutable settings. */
public interface Decoder extends Serializable {
  /**
   * @param rows finite responses
   * @param y class code of each row; every class from 0 to {@code classes} − 1 occurs
   */
  DecoderModel fit(Responses rows, int[] y, int classes);
}
