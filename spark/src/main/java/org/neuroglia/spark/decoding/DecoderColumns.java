package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.Param;
import org.neuroglia.spark.StageParams;

/**
 * Columns that every decoder and its model have: MLlib's names.
 *
 * <p>An output column whose name is empty is left out.
 *
 * @param <T> the stage, which the setters return
 */
public interface DecoderColumns<T extends DecoderColumns<T>> extends StageParams<T> {
  /** Column of the Vectors to decode from. Default "features". */
  default Param<String> featuresCol() {
    return new Param<>(uid(), "featuresCol", "column of the vectors to decode from");
  }

  /** Column of the predicted label, of the labels' own type. Default "prediction". */
  default Param<String> predictionCol() {
    return new Param<>(uid(), "predictionCol", "column of the predicted label");
  }

  /** Column of the probability of each class. Default "probability". */
  default Param<String> probabilityCol() {
    return new Param<>(uid(), "probabilityCol", "column of the probability of each class");
  }

  /** Column of the evidence for each class. Default "rawPrediction". */
  default Param<String> rawPredictionCol() {
    return new Param<>(uid(), "rawPredictionCol", "column of the evidence for each class");
  }

  default void setDefaultColumns() {
    setDefault(featuresCol(), "features");
    setDefault(predictionCol(), "prediction");
    setDefault(probabilityCol(), "probability");
    setDefault(rawPredictionCol(), "rawPrediction");
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  default T setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  default T setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  default T setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  default T setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }
}
