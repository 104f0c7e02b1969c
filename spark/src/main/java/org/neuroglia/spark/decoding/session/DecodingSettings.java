package org.neuroglia.spark.decoding.session;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/**
 * What a task needs to know to decode a session.
 *
 * @param windows edges of each window's bins, in seconds around the event; NaN where they are not
 *     known
 * @param reduce numpy function that makes one number of a window's bins or samples
 * @param func numpy function that makes one number of the samples of a trace in a bin
 * @param generalise whether decoders are tested in every window
 * @param methods by the name of the decoder; not of a regression
 * @param regression whether labels are the values of a continuous target
 * @param byGroup whether each group of neurons is decoded by itself
 * @param pseudo how sessions are pooled
 * @param failing whether what cannot be decoded ends the job
 */
public record DecodingSettings(
    ArrayList<double[]> windows,
    String reduce,
    String func,
    boolean generalise,
    LinkedHashMap<String, Method> methods,
    Regression regression,
    Splits splits,
    NullLabels nulls,
    Balance balance,
    NeuronDraws draws,
    boolean byGroup,
    Pseudo pseudo,
    boolean failing)
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
