package org.neuroglia.tensor;

import java.io.Serializable;

/**
 * Makes one value of many: numpy's functions, and a user's own.
 *
 * <p>A user's is a public class with a public constructor without arguments; reducers find it by
 * its full name, wherever they take the name of a function. Implementations are immutable and
 * thread safe.
 */
@FunctionalInterface
public interface Reduction extends Serializable {
  /**
   * @param values any number of values, NaN and none among them; may be reordered
   */
  double reduce(double[] values);
}
