package org.neuroglia.calcium;

import java.util.Arrays;
import java.util.BitSet;
import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceFilter;

/**
 * Deconvolves a calcium trace: at each sample, how likely, or how many, spikes are. As neuroglia's
 * {@code CalciumDeconvolver}, by OASIS; noise ({@link NoiseEstimate}) and time constants ({@link
 * TimeConstants}) are estimated from each trace.
 *
 * <p>Nothing is random: where neuroglia adds a random number to a time constant that it has to
 * replace, its expected value, 0, is added here. Samples are taken to be evenly spaced. A trace of
 * equal values has no events. With the exponential model the first sample has none: it cannot be
 * told from what was before. As in neuroglia, what is below 1e-9 (1e-6 for the penalty l0 on a
 * double exponential) is no event, in whatever unit: calcium should be of the order of ΔF/F or
 * more.
 *
 * <p>Source: Friedrich, Zhou and Paninski 2017, PLoS Comput. Biol. 13: e1005423.
 */
public final class CalciumDeconvolver implements TraceFilter {
  private static final long serialVersionUID = 1L;

  /** A shorter trace tells nothing of its noise. */
  public static final int SHORTEST_TRACE = 5;

  private final Penalty penalty;
  private final CalciumModel model;
  private final double threshold;

  /** neuroglia's defaults: penalty l0, exponential model, threshold 0.001. */
  public CalciumDeconvolver() {
    this(Penalty.L0, CalciumModel.EXPONENTIAL, 0.001);
  }

  /**
   * @param penalty {@code l0} or {@code l1}
   * @param model {@code exponential} or {@code double_exponential}
   * @param threshold see {@link #predict}
   */
  public CalciumDeconvolver(String penalty, String model, double threshold) {
    this(Penalty.parse(penalty), CalciumModel.parse(model), threshold);
  }

  /**
   * @param threshold see {@link #predict}
   */
  public CalciumDeconvolver(Penalty penalty, CalciumModel model, double threshold) {
    if (Double.isNaN(threshold)) {
      throw new InvalidInputException(
          "The threshold of a calcium deconvolver cannot be NaN: a number is accepted.");
    }
    this.penalty = penalty;
    this.model = model;
    this.threshold = threshold;
  }

  public Penalty penalty() {
    return penalty;
  }

  public CalciumModel model() {
    return model;
  }

  public double threshold() {
    return threshold;
  }

  /**
   * The events of a trace.
   *
   * @param times not looked at: samples are taken to be evenly spaced
   * @param values finite; at least 5, or all equal
   * @return as many, in the unit of the trace
   * @throws InvalidInputException if a value is NaN or infinite, or the trace is too short
   */
  @Override
  public double[] apply(double[] times, double[] values) {
    return fit(values).events();
  }

  /** Events together with what they were found with. */
  public CalciumFit fit(double[] values) {
    FiniteTrace.check(values);
    if (Arrays.stream(values).allMatch(value -> value == values[0])) {
      return withoutEvents(values);
    }
    if (values.length < SHORTEST_TRACE) {
      throw new InvalidInputException(
          "A trace of "
              + values.length
              + " samples is too short to be deconvolved: at least "
              + SHORTEST_TRACE
              + " are needed.");
    }
    double noise = NoiseEstimate.DEFAULT.of(values);
    TimeConstants timeConstants = TimeConstants.estimate(values, model.order(), noise);
    return switch (model) {
      case EXPONENTIAL ->
          new ConstrainedOasisAR1(penalty, BaselineRule.NON_NEGATIVE)
              .fit(values, timeConstants.decay(), noise);
      case DOUBLE_EXPONENTIAL ->
          new ConstrainedOnnlsAR2(penalty, BaselineRule.NON_NEGATIVE)
              .fit(values, timeConstants, noise);
    };
  }

  /** What any trace of equal values is, an empty one included. */
  private CalciumFit withoutEvents(double[] values) {
    double level = values.length == 0 ? 0 : BaselineRule.NON_NEGATIVE.allowed(values[0]);
    return new CalciumFit(
        new double[values.length],
        new double[values.length],
        level,
        TimeConstants.of(new double[model.order()]),
        0,
        0);
  }

  /**
   * Where there are spikes: 1 where the event is above the threshold, otherwise 0.
   *
   * @param values as {@link #apply} has them
   */
  public int[] predict(double[] values) {
    return Arrays.stream(fit(values).events()).mapToInt(s -> s > threshold ? 1 : 0).toArray();
  }

  /** {@link #predict} as a filter, whose values are 0.0 and 1.0. */
  public TraceFilter predictor() {
    return (times, values) -> Arrays.stream(predict(values)).asDoubleStream().toArray();
  }

  /**
   * At which samples the prediction is wrong.
   *
   * @param values as {@link #apply} has them
   * @param spikes as many, 1 where the neuron spiked, otherwise 0
   */
  public BitSet errors(double[] values, int[] spikes) {
    if (spikes.length != values.length) {
      throw new InvalidInputException(
          "There are "
              + spikes.length
              + " samples of spikes for a trace of "
              + values.length
              + ": there must be as many.");
    }
    int[] predicted = predict(values);
    BitSet errors = new BitSet(values.length);
    for (int t = 0; t < spikes.length; t++) {
      if (spikes[t] != 0 && spikes[t] != 1) {
        throw new InvalidInputException(
            "Spikes to compare with cannot be "
                + spikes[t]
                + " (at sample "
                + t
                + "): 0 and 1 are accepted.");
      }
      errors.set(t, spikes[t] != predicted[t]);
    }
    return errors;
  }

  /**
   * The part of the samples at which the prediction is right for every neuron, which is what
   * neuroglia's {@code score} has from {@code sklearn.metrics.accuracy_score}. (Of traces that are
   * not in one place: 1 − the cardinality of the union of their {@link #errors} by the samples.)
   *
   * @param traces [neuron][sample], all as long
   * @param spikes as {@link #errors} has them, for each neuron
   */
  public double score(double[][] traces, int[][] spikes) {
    if (traces.length == 0 || traces.length != spikes.length || traces[0].length == 0) {
      throw new InvalidInputException(
          "The prediction for "
              + traces.length
              + " traces cannot be compared with "
              + spikes.length
              + " of spikes: there must be as many, at least one, and at least one sample.");
    }
    BitSet errors = new BitSet();
    for (int neuron = 0; neuron < traces.length; neuron++) {
      if (traces[neuron].length != traces[0].length) {
        throw new InvalidInputException(
            "Trace "
                + neuron
                + " has "
                + traces[neuron].length
                + " samples and trace 0 has "
                + traces[0].length
                + ": they must be as long.");
      }
      errors.or(errors(traces[neuron], spikes[neuron]));
    }
    return 1 - (double) errors.cardinality() / traces[0].length;
  }
}
