package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.Param;

/**
 * Columns of the linear discriminant and its model: those of every decoder, and one for the
 * discriminant axes.
 *
 * @param <T> the stage, which the setters return
 */
public interface LinearDiscriminantColumns<T extends LinearDiscriminantColumns<T>>
    extends DecoderColumns<T> {
  /** Column of the position on the discriminant axes. Default "": none. */
  default Param<String> discriminantCol() {
    return new Param<>(
        uid(), "discriminantCol", "column of the position on the discriminant axes, or empty");
  }

  @Override
  default void setDefaultColumns() {
    DecoderColumns.super.setDefaultColumns();
    setDefault(discriminantCol(), "");
  }

  default String getDiscriminantCol() {
    return getOrDefault(discriminantCol());
  }

  default T setDiscriminantCol(String value) {
    return with(discriminantCol(), value);
  }
}
