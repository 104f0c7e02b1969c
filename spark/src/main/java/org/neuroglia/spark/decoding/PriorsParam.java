package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.neuroglia.spark.StageParams;

/**
 * The param of decoders that weigh classes before they see a response.
 *
 * @param <T> the stage, which the setters return
 */
public interface PriorsParam<T extends PriorsParam<T>> extends StageParams<T> {
  /** Probability of each class, in the classes' order. Default: their shares of the rows. */
  default DoubleArrayParam priors() {
    return new DoubleArrayParam(this, "priors", "probability of each class, in their order");
  }

  /** Empty where they follow from the data. */
  default double[] getPriors() {
    return isDefined(priors()) ? getOrDefault(priors()).clone() : new double[0];
  }

  default T setPriors(double... value) {
    return with(priors(), value);
  }
}
