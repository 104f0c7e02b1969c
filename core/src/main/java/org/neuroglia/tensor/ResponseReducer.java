package org.neuroglia.tensor;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.neuroglia.InvalidInputException;

/**
 * Reduces the values along one axis of a tensor to one value, with numpy's functions by their
 * names.
 *
 * <p>{@code sum, mean, median, min, max, std, var, prod, ptp} propagate NaN; {@code nansum,
 * nanmean, nanmedian, nanmin, nanmax, nanstd, nanvar, nanprod} skip it. {@code std} and {@code var}
 * divide by n (ddof 0). Of no values, sums are 0, products 1, minima and maxima an error, and the
 * rest NaN.
 *
 * <p>Same numbers as neuroglia's {@code ResponseReducer(func)} within the rounding of a sum.
 * Immutable and thread safe.
 */
public final class ResponseReducer {
  private static final Map<String, ToDoubleFunction<double[]>> FUNCTIONS = functions();

  private final String func;
  private final ToDoubleFunction<double[]> function;

  /**
   * @param func the name of a numpy function, one of {@link #names}
   * @throws InvalidInputException if there is no function of this name
   */
  public ResponseReducer(String func) {
    this.func = func;
    this.function = FUNCTIONS.get(func);
    if (function == null) {
      throw new InvalidInputException(
          "func is \"" + func + "\"; accepted are " + String.join(", ", FUNCTIONS.keySet()));
    }
  }

  /** The functions that there are. */
  public static Iterable<String> names() {
    return FUNCTIONS.keySet();
  }

  /**
   * Reduces {@code values}, which may be reordered by it.
   *
   * @throws InvalidInputException for the minimum or maximum of no values
   */
  public double reduce(double[] values) {
    if (values.length == 0
        && (func.endsWith("max") || func.endsWith("min") || func.equals("ptp"))) {
      throw new InvalidInputException(
          func + " of no values has no result: the tensor has an axis of length 0");
    }
    return function.applyAsDouble(values);
  }

  private static Map<String, ToDoubleFunction<double[]>> functions() {
    Map<String, ToDoubleFunction<double[]>> skipsNaN = new TreeMap<>();
    skipsNaN.put("sum", ResponseReducer::sum);
    skipsNaN.put("mean", ResponseReducer::mean);
    skipsNaN.put("median", ResponseReducer::median);
    skipsNaN.put("min", ResponseReducer::min);
    skipsNaN.put("max", ResponseReducer::max);
    skipsNaN.put("std", values -> Math.sqrt(var(values)));
    skipsNaN.put("var", ResponseReducer::var);
    skipsNaN.put("prod", ResponseReducer::prod);
    Map<String, ToDoubleFunction<double[]>> all = new TreeMap<>(skipsNaN);
    skipsNaN.forEach(
        (name, function) ->
            all.put("nan" + name, values -> function.applyAsDouble(withoutNaN(values))));
    all.put("ptp", values -> max(values) - min(values));
    return all;
  }

  private static double[] withoutNaN(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double mean(double[] values) {
    return sum(values) / values.length;
  }

  private static double var(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / values.length;
  }

  private static double median(double[] values) {
    int n = values.length;
    Arrays.sort(values);
    if (n == 0 || Double.isNaN(values[n - 1])) {
      return Double.NaN;
    }
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }

  private static double min(double[] values) {
    return values.length == 0 ? Double.NaN : Arrays.stream(values).min().getAsDouble();
  }

  private static double max(double[] values) {
    return values.length == 0 ? Double.NaN : Arrays.stream(values).max().getAsDouble();
  }

  private static double prod(double[] values) {
    double product = 1;
    for (double value : values) {
      product *= value;
    }
    return product;
  }
}
