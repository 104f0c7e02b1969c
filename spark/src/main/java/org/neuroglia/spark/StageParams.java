package org.neuroglia.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Params of a stage, written once for an estimator and its model: an interface with a method per
 * param, a getter and a setter.
 *
 * <p>A param is made anew by each call: Spark compares params by the stage's uid and their name.
 *
 * @param <T> the stage, which the setters return
 */
public interface StageParams<T extends StageParams<T>> extends Params {
  /** Sets a param and returns the stage. */
  @SuppressWarnings("unchecked")
  default <V> T with(Param<V> param, V value) {
    set(param, value);
    return (T) this;
  }
}
