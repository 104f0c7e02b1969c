package org.neuroglia.spark.decoding;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.neuroglia.spark.spike.SpikesParams;
import org.neuroglia.spark.tensor.ReductionParams;
import org.neuroglia.spark.trace.TracesParams;

/**
 * How sessions are decoded, in words and numbers alone, so that a pipeline can be saved and a
 * notebook can set them; {@link SettingsOfParams} reads them. Java sets several at once by the
 * setters of {@link PopulationDecoding}.
 *
 * @param <T> the stage, which the setters return
 */
public interface PopulationDecodingParams<T extends PopulationDecodingParams<T>>
    extends SpikesParams<T>, TracesParams<T>, ReductionParams<T> {
  /** Column of what is decoded: strings or numbers. Default "label". */
  default Param<String> labelCol() {
    return new Param<>(uid(), "labelCol", "column of what is decoded, strings or numbers");
  }

  /**
   * Column of the trains, of the traces or of the table of groups whose values are decoded each by
   * itself, such as area. Default: none.
   */
  default Param<String> by() {
    return new Param<>(
        uid(), "by", "column of the trains or traces, such as area: each of its values by itself");
  }

  /**
   * Column of responses that came with the events, a Vector [neuron] or a Matrix [sample time ×
   * neuron]. Default: "features", or "tensor" where there is none.
   */
  default Param<String> featuresCol() {
    return new Param<>(
        uid(), "featuresCol", "column of responses, vectors or tensors: features, else tensor");
  }

  /** Of responses: the table of the catalog that has the group of each neuron, see {@link #by}. */
  default Param<String> groupsTable() {
    return new Param<>(
        uid(), "groupsTable", "of responses: table of the catalog with the group of each neuron");
  }

  /** Bin edges of one window around the event, in seconds; the last bin is closed. */
  default DoubleArrayParam sampleTimes() {
    return new DoubleArrayParam(
        this, "sampleTimes", "edges of the bins of one window, in seconds around the event");
  }

  /**
   * In place of {@link #sampleTimes}: where windows start, in seconds around the event. A window of
   * a tensor has its samples at {@code start <= time < start + width}.
   */
  default DoubleArrayParam windowStarts() {
    return new DoubleArrayParam(
        this, "windowStarts", "in place of sampleTimes: starts of windows, each decoded by itself");
  }

  /** With {@link #windowStarts}: how long each window is, in seconds. */
  default DoubleParam windowWidth() {
    return new DoubleParam(uid(), "windowWidth", "with windowStarts: seconds of each window");
  }

  /**
   * How the bins of a window become one number, a function of numpy by name. Default "sum". The
   * samples of a trace in a bin become one number before, by {@link #func}.
   */
  default Param<String> reduce() {
    return new Param<>(uid(), "reduce", "numpy function that makes one number of a window's bins");
  }

  /** Whether decoders are trained in each window and tested in every other. Default false. */
  default BooleanParam generalise() {
    return new BooleanParam(
        uid(), "generalise", "whether decoders of one window are tested in every other");
  }

  /** Names of {@code Decoders}, or {@code ridge-regression} alone. Default "lda". */
  default StringArrayParam decoder() {
    return new StringArrayParam(
        this, "decoder", "one or more of lda, qda, gnb, pnb, knn, …; or ridge-regression alone");
  }

  /**
   * Settings {@code NAME=VALUE}, each for every decoder that has it, such as {@code solver=lsqr}.
   * {@code binWidth}, unless it is set, is the time that spikes are counted over.
   */
  default StringArrayParam decoderSettings() {
    return new StringArrayParam(
        this, "decoderSettings", "NAME=VALUE, each for every decoder that has it");
  }

  /** Whether a StandardScaler comes first. Default: but for decoders of counts. */
  default BooleanParam standardise() {
    return new BooleanParam(
        uid(), "standardise", "whether a StandardScaler comes first; default: not for counts");
  }

  /**
   * How events are split: stratified (default), test-share, leave-one-group-out or predefined; see
   * {@link org.neuroglia.decoding.split.Splits}.
   */
  default Param<String> splits() {
    return new Param<>(
        uid(), "splits", "stratified, test-share, leave-one-group-out or predefined");
  }

  /** Of stratified splits: how many folds. Default 5. */
  default IntParam folds() {
    return new IntParam(uid(), "folds", "number of stratified folds");
  }

  /** Of the test share: the share of the events, between 0 and 1. Default 0.25. */
  default DoubleParam testSize() {
    return new DoubleParam(uid(), "testSize", "with splits=test-share: share of the events");
  }

  /** How often events are split, each time drawn anew; needs a seed. Default 1. */
  default IntParam repeats() {
    return new IntParam(uid(), "repeats", "how often events are split, each time drawn anew");
  }

  /**
   * Shuffles the folds, or draws the test; without it folds are scikit-learn's unshuffled ones.
   * Other draws take it too, unless they have a seed of their own.
   */
  default LongParam seed() {
    return new LongParam(uid(), "seed", "shuffles the folds; other draws take it too");
  }

  /** Column of the events that says the group or fold of each; see {@link #splits}. */
  default Param<String> splitCol() {
    return new Param<>(
        uid(), "splitCol", "column of the events: groups to leave out, or predefined folds");
  }

  /** How many null labels are decoded beside the true ones. Default 0. */
  default IntParam permutations() {
    return new IntParam(uid(), "permutations", "how many null labels are decoded, too");
  }

  /** How null labels are drawn: shuffle (default), shuffle-within, circular-shift, … */
  default Param<String> nullLabels() {
    return new Param<>(
        uid(), "nullLabels", "shuffle, shuffle-within, circular-shift or other-session");
  }

  /** Seed of the null labels. Default: {@link #seed}, or 0. */
  default LongParam nullSeed() {
    return new LongParam(uid(), "nullSeed", "seed of the null labels; default: seed, or 0");
  }

  /** With nullLabels=shuffle-within: the column of the events that has the strata. */
  default Param<String> stratumCol() {
    return new Param<>(
        uid(), "stratumCol", "with nullLabels=shuffle-within: column of the events, such as block");
  }

  /** Whether events are dropped until all classes have as many. Default false. */
  default BooleanParam balance() {
    return new BooleanParam(
        uid(), "balance", "whether events are dropped until all classes have as many");
  }

  /** Seed of the balance. Default: {@link #seed}, or 0. */
  default LongParam balanceSeed() {
    return new LongParam(uid(), "balanceSeed", "seed of the balance; default: seed, or 0");
  }

  /** Numbers of neurons to draw at random in place of all. Default: all neurons. */
  default IntArrayParam neurons() {
    return new IntArrayParam(this, "neurons", "numbers of neurons to draw at random");
  }

  /** With {@link #neurons}: how often each number is drawn. Default 10. */
  default IntParam draws() {
    return new IntParam(uid(), "draws", "with neurons: how often each number is drawn");
  }

  /** Seed of the draws of neurons. Default: {@link #seed}, or 0. */
  default LongParam drawSeed() {
    return new LongParam(uid(), "drawSeed", "seed of the draws of neurons; default: seed, or 0");
  }

  /** Whether the neurons of all sessions are pooled. Default false. */
  default BooleanParam pseudoPopulation() {
    return new BooleanParam(
        uid(), "pseudoPopulation", "whether the neurons of all sessions are pooled");
  }

  /** With {@link #pseudoPopulation}: how often trials are drawn. Default 10. */
  default IntParam resamples() {
    return new IntParam(uid(), "resamples", "of a pseudo-population: how often trials are drawn");
  }

  /** With {@link #pseudoPopulation}: pseudo-trials of each class in each fold. Default 10. */
  default IntParam trials() {
    return new IntParam(
        uid(), "trials", "of a pseudo-population: trials of each class in each fold");
  }

  /**
   * With {@link #pseudoPopulation}: trials of each class that a session must have to take part.
   * Default: as many as there are folds.
   */
  default IntParam minTrials() {
    return new IntParam(
        uid(),
        "minTrials",
        "of a pseudo-population: trials of each class that a session must have");
  }

  /** Seed of the resamples. Default: {@link #seed}, or 0. */
  default LongParam resampleSeed() {
    return new LongParam(uid(), "resampleSeed", "seed of the resamples; default: seed, or 0");
  }

  /** Whether what cannot be decoded ends the job: skip (default) or fail. */
  default Param<String> onError() {
    return new Param<>(
        uid(), "onError", "what cannot be decoded: skip (a row says why) or fail (the job ends)");
  }

  /** Into how many tasks sessions are packed. Default 0: as many as the session's shuffles have. */
  default IntParam partitions() {
    return new IntParam(uid(), "partitions", "how many tasks decode; 0: as many as shuffles have");
  }

  /** Called by the constructor of the stage. */
  default void setDefaults() {
    setDefaultTraceColumns();
    setDefault(labelCol(), "label");
    setDefault(func(), "mean");
    setDefault(onError(), SettingsOfParams.SKIP);
    for (Param<String> column : java.util.List.of(by(), splitCol(), stratumCol())) {
      setDefault(column, "");
    }
    setDefault(reduce(), "sum");
    setDefault(generalise(), false);
    setDefault(decoder(), new String[] {"lda"});
    setDefault(decoderSettings(), new String[0]);
    setDefault(splits(), SettingsOfParams.STRATIFIED);
    setDefault(folds(), 5);
    setDefault(testSize(), 0.25);
    setDefault(repeats(), 1);
    setDefault(permutations(), 0);
    setDefault(nullLabels(), "shuffle");
    setDefault(balance(), false);
    setDefault(neurons(), new int[0]);
    setDefault(draws(), 10);
    setDefault(pseudoPopulation(), false);
    setDefault(resamples(), 10);
    setDefault(trials(), 10);
    setDefault(partitions(), 0);
  }
}
