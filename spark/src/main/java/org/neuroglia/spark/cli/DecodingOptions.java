package org.neuroglia.spark.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.spark.decoding.PopulationDecoding;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How events are decoded. */
final class DecodingOptions {
  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "Column of the events to decode: strings or numbers.")
  private String label;

  @Option(
      names = "--reduce",
      paramLabel = "FUNCTION",
      defaultValue = "sum",
      description = "How the bins become one number: sum (default), mean, max, … as in numpy.")
  private String reduce;

  @Option(
      names = "--width",
      paramLabel = "SECONDS",
      description =
          "Decode over time: one window of this width from each edge of --window on, as far as they"
              + " end by STOP; each by itself.")
  private Double width;

  @Option(
      names = "--generalise",
      description = "With --width: train in each window and test in every other.")
  private boolean generalise;

  @Mixin private DecoderOptions decoder;

  @ArgGroup private Test test = new Test();

  /** How events are tested. */
  static final class Test {
    @Option(
        names = "--folds",
        paramLabel = "N",
        defaultValue = "5",
        description =
            "Cross-validation with so many stratified folds, 5 by default; without --seed"
                + " scikit-learn's.")
    private int folds = 5;

    @Option(
        names = "--test-size",
        paramLabel = "SHARE",
        description = "Instead of folds, test once, on this share of the events.")
    private Double testSize;

    @Option(
        names = "--leave-out",
        paramLabel = "COLUMN",
        description = "Instead of folds, test each value of this column, such as a block.")
    private String leaveOut;

    @Option(
        names = "--fold-column",
        paramLabel = "COLUMN",
        description =
            "Instead of folds, those that this column of the events names; events where it is null"
                + " are only trained on.")
    private String foldColumn;

    private boolean isDrawn() {
      return leaveOut == null && foldColumn == null;
    }
  }

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "1",
      description = "Split the events so many times, each time shuffled anew; needs --seed.")
  private int repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Shuffles the folds, or draws the test; the same number gives the same. Other draws take"
              + " it too, and 0 without it.")
  private Long seed;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Decode so many null labels too; p is the share of scores at least as high as the true"
              + " one's.")
  private int permutations;

  @Option(
      names = "--null",
      arity = "1..2",
      paramLabel = "KIND [COLUMN]",
      description = {
        "How null labels are made: shuffle (default); shuffle-within COLUMN, such as a block;",
        "circular-shift or other-session, for labels that follow from those before."
      })
  private List<String> kind = List.of();

  @Option(
      names = "--balance",
      description = "Drop events at random, before they are split, until all classes have as many.")
  private boolean balance;

  @Option(
      names = "--by",
      paramLabel = "COLUMN",
      description = "Column of the units, such as area: decode each of its values by itself.")
  private String by;

  @Option(
      names = "--neurons",
      split = ",",
      paramLabel = "N",
      description = "Decode from so many neurons drawn at random: 1,2,5,10 for each in turn.")
  private List<Integer> neurons = List.of();

  @Option(
      names = "--draws",
      paramLabel = "K",
      description = "With --neurons: how often each number is drawn, 10 by default.")
  private Integer draws;

  @Option(
      names = "--pseudo-population",
      description = {
        "Pool the neurons of all sessions: a pseudo-trial puts together a trial of each session with",
        "the same label, and no trial both trains and tests."
      })
  private boolean pseudoPopulation;

  @Option(
      names = "--resamples",
      paramLabel = "K",
      description = "With --pseudo-population: how often trials are drawn, 10 by default.")
  private Integer resamples;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "With --pseudo-population: trials of each class in each fold, 10 by default.")
  private Integer trials;

  @Option(
      names = "--min-trials",
      paramLabel = "N",
      description =
          "With --pseudo-population: trials of each class that a session must have, by default as"
              + " many as folds.")
  private Integer minTrials;

  /** Of draws, resamples and trials, where none is given. */
  private static final int TEN = 10;

  String label() {
    return label;
  }

  String reduce() {
    return reduce;
  }

  /** Columns of the events that are needed beside the time. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(label));
    for (String column : new String[] {test.leaveOut, test.foldColumn, stratum()}) {
      if (column != null && !columns.contains(column)) {
        columns.add(column);
      }
    }
    return columns;
  }

  private String stratum() {
    return kind.size() == 2 ? kind.get(1) : null;
  }

  /** What makes sense with what, and lists of values. */
  void check(Window window) {
    DecoderOptions.requireOneOf("--reduce", reduce, org.neuroglia.tensor.ResponseReducer.names());
    if (test.testSize != null && !(test.testSize > 0 && test.testSize < 1)) {
      throw new InvalidInputException(
          "--test-size " + test.testSize + " must be a share of the events between 0 and 1.");
    }
    if (test.testSize == null && test.folds < 2) {
      throw new InvalidInputException("--folds " + test.folds + " must be at least 2.");
    }
    requireAtLeastOne("--repeats", repeats);
    if (repeats > 1 && (seed == null || !test.isDrawn())) {
      throw new InvalidInputException(
          "--repeats "
              + repeats
              + (test.isDrawn()
                  ? " needs --seed: folds that are not shuffled are the same each time."
                  : " has no use where a column of the events says the folds."));
    }
    if (permutations < 0) {
      throw new InvalidInputException("--permutations " + permutations + " must not be negative.");
    }
    checkNulls();
    checkCompany("--draws", draws, "--neurons", !neurons.isEmpty());
    neurons.forEach(number -> requireAtLeastOne("--neurons", number));
    checkCompany("--resamples", resamples, "--pseudo-population", pseudoPopulation);
    checkCompany("--trials", trials, "--pseudo-population", pseudoPopulation);
    checkCompany("--min-trials", minTrials, "--pseudo-population", pseudoPopulation);
    if (minTrials != null && minTrials < test.folds) {
      throw new InvalidInputException(
          "--min-trials "
              + minTrials
              + " must be at least "
              + test.folds
              + ", a trial of each class for each fold.");
    }
    if (width == null && generalise) {
      throw new InvalidInputException("--generalise needs --width: windows to go from and to.");
    }
    if (width != null && starts(window).length == 0) {
      throw new InvalidInputException(
          "--width " + width + " must be above 0 and fit into --window " + window + ".");
    }
    decoder.check(binWidth(window));
    if (generalise && starts(window).length < 2) {
      throw new InvalidInputException(
          "--generalise needs at least two windows; --window "
              + window
              + " has one of --width "
              + width
              + ".");
    }
  }

  /** A number that says how something is done has no use where it is not done. */
  private static void checkCompany(String option, Integer number, String other, boolean there) {
    if (number != null) {
      requireAtLeastOne(option, number);
      if (!there) {
        throw new InvalidInputException(
            option + " " + number + " has no use without " + other + ".");
      }
    }
  }

  private static int orTen(Integer number) {
    return number == null ? TEN : number;
  }

  private static void requireAtLeastOne(String option, int number) {
    if (number < 1) {
      throw new InvalidInputException(option + " " + number + " must be at least 1.");
    }
  }

  private void checkNulls() {
    if (kind.isEmpty()) {
      return;
    }
    List<String> kinds =
        Arrays.stream(NullLabels.Kind.values())
            .filter(one -> one != NullLabels.Kind.NONE)
            .map(NullLabels.Kind::toString)
            .toList();
    DecoderOptions.requireOneOf("--null", kind.get(0), kinds);
    boolean within = nullKind() == NullLabels.Kind.SHUFFLE_WITHIN;
    if (within != (kind.size() == 2)) {
      throw new InvalidInputException(
          within
              ? "--null shuffle-within needs a column of the events: shuffle-within COLUMN."
              : "--null "
                  + kind.get(0)
                  + " takes no column, but "
                  + kind.get(1)
                  + " follows it; name PATH before the options.");
    }
    if (permutations == 0) {
      throw new InvalidInputException(
          "--null " + kind.get(0) + " needs --permutations: how many null labels to decode.");
    }
  }

  private NullLabels.Kind nullKind() {
    return kind.isEmpty() ? NullLabels.Kind.SHUFFLE : NullLabels.Kind.parse(kind.get(0));
  }

  /** Starts of the windows that end by STOP, but for rounding. */
  private double[] starts(Window window) {
    double latest = window.stop() - width + 1e-9;
    return width > 0
        ? Arrays.stream(window.edges()).filter(start -> start <= latest).toArray()
        : new double[0];
  }

  /** Time that the spikes of one number are counted over. */
  private DoubleSupplier binWidth(Window window) {
    double[] edges = window.edges();
    return () ->
        width != null
            ? width
            : Decoders.binWidth(edges[edges.length - 1] - edges[0], edges.length - 1, reduce);
  }

  /** Whether the label is a continuous target. */
  boolean isRegression() {
    return decoder.isRegression();
  }

  /** Whether neurons of all sessions are pooled. */
  boolean isPseudoPopulation() {
    return pseudoPopulation;
  }

  /** The decoding that is asked for. */
  PopulationDecoding decoding(Window window) {
    long draw = seed == null ? 0 : seed;
    PopulationDecoding decoding =
        new PopulationDecoding()
            .setLabelCol(label)
            .setReduce(reduce)
            .setGeneralise(generalise)
            .setSplits(splits(draw));
    decoder.apply(decoding, binWidth(window));
    if (width == null) {
      decoding.setSampleTimes(window.edges());
    } else {
      decoding.setWindows(starts(window), width);
    }
    if (test.leaveOut != null || test.foldColumn != null) {
      decoding.setSplitCol(test.leaveOut != null ? test.leaveOut : test.foldColumn);
    }
    if (permutations > 0) {
      decoding.setNulls(new NullLabels(nullKind(), permutations, draw));
    }
    if (stratum() != null) {
      decoding.setStratumCol(stratum());
    }
    if (balance) {
      decoding.setBalance(Balance.subsample(draw));
    }
    if (by != null) {
      decoding.setBy(by);
    }
    if (pseudoPopulation) {
      int least = minTrials == null ? test.folds : minTrials;
      decoding.setPseudoPopulation(orTen(resamples), orTen(trials), least, draw);
    }
    if (!neurons.isEmpty()) {
      int[] sizes = neurons.stream().mapToInt(Integer::intValue).distinct().toArray();
      decoding.setDraws(new NeuronDraws(sizes, orTen(draws), draw));
    }
    return decoding;
  }

  private Splits splits(long draw) {
    if (test.leaveOut != null) {
      return Splits.leaveOneGroupOut();
    }
    if (test.foldColumn != null) {
      return Splits.predefined();
    }
    if (test.testSize != null) {
      return Splits.testShare(test.testSize, repeats, draw);
    }
    return seed == null
        ? Splits.stratified(test.folds)
        : Splits.stratified(test.folds, repeats, draw);
  }

  /** The column of the units that {@code --by} names, or null. */
  String by() {
    return by;
  }

  /** What was asked for, to be written beside the results. */
  Map<String, Object> settings(Window window) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("label", label);
    settings.put("reduce", reduce);
    settings.put("decoder", decoder.names());
    settings.put("folds", test.testSize == null && test.isDrawn() ? test.folds : null);
    settings.put("testSize", test.testSize);
    settings.put("seed", seed);
    Map<String, Object> more = new TreeMap<>();
    more.put("balance", balance ? true : null);
    more.put("by", by);
    more.put("decoderSettings", decoder.settings(binWidth(window)));
    more.put("draws", neurons.isEmpty() ? null : orTen(draws));
    more.put("foldColumn", test.foldColumn);
    more.put("generalise", generalise ? true : null);
    more.put("leaveOut", test.leaveOut);
    more.put("neurons", neurons.isEmpty() ? null : neurons);
    more.put("null", permutations == 0 ? null : nullKind().toString());
    more.put("permutations", permutations == 0 ? null : permutations);
    more.put("minTrials", pseudoPopulation ? minTrials : null);
    more.put("pseudoPopulation", pseudoPopulation ? true : null);
    more.put("resamples", pseudoPopulation ? orTen(resamples) : null);
    more.put("trials", pseudoPopulation ? orTen(trials) : null);
    more.put("repeats", repeats == 1 ? null : repeats);
    more.put("stratum", stratum());
    more.put("width", width);
    more.values().removeIf(value -> value == null);
    settings.putAll(more);
    return settings;
  }
}
