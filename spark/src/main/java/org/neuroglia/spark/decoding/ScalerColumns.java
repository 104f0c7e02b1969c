package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.neuroglia.spark.StageParams;

/**
 * Params of the StandardScaler and its model.
 *
 * @param <T> the stage, which the setters return
 */
public interface ScalerColumns<T extends ScalerColumns<T>> extends StageParams<T> {
  /** Column of the Vectors. Default "features". */
  default Param<String> inputCol() {
    return new Param<>(uid(), "inputCol", "column of the vectors");
  }

  /** Column of the standardised Vectors; the input column is replaced. Default "features". */
  default Param<String> outputCol() {
    return new Param<>(uid(), "outputCol", "column of the standardised vectors");
  }

  /** Whether to subtract the mean. Default true. */
  default BooleanParam withMean() {
    return new BooleanParam(uid(), "withMean", "whether to subtract the mean");
  }

  /** Whether to divide by the standard deviation. Default true. */
  default BooleanParam withStd() {
    return new BooleanParam(uid(), "withStd", "whether to divide by the standard deviation");
  }

  default void setDefaults() {
    setDefault(inputCol(), "features");
    setDefault(outputCol(), "features");
    setDefault(withMean(), true);
    setDefault(withStd(), true);
  }

  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  default boolean getWithMean() {
    return (Boolean) getOrDefault(withMean());
  }

  default boolean getWithStd() {
    return (Boolean) getOrDefault(withStd());
  }

  default T setInputCol(String value) {
    return with(inputCol(), value);
  }

  default T setOutputCol(String value) {
    return with(outputCol(), value);
  }
}
