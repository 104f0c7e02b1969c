package org.neuroglia.decoding;

/** A decoder that needs no more than moments: training sets can be added and subtracted. */
public interface MomentDecoder extends Decoder {
  /** Whether these settings need no more than moments. */
  boolean fitsFromMoments();

  /**
   * Equals {@link #fit(Responses, int[], int)} of the rows that the moments were collected from.
   *
   * @param moments every class has members
   */
  DecoderModel fit(ClassMoments moments);
}
