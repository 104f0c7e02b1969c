package org.neuroglia.spark.tensor;

import org.apache.spark.ml.param.Param;
import org.neuroglia.spark.StageParams;
import org.neuroglia.tensor.NumpyFunction;
import org.neuroglia.tensor.Reduction;

/**
 * The function that makes one value of many.
 *
 * @param <T> the stage, which the setters return
 */
public interface ReductionParams<T extends ReductionParams<T>> extends StageParams<T> {
  /**
   * The name of a numpy function, or the full name of a user's {@link Reduction}, which must be on
   * the class path of the tasks. Default "mean".
   */
  default Param<String> func() {
    return new Param<>(
        uid(),
        "func",
        "numpy function, or the full name of a class that implements Reduction: "
            + String.join(", ", NumpyFunction.names()));
  }

  default String getFunc() {
    return getOrDefault(func());
  }

  default T setFunc(String value) {
    return with(func(), value);
  }

  /** A user's own function: a public class with a public constructor without arguments. */
  default T setFunc(Class<? extends Reduction> value) {
    return with(func(), value.getName());
  }
}
