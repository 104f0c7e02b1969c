package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.neuroglia.decoding.decoder.KNeighborsClassifier.Weights;

/**
 * Params of the nearest neighbours and their model, which heeds those that are set on it:
 * neighbours are sought when it transforms.
 *
 * @param <T> the stage, which the setters return
 */
public interface KNeighborsParams<T extends KNeighborsParams<T>> extends DecoderColumns<T> {
  /** How many training events vote. Default 5. */
  default IntParam nNeighbors() {
    return new IntParam(uid(), "nNeighbors", "how many training events vote");
  }

  /** "uniform", or "distance": a vote counts the inverse of its distance. Default "uniform". */
  default Param<String> weights() {
    return new Param<>(uid(), "weights", "uniform, or distance: inverse to it");
  }

  /** Power of the Minkowski distance: 1, 2, any above 0, infinity. Default 2. */
  default DoubleParam p() {
    return new DoubleParam(uid(), "p", "power of the Minkowski distance");
  }

  /**
   * Column of the nearest training events, array&lt;bigint&gt;, the nearest first: their numbers,
   * or where they had none their places in the model's order. Default "": none.
   */
  default Param<String> neighborsCol() {
    return new Param<>(uid(), "neighborsCol", "column of the nearest training events, or empty");
  }

  /** Column of the distances to these, array&lt;double&gt;. Default "": none. */
  default Param<String> distancesCol() {
    return new Param<>(uid(), "distancesCol", "column of the distances to these, or empty");
  }

  @Override
  default void setDefaultColumns() {
    DecoderColumns.super.setDefaultColumns();
    setDefault(nNeighbors(), 5);
    setDefault(weights(), "uniform");
    setDefault(p(), 2.0);
    setDefault(neighborsCol(), "");
    setDefault(distancesCol(), "");
  }

  default int getNNeighbors() {
    return (Integer) getOrDefault(nNeighbors());
  }

  default String getWeights() {
    return getOrDefault(weights());
  }

  default double getP() {
    return (Double) getOrDefault(p());
  }

  default String getNeighborsCol() {
    return getOrDefault(neighborsCol());
  }

  default String getDistancesCol() {
    return getOrDefault(distancesCol());
  }

  default T setNNeighbors(int value) {
    return with(nNeighbors(), value);
  }

  default T setWeights(String value) {
    return with(weights(), value);
  }

  default T setP(double value) {
    return with(p(), value);
  }

  default T setNeighborsCol(String value) {
    return with(neighborsCol(), value);
  }

  default T setDistancesCol(String value) {
    return with(distancesCol(), value);
  }

  /** The arithmetic with these settings, checked. */
  default org.neuroglia.decoding.decoder.KNeighborsClassifier settings() {
    return new org.neuroglia.decoding.decoder.KNeighborsClassifier(
        getNNeighbors(), Weights.parse(getWeights()), getP());
  }
}
