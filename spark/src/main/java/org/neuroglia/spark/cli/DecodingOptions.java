package org.neuroglia.spark.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.spark.decoding.PopulationDecoding;
import org.neuroglia.spark.decoding.SettingNames;
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
        description =
            "Cross-validation with so many stratified folds, 5 by default; without --seed"
                + " scikit-learn's.")
    private Integer folds;

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

    private boolean isStratified() {
      return testSize == null && leaveOut == null && foldColumn == null;
    }
  }

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Split the events so many times, each time shuffled anew; needs --seed.")
  private Integer repeats;

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
      description =
          "Decode so many null labels too; p is the share of scores at least as high as the true"
              + " one's.")
  private Integer permutations;

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

  private static final String SHUFFLE_WITHIN = NullLabels.Kind.SHUFFLE_WITHIN.toString();

  private static final List<String> NULLS =
      Arrays.stream(NullLabels.Kind.values()).map(NullLabels.Kind::toString).toList();

  /** Folds, and draws, resamples and trials, where none are given: the params' defaults. */
  private static final int FIVE = 5;

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

  /** Refuses what PopulationDecoding refuses, by the names that were typed. */
  void check(Window window) {
    requireColumnOfNulls();
    if (width != null && starts(window).length == 0) {
      throw new InvalidInputException(
          "--width " + width + " must be above 0 and fit into --window " + window + ".");
    }
    decoding(window).requireSettings(new Typed(typed()));
  }

  /** Options as they were typed. */
  private record Typed(Map<String, String> values) implements SettingNames {
    private static final Map<String, String> OPTIONS =
        Map.of(
            "windowStarts", "--width",
            "decoderSettings", "--set",
            "nullLabels", "--null");

    @Override
    public String name(String param) {
      return OPTIONS.getOrDefault(
          param, "--" + param.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> typed(String param) {
      return Optional.ofNullable(values.get(param)).map(value -> name(param) + " " + value);
    }
  }

  /** The values of options by the params that they set. */
  private Map<String, String> typed() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("reduce", reduce);
    values.put("decoder", decoder.typedNames());
    values.put("decoderSettings", decoder.typedSettings());
    values.put("folds", test.folds);
    values.put("testSize", test.testSize);
    values.put("repeats", repeats);
    values.put("permutations", permutations);
    values.put("nullLabels", kind.isEmpty() ? null : kind.get(0));
    values.put("neurons", neurons.isEmpty() ? null : joined(neurons));
    values.put("draws", draws);
    values.put("resamples", resamples);
    values.put("trials", trials);
    values.put("minTrials", minTrials);
    Map<String, String> typed = new LinkedHashMap<>();
    values.forEach(
        (param, value) -> {
          if (value != null) {
            typed.put(param, value.toString());
          }
        });
    return typed;
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private int folds() {
    return test.folds == null ? FIVE : test.folds;
  }

  private static int orTen(Integer number) {
    return number == null ? TEN : number;
  }

  /** A column follows {@code --null shuffle-within} and no other. */
  private void requireColumnOfNulls() {
    boolean within = !kind.isEmpty() && kind.get(0).equals(SHUFFLE_WITHIN);
    boolean known = kind.isEmpty() || NULLS.contains(kind.get(0));
    if (known && within != (kind.size() == 2)) {
      throw new InvalidInputException(
          within
              ? "--null shuffle-within needs a column of the events: shuffle-within COLUMN."
              : "--null "
                  + kind.get(0)
                  + " takes no column, but "
                  + kind.get(1)
                  + " follows it; name PATH before the options.");
    }
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

  /** The decoding that is asked for, in the words and numbers that were typed. */
  PopulationDecoding decoding(Window window) {
    PopulationDecoding decoding = new PopulationDecoding().setLabelCol(label);
    decoding.with(decoding.reduce(), reduce);
    decoding.with(decoding.decoder(), decoder.typedNames().split(","));
    set(decoding, decoding.decoderSettings(), decoder.pairs());
    if (width == null) {
      decoding.setSampleTimes(window.edges());
    } else {
      decoding.setWindows(starts(window), width);
    }
    if (generalise) {
      decoding.setGeneralise(true);
    }
    split(decoding);
    set(decoding, decoding.repeats(), repeats);
    set(decoding, decoding.seed(), seed);
    set(decoding, decoding.permutations(), permutations);
    set(decoding, decoding.nullLabels(), kind.isEmpty() ? null : kind.get(0));
    set(decoding, decoding.stratumCol(), stratum());
    set(decoding, decoding.balance(), balance ? true : null);
    set(decoding, decoding.by(), by);
    set(decoding, decoding.pseudoPopulation(), pseudoPopulation ? true : null);
    set(decoding, decoding.resamples(), resamples);
    set(decoding, decoding.trials(), trials);
    set(decoding, decoding.minTrials(), minTrials);
    set(decoding, decoding.draws(), draws);
    if (!neurons.isEmpty()) {
      decoding.with(decoding.neurons(), neurons.stream().mapToInt(Integer::intValue).toArray());
    }
    return decoding;
  }

  private void split(PopulationDecoding decoding) {
    set(decoding, decoding.folds(), test.folds);
    if (test.testSize != null) {
      decoding.with(decoding.splits(), "test-share");
      decoding.with(decoding.testSize(), test.testSize);
    } else if (!test.isStratified()) {
      boolean leavesOut = test.leaveOut != null;
      decoding.with(decoding.splits(), leavesOut ? "leave-one-group-out" : "predefined");
      decoding.setSplitCol(leavesOut ? test.leaveOut : test.foldColumn);
    }
  }

  /** Sets what was typed. */
  private static <V> void set(PopulationDecoding decoding, Param<V> param, V value) {
    if (value != null) {
      decoding.with(param, value);
    }
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
    settings.put("folds", test.isStratified() ? folds() : null);
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
    boolean nulls = permutations != null && permutations > 0;
    String shuffle = NullLabels.Kind.SHUFFLE.toString();
    more.put("null", nulls ? kind.isEmpty() ? shuffle : kind.get(0) : null);
    more.put("permutations", nulls ? permutations : null);
    more.put("minTrials", pseudoPopulation ? minTrials : null);
    more.put("pseudoPopulation", pseudoPopulation ? true : null);
    more.put("resamples", pseudoPopulation ? orTen(resamples) : null);
    more.put("trials", pseudoPopulation ? orTen(trials) : null);
    more.put("repeats", repeats == null || repeats == 1 ? null : repeats);
    more.put("stratum", stratum());
    more.put("width", width);
    more.values().removeIf(value -> value == null);
    settings.putAll(more);
    return settings;
  }
}
