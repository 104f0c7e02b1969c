package org.neuroglia.spark.decoding.session;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.neuroglia.decoding.PseudoPopulation;
import org.neuroglia.decoding.SessionDecoder;
import org.neuroglia.decoding.SessionRegressor;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.event.WindowCounts;
import org.neuroglia.tensor.ResponseReducer;

/**
 * What a task needs to know to decode a session.
 *
 * @param windows edges of each window's bins
 * @param reduce how bins become one number
 * @param generalise whether decoders are tested in every window
 * @param methods by the name of the decoder; not of a regression
 * @param regression whether labels are the values of a continuous target
 * @param byGroup whether each group of neurons is decoded by itself
 * @param pseudo how sessions are pooled
 */
public record DecodingSettings(
    ArrayList<double[]> windows,
    String reduce,
    boolean generalise,
    LinkedHashMap<String, Method> methods,
    Regression regression,
    Splits splits,
    NullLabels nulls,
    Balance balance,
    NeuronDraws draws,
    boolean byGroup,
    Pseudo pseudo)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A decoder, and whether a StandardScaler comes before it. */
  public record Method(Decoder decoder, boolean standardise) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A ridge regression, and whether a StandardScaler comes before it.
   *
   * @param alpha NaN where classes are decoded
   */
  public record Regression(double alpha, boolean standardise) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the results call it. */
    public static final String NAME = "ridge-regression";

    public static final Regression NONE = new Regression(Double.NaN, false);

    public boolean isWanted() {
      return !Double.isNaN(alpha);
    }
  }

  /**
   * Whether and how sessions are pooled.
   *
   * @param resamples 0 where they are not
   * @param trials pseudo-trials of each class in each fold
   * @param minimum trials of each class that a session must have
   */
  public record Pseudo(int resamples, int folds, int trials, int minimum, long seed)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final Pseudo NONE = new Pseudo(0, 0, 0, 0, 0);

    public PseudoPopulation population(int classes) {
      return new PseudoPopulation(classes, folds, trials, minimum, seed);
    }
  }

  /** Windows as they are counted: the bins that a sum puts together are one. */
  public WindowCounts counts() {
    List<double[]> counted =
        windows.stream()
            .map(edges -> sums() ? new double[] {edges[0], edges[edges.length - 1]} : edges)
            .toList();
    return new WindowCounts(counted);
  }

  /** Makes one number of a window's bins; empty where they are summed as they are counted. */
  Optional<ResponseReducer> reducer() {
    return sums() ? Optional.empty() : Optional.of(new ResponseReducer(reduce));
  }

  private boolean sums() {
    return reduce.equals("sum");
  }

  /** Names of what decodes. */
  Set<String> decoders() {
    return regression.isWanted() ? Set.of(Regression.NAME) : methods.keySet();
  }

  /**
   * @param values that the codes of the labels stand for
   */
  SessionRegressor regressor(SessionLabels labels, double[] values) {
    return new SessionRegressor(
        regression.alpha(), regression.standardise(), splits, nulls, labels, values);
  }

  SessionDecoder decoder(String name, SessionLabels labels) {
    Method method = methods.get(name);
    return new SessionDecoder(
        method.decoder(), method.standardise(), splits, nulls, balance, labels);
  }
}
