package org.neuroglia.tensor;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.neuroglia.InvalidInputException;

/**
 * numpy's functions that make one value of many. They propagate NaN; {@link #skippingNaN} does not.
 *
 * <p>{@code std} and {@code var} divide by n (ddof 0). Of no values, {@code sum} is 0, {@code prod}
 * 1, and the rest NaN.
 */
public enum NumpyFunction implements Reduction {
  SUM {
    @Override
    public double reduce(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum;
    }
  },
  MEAN {
    @Override
    public double reduce(double[] values) {
      return SUM.reduce(values) / values.length;
    }
  },
  MEDIAN {
    @Override
    public double reduce(double[] values) {
      int n = values.length;
      Arrays.sort(values);
      if (n == 0 || Double.isNaN(values[n - 1])) {
        return Double.NaN;
      }
      return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    }
  },
  MIN {
    @Override
    public double reduce(double[] values) {
      double least = values.length == 0 ? Double.NaN : values[0];
      for (double value : values) {
        least = Math.min(least, value);
      }
      return least;
    }
  },
  MAX {
    @Override
    public double reduce(double[] values) {
      double largest = values.length == 0 ? Double.NaN : values[0];
      for (double value : values) {
        largest = Math.max(largest, value);
      }
      return largest;
    }
  },
  STD {
    @Override
    public double reduce(double[] values) {
      return Math.sqrt(VAR.reduce(values));
    }
  },
  VAR {
    @Override
    public double reduce(double[] values) {
      double mean = MEAN.reduce(values);
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return squares / values.length;
    }
  },
  PROD {
    @Override
    public double reduce(double[] values) {
      double product = 1;
      for (double value : values) {
        product *= value;
      }
      return product;
    }
  },
  PTP {
    @Override
    public double reduce(double[] values) {
      return MAX.reduce(values) - MIN.reduce(values);
    }
  };

  private static final Map<String, Reduction> BY_NAME = byName();

  /** The same reduction of the values that are not NaN. */
  public Reduction skippingNaN() {
    return new SkippingNaN(this);
  }

  /** numpy's names: sum, mean, …, amin and amax, and nansum, nanmean, …, which skip NaN. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * The reduction of a name.
   *
   * @param func one of {@link #names}, or the full name of a user's {@link Reduction}
   * @throws InvalidInputException if there is none of this name, or it is not as it must be
   */
  public static Reduction named(String func) {
    Reduction function = func == null ? null : BY_NAME.get(func);
    return function == null ? usersOwn(func) : function;
  }

  private static Reduction usersOwn(String func) {
    try {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      ClassLoader loader = context == null ? NumpyFunction.class.getClassLoader() : context;
      Class<?> type = Class.forName(String.valueOf(func), false, loader);
      if (!Reduction.class.isAssignableFrom(type) || !Modifier.isPublic(type.getModifiers())) {
        throw new InvalidInputException(
            "func names " + func + ", which is not a public class that implements Reduction");
      }
      return (Reduction) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new InvalidInputException(
          String.format(
              "func is \"%s\"; accepted are %s, or the full name of a class that implements %s",
              func, String.join(", ", names()), Reduction.class.getName()),
          e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new InvalidInputException(
          "func names "
              + func
              + ", which cannot be made: a public class with a public constructor without"
              + " arguments is needed",
          e);
    }
  }

  private static Map<String, Reduction> byName() {
    Map<String, Reduction> functions = new TreeMap<>();
    for (NumpyFunction function : values()) {
      functions.put(function.name().toLowerCase(Locale.ROOT), function);
      if (function != PTP) {
        functions.put("nan" + function.name().toLowerCase(Locale.ROOT), function.skippingNaN());
      }
    }
    functions.put("amin", MIN);
    functions.put("amax", MAX);
    return Collections.unmodifiableMap(functions);
  }

  private record SkippingNaN(NumpyFunction function) implements Reduction {
    @Override
    public double reduce(double[] values) {
      int n = 0;
      for (double value : values) {
        n += Double.isNaN(value) ? 0 : 1;
      }
      if (n == values.length) {
        return function.reduce(values);
      }
      double[] present = new double[n];
      int i = 0;
      for (double value : values) {
        if (!Double.isNaN(value)) {
          present[i++] = value;
        }
      }
      return function.reduce(present);
    }
  }
}
