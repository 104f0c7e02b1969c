package org.neuroglia.decoding.decoder;

import org.neuroglia.decoding.linalg.Moments;
import org.neuroglia.decoding.split.Responses;

/**
 * A decoder that needs no more than moments: training sets can be added and subtracted.
 *
 * @param <M> the moments that it needs
 */
public interface MomentDecoder<M extends Moments<M>> extends Decoder {
  /** Whether these settings need no more than moments. */
  default boolean fitsFromMoments() {
    return true;
  }

  /**
   * Whether a training set of this size is better given as rows, to {@link #fitForPrediction}:
   * where moments, of which some grow with the square of the neurons, are larger than the rows.
   */
  default boolean prefersRows(int events, int neurons, int classes) {
    return false;
  }

  /** Moments of no rows yet, made ready for rows like these. */
  M moments(Responses like, int classes);

  /**
   * Equals {@link #fit(Responses, int[], int)} of the rows that the moments were collected from.
   *
   * @param moments every class has members
   */
  DecoderModel fit(M moments);

  @Override
  default DecoderModel fit(Responses rows, int[] y, int classes) {
    rows.requireFinite();
    M moments = moments(rows, classes);
    moments.add(rows, y);
    return fit(moments);
  }
}
