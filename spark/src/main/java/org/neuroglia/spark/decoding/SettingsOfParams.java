package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.ml.param.Param;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.decoder.Ridge;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.event.WindowCounts;
import org.neuroglia.spark.decoding.session.DecodingSettings;
import org.neuroglia.tensor.ResponseReducer;

/**
 * Makes settings of params, and refuses those that do not fit together: nothing that is set goes
 * unnoticed.
 */
final class SettingsOfParams {
  static final String STRATIFIED = "stratified";
  static final String TEST_SHARE = "test-share";
  static final String LEAVE_ONE_GROUP_OUT = "leave-one-group-out";
  static final String PREDEFINED = "predefined";

  private static final String ALPHA = "alpha";

  /** They are 0 where a window has one bin. */
  private static final Set<String> SPREADS = Set.of("std", "var", "ptp", "nanstd", "nanvar");

  private final PopulationDecodingParams<?> params;

  /** Decoders that were given as objects; empty where they are named. */
  private final Map<String, Decoder> given;

  /**
   * @param given decoders as objects, which named ones take the place of
   */
  SettingsOfParams(PopulationDecodingParams<?> params, Map<String, Decoder> given) {
    this.params = params;
    this.given = params.isSet(params.decoder()) ? Map.of() : given;
  }

  /**
   * @throws InvalidInputException if a value is none that its param takes, or params do not fit
   *     together
   */
  DecodingSettings settings() {
    List<double[]> windows = windows();
    if (!(boolean) value(params.balance())) {
      requireUnset(params.balanceSeed(), "balance");
    }
    if ((int) value(params.partitions()) < 0) {
      throw new InvalidInputException(
          "partitions are 0 (as many as shuffles have) or more, not " + value(params.partitions()));
    }
    DecodingSettings settings =
        new DecodingSettings(
            new ArrayList<>(windows),
            reduce(windows),
            value(params.generalise()),
            methods(windows),
            regression(),
            splits(),
            nulls(),
            value(params.balance()) ? Balance.subsample(seed(params.balanceSeed())) : Balance.NONE,
            draws(),
            !text(params.by()).isEmpty(),
            pseudo());
    requireFitting(settings);
    return settings;
  }

  private <T> boolean isSet(Param<T> param) {
    return params.isSet(param);
  }

  @SuppressWarnings("unchecked") // params of numbers are of Object
  private <T, V> V value(Param<T> param) {
    return (V) params.getOrDefault(param);
  }

  private String text(Param<String> param) {
    return params.getOrDefault(param);
  }

  private long seed(Param<Object> own) {
    Param<Object> param = isSet(own) ? own : params.seed();
    return params.isSet(param) ? (long) params.getOrDefault(param) : 0L;
  }

  private void requireUnset(Param<?> param, String unless) {
    if (params.isSet(param)) {
      throw new InvalidInputException(param.name() + " has no use without " + unless);
    }
  }

  private List<double[]> windows() {
    boolean several = isSet(params.windowStarts());
    if (several == isSet(params.sampleTimes())) {
      throw new InvalidInputException(
          several
              ? "sampleTimes and windowStarts are both set: spikes are counted in one or the other"
              : "there is no window to count spikes in: set sample times, or windows");
    }
    if (!several) {
      requireUnset(params.windowWidth(), "windowStarts");
      return counted(List.of(params.getOrDefault(params.sampleTimes()).clone()));
    }
    double width = isSet(params.windowWidth()) ? value(params.windowWidth()) : Double.NaN;
    if (!(width > 0)) {
      throw new InvalidInputException("the width of a window must be above 0 s, not " + width);
    }
    double[] starts = params.getOrDefault(params.windowStarts());
    if (starts.length == 0) {
      throw new InvalidInputException(
          "there is no window to count spikes in: windowStarts is empty");
    }
    return counted(
        Arrays.stream(starts).mapToObj(start -> new double[] {start, start + width}).toList());
  }

  /** The windows, if spikes can be counted in them; a sum would not look at the edges between. */
  private static List<double[]> counted(List<double[]> windows) {
    new WindowCounts(windows);
    return windows;
  }

  private String reduce(List<double[]> windows) {
    String function = text(params.reduce());
    new ResponseReducer(function);
    if (SPREADS.contains(function) && windows.stream().anyMatch(edges -> edges.length == 2)) {
      throw new InvalidInputException(
          "the "
              + function
              + " of a window with one bin is always 0: give edges of several bins, or reduce by"
              + " sum");
    }
    return function;
  }

  private boolean isRegression() {
    return given.isEmpty()
        && Arrays.asList(params.getOrDefault(params.decoder()))
            .contains(DecodingSettings.Regression.NAME);
  }

  private Map<String, String> decoderSettings() {
    Map<String, String> byName = new TreeMap<>();
    for (String setting : params.getOrDefault(params.decoderSettings())) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new InvalidInputException(
            "a setting of a decoder is NAME=VALUE, such as solver=lsqr, not '" + setting + "'");
      }
      byName.put(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip());
    }
    return byName;
  }

  private LinkedHashMap<String, DecodingSettings.Method> methods(List<double[]> windows) {
    Map<String, Decoder> decoders = new LinkedHashMap<>(given);
    if (!given.isEmpty()) {
      requireUnset(params.decoderSettings(), "named decoders");
    }
    if (given.isEmpty() && !isRegression()) {
      decoders = named(windows);
    }
    Optional<Boolean> standardise =
        isSet(params.standardise()) ? Optional.of(value(params.standardise())) : Optional.empty();
    LinkedHashMap<String, DecodingSettings.Method> methods = new LinkedHashMap<>();
    decoders.forEach(
        (name, decoder) ->
            methods.put(
                name,
                new DecodingSettings.Method(
                    decoder, standardise.orElseGet(decoder::wantsStandardised))));
    return methods;
  }

  private Map<String, Decoder> named(List<double[]> windows) {
    List<String> names = List.of(params.getOrDefault(params.decoder()));
    if (names.isEmpty()) {
      throw new InvalidInputException("there is no decoder to decode with");
    }
    Map<String, String> settings = decoderSettings();
    double[] edges = windows.get(0);
    boolean counts = names.stream().anyMatch(name -> Decoders.accepts(name, Decoders.BIN_WIDTH));
    if (counts) {
      settings.computeIfAbsent(Decoders.BIN_WIDTH, name -> Double.toString(seconds(edges)));
    }
    return Decoders.named(names, settings);
  }

  /** The time that a response counts spikes over. */
  private double seconds(double[] edges) {
    double window =
        isSet(params.windowWidth())
            ? value(params.windowWidth())
            : edges[edges.length - 1] - edges[0];
    return Decoders.binWidth(window, edges.length - 1, text(params.reduce()));
  }

  private DecodingSettings.Regression regression() {
    if (!isRegression()) {
      return DecodingSettings.Regression.NONE;
    }
    if (params.getOrDefault(params.decoder()).length > 1) {
      throw new InvalidInputException(
          DecodingSettings.Regression.NAME
              + " takes no other decoder beside it: they predict classes");
    }
    Map<String, String> settings = decoderSettings();
    String alpha = settings.getOrDefault(ALPHA, "1");
    settings.remove(ALPHA);
    if (!settings.isEmpty()) {
      throw new InvalidInputException(
          DecodingSettings.Regression.NAME
              + " has no setting \""
              + settings.keySet().iterator().next()
              + "\"; it has "
              + ALPHA);
    }
    try {
      boolean standardise = !isSet(params.standardise()) || (boolean) value(params.standardise());
      double penalty = new Ridge(Double.parseDouble(alpha)).alpha();
      return new DecodingSettings.Regression(penalty, standardise);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          ALPHA + " of " + DecodingSettings.Regression.NAME + " is a number, not '" + alpha + "'",
          e);
    }
  }

  private Splits splits() {
    String kind = text(params.splits());
    Splits splits =
        switch (kind) {
          case STRATIFIED ->
              isSet(params.seed())
                  ? Splits.stratified(
                      value(params.folds()), value(params.repeats()), seed(params.seed()))
                  : new Splits.Stratified(value(params.folds()), value(params.repeats()), false, 0);
          case TEST_SHARE ->
              Splits.testShare(
                  value(params.testSize()), value(params.repeats()), seed(params.seed()));
          case LEAVE_ONE_GROUP_OUT -> Splits.leaveOneGroupOut();
          case PREDEFINED -> Splits.predefined();
          default ->
              throw new InvalidInputException(
                  String.format(
                      "splits are %s, %s, %s or %s, not '%s'",
                      STRATIFIED, TEST_SHARE, LEAVE_ONE_GROUP_OUT, PREDEFINED, kind));
        };
    if (!kind.equals(STRATIFIED)) {
      requireUnset(params.folds(), "splits=" + STRATIFIED);
    }
    if (!kind.equals(TEST_SHARE)) {
      requireUnset(params.testSize(), "splits=" + TEST_SHARE);
    }
    if (splits.needsGroups()) {
      requireUnset(params.repeats(), "splits that are drawn");
    }
    boolean follows = !text(params.splitCol()).isEmpty();
    if (splits.needsGroups() != follows) {
      throw new InvalidInputException(
          follows
              ? "column \""
                  + text(params.splitCol())
                  + "\" has no use with splits that do not follow groups"
              : "these splits need a column of the events that says the group or fold of each");
    }
    return splits;
  }

  private NullLabels nulls() {
    int number = value(params.permutations());
    if (number < 0) {
      throw new InvalidInputException(
          "the number of null labels must be at least 1, not " + number);
    }
    if (number == 0) {
      requireUnset(params.nullLabels(), "permutations: how many null labels to decode");
      requireUnset(params.nullSeed(), "permutations: how many null labels to decode");
    }
    NullLabels nulls =
        number == 0
            ? NullLabels.NONE
            : new NullLabels(
                NullLabels.Kind.parse(text(params.nullLabels())), number, seed(params.nullSeed()));
    boolean within = nulls.kind() == NullLabels.Kind.SHUFFLE_WITHIN;
    String stratum = text(params.stratumCol());
    if (within == stratum.isEmpty()) {
      throw new InvalidInputException(
          within
              ? "to shuffle labels within strata, name the column of the events that has them"
              : "column \"" + stratum + "\" has no use unless labels are shuffled within strata");
    }
    return nulls;
  }

  private NeuronDraws draws() {
    int[] sizes = Arrays.stream(params.getOrDefault(params.neurons())).distinct().toArray();
    if (sizes.length == 0) {
      requireUnset(params.draws(), "neurons: how many to draw");
      requireUnset(params.drawSeed(), "neurons: how many to draw");
    }
    return new NeuronDraws(sizes, value(params.draws()), seed(params.drawSeed()));
  }

  private DecodingSettings.Pseudo pseudo() {
    if (!(boolean) value(params.pseudoPopulation())) {
      for (Param<Object> param :
          List.of(params.resamples(), params.trials(), params.minTrials(), params.resampleSeed())) {
        requireUnset(param, "pseudoPopulation");
      }
      return DecodingSettings.Pseudo.NONE;
    }
    int resamples = value(params.resamples());
    if (resamples < 1) {
      throw new InvalidInputException("there is at least 1 resample, not " + resamples);
    }
    int folds = value(params.folds());
    return new DecodingSettings.Pseudo(
        resamples,
        folds,
        value(params.trials()),
        isSet(params.minTrials()) ? value(params.minTrials()) : folds,
        seed(params.resampleSeed()));
  }

  private static void requireFitting(DecodingSettings settings) {
    boolean pooled = settings.pseudo().resamples() > 0;
    boolean forClasses = settings.generalise() || settings.balance().subsample() || pooled;
    if (settings.regression().isWanted() && forClasses) {
      throw new InvalidInputException(
          "a regression takes neither balance (its labels are no classes) nor generalisation over"
              + " time, nor a pseudo-population");
    }
    if (pooled) {
      requireFittingPseudoPopulation(settings);
    }
    if (settings.generalise() && settings.windows().size() < 2) {
      throw new InvalidInputException(
          "to generalise over time, at least 2 windows are needed, not "
              + settings.windows().size());
    }
  }

  private static void requireFittingPseudoPopulation(DecodingSettings settings) {
    if (!(settings.splits() instanceof Splits.Stratified stratified) || stratified.repeats() > 1) {
      throw new InvalidInputException(
          "trials of a pseudo-population go to stratified folds, once per resample: set no other"
              + " splits");
    }
    boolean alone =
        settings.nulls().number() == 0
            && settings.draws().sizes().length == 0
            && !settings.balance().subsample()
            && !settings.generalise();
    if (!alone) {
      throw new InvalidInputException(
          "a pseudo-population is decoded without null labels, draws of neurons, balance (its"
              + " classes are balanced) or generalisation over time");
    }
    settings.pseudo().population(2); // says what is wrong with the numbers
  }
}
