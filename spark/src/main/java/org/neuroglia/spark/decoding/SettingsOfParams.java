package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.ml.param.Param;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.PseudoPopulation;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.decoder.Ridge;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.event.WindowCounts;
import org.neuroglia.spark.decoding.session.DecodingSettings;
import org.neuroglia.spark.decoding.session.ResponseColumn;
import org.neuroglia.tensor.ResponseReducer;
import org.neuroglia.trace.TraceReduction;

/**
 * Makes settings of params, and refuses values that a param does not take and params that do not
 * fit together: the only place where settings are checked. Nothing that is set goes unnoticed.
 */
final class SettingsOfParams {
  static final String STRATIFIED = "stratified";
  static final String TEST_SHARE = "test-share";
  static final String LEAVE_ONE_GROUP_OUT = "leave-one-group-out";
  static final String PREDEFINED = "predefined";
  static final String SKIP = "skip";
  static final String FAIL = "fail";

  private static final String ALPHA = "alpha";

  /** They are 0 where a window has one bin. */
  private static final Set<String> SPREADS = Set.of("std", "var", "ptp", "nanstd", "nanvar");

  private final PopulationDecodingParams<?> params;

  /** Decoders that were given as objects; empty where they are named. */
  private final Map<String, Decoder> given;

  private final SettingNames names;

  /**
   * @param given decoders as objects, which named ones take the place of
   * @param names how messages call the params
   */
  SettingsOfParams(
      PopulationDecodingParams<?> params, Map<String, Decoder> given, SettingNames names) {
    this.params = params;
    this.names = names;
    this.given = params.isSet(params.decoder()) ? Map.of() : given;
  }

  /**
   * Of spikes that are counted around events.
   *
   * @throws InvalidInputException if a value is none that its param takes, or params do not fit
   *     together
   */
  DecodingSettings ofSpikes() {
    requireUnset(params.func(), "traces");
    requireAroundEvents();
    List<double[]> windows = windows("spikes are counted", "count spikes");
    return settings(windows, reduce(windows), Optional.of(windows.get(0)));
  }

  /**
   * Of traces that are reduced around events.
   *
   * @throws InvalidInputException as {@link #ofSpikes}
   */
  DecodingSettings ofTraces() {
    requireAroundEvents();
    new TraceReduction(params.getFunc());
    List<double[]> windows = windows("traces are reduced", "reduce traces");
    return settings(windows, reduce(windows), Optional.empty());
  }

  private void requireAroundEvents() {
    requireUnset(params.featuresCol(), "responses that come with the events");
    requireUnset(params.groupsTable(), "responses that come with the events");
  }

  /**
   * Of responses that come with the events.
   *
   * @param grouped whether there is a table of the neurons' groups
   * @throws InvalidInputException as {@link #ofSpikes}
   */
  DecodingSettings ofResponses(ResponseColumn column, boolean grouped) {
    requireUnset(params.sampleTimes(), "spikes or traces: responses have been sampled");
    requireUnset(params.func(), "traces");
    if (!column.isTensor()) {
      requireUnset(params.reduce(), "a tensor: vectors have one number per neuron");
      requireUnset(params.windowStarts(), "a tensor: vectors have one number per neuron");
    }
    boolean by = !text(params.by()).isEmpty();
    if (by != grouped) {
      throw new InvalidInputException(
          by
              ? "responses come without groups of neurons: give a table that has the neuron and \""
                  + text(params.by())
                  + "\" of each, or decode from spikes or traces"
              : "a table of groups has no use without by: the column that has the groups");
    }
    if (by && column.neurons().isEmpty()) {
      throw new InvalidInputException(
          "column \""
              + column.name()
              + "\" does not name its neurons, so they have no groups: decode one session at a time,"
              + " or from spikes or traces");
    }
    boolean one = Arrays.stream(samples(column)).anyMatch(samples -> samples.length == 1);
    boolean spread = column.sampleTimes().size() == 1 || one;
    String reduce = reduce(spread);
    return settings(windowsOfResponses(column), reduce, Optional.empty());
  }

  /**
   * Of a classifier of Spark ML, which decodes responses.
   *
   * @throws InvalidInputException as {@link #ofSpikes}
   */
  DecodingSettings ofClassifier(ResponseColumn column, boolean grouped) {
    if (!given.isEmpty()) {
      throw new InvalidInputException(
          "a classifier of Spark ML takes the place of decoders: set one or the other");
    }
    for (Param<?> param :
        List.of(
            params.decoder(),
            params.decoderSettings(),
            params.standardise(),
            params.by(),
            params.generalise(),
            params.permutations(),
            params.balance(),
            params.neurons(),
            params.pseudoPopulation())) {
      requireUnset(param, "the decoders that have a name, in place of a classifier of Spark ML");
    }
    return ofResponses(column, grouped);
  }

  private DecodingSettings settings(
      List<double[]> windows, String reduce, Optional<double[]> counted) {
    if (!(boolean) value(params.balance())) {
      requireUnset(params.balanceSeed(), name(params.balance()));
    }
    if ((int) value(params.partitions()) < 0) {
      throw new InvalidInputException(
          "partitions are 0 (as many as shuffles have) or more, not " + value(params.partitions()));
    }
    DecodingSettings settings =
        new DecodingSettings(
            new ArrayList<>(windows),
            reduce,
            params.getFunc(),
            value(params.generalise()),
            methods(counted),
            regression(),
            splits(),
            nulls(),
            value(params.balance()) ? Balance.subsample(seed(params.balanceSeed())) : Balance.NONE,
            draws(),
            !text(params.by()).isEmpty(),
            pseudo(),
            failing());
    requireFitting(settings);
    return settings;
  }

  private boolean failing() {
    String word = text(params.onError());
    if (!List.of(SKIP, FAIL).contains(word)) {
      throw new InvalidInputException(
          "onError is " + SKIP + " or " + FAIL + ", not '" + word + "'");
    }
    return word.equals(FAIL);
  }

  /** Windows of a tensor as the results name them. */
  private List<double[]> windowsOfResponses(ResponseColumn column) {
    if (isSet(params.windowStarts())) {
      return givenWindows("reduce a tensor");
    }
    requireUnset(params.windowWidth(), name(params.windowStarts()));
    return List.of(column.span());
  }

  /** The samples of a tensor in each window; none stand for all. */
  int[][] samples(ResponseColumn column) {
    return isSet(params.windowStarts())
        ? givenWindows("reduce a tensor").stream()
            .map(window -> column.samples(window[0], window[1]))
            .toArray(int[][]::new)
        : new int[][] {{}};
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
      String subject = names.typed(param.name()).orElse(names.name(param.name()));
      throw new InvalidInputException(subject + " has no use without " + unless);
    }
  }

  /** What is wrong with the value of a param is said after what was typed for it. */
  private <V> V checked(Param<?> param, Supplier<V> value) {
    try {
      return value.get();
    } catch (InvalidInputException e) {
      throw names
          .typed(param.name())
          .map(typed -> new InvalidInputException(typed + ": " + e.getMessage(), e))
          .orElse(e);
    }
  }

  private String name(Param<?> param) {
    return names.name(param.name());
  }

  /**
   * @param done what is done in windows, and {@code todo} the same as an infinitive, for messages
   */
  private List<double[]> windows(String done, String todo) {
    boolean several = isSet(params.windowStarts());
    if (several == isSet(params.sampleTimes())) {
      throw new InvalidInputException(
          several
              ? "sampleTimes and windowStarts are both set: " + done + " in one or the other"
              : "there is no window to " + todo + " in: set sample times, or windows");
    }
    if (!several) {
      requireUnset(params.windowWidth(), name(params.windowStarts()));
      return counted(List.of(params.getOrDefault(params.sampleTimes()).clone()));
    }
    return counted(givenWindows(todo));
  }

  private List<double[]> givenWindows(String todo) {
    double width = isSet(params.windowWidth()) ? value(params.windowWidth()) : Double.NaN;
    requireWidth(width);
    double[] starts = params.getOrDefault(params.windowStarts());
    if (starts.length == 0) {
      throw new InvalidInputException(
          "there is no window to " + todo + " in: windowStarts is empty");
    }
    return Arrays.stream(starts).mapToObj(start -> new double[] {start, start + width}).toList();
  }

  /**
   * @throws InvalidInputException if it is no width of a window in seconds
   */
  static void requireWidth(double width) {
    if (!(width > 0)) {
      throw new InvalidInputException("the width of a window must be above 0 s, not " + width);
    }
  }

  /** The windows, if they have bins; a sum would not look at the edges between. */
  private static List<double[]> counted(List<double[]> windows) {
    new WindowCounts(windows);
    return windows;
  }

  private String reduce(List<double[]> windows) {
    return reduce(windows.stream().anyMatch(edges -> edges.length == 2));
  }

  /**
   * @param one whether a window has one bin or sample
   */
  private String reduce(boolean one) {
    String function = text(params.reduce());
    checked(params.reduce(), () -> requireFunction(function));
    if (SPREADS.contains(function) && one) {
      throw new InvalidInputException(
          "the "
              + function
              + " of a window with one bin is always 0: give edges of several bins, or reduce by"
              + " sum");
    }
    return function;
  }

  /**
   * The function of this name.
   *
   * @throws InvalidInputException if there is none
   */
  static ResponseReducer requireFunction(String name) {
    return new ResponseReducer(name);
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

  private LinkedHashMap<String, DecodingSettings.Method> methods(Optional<double[]> counted) {
    Map<String, Decoder> decoders = new LinkedHashMap<>(given);
    if (!given.isEmpty()) {
      requireUnset(params.decoderSettings(), "named decoders");
    }
    if (given.isEmpty() && !isRegression()) {
      decoders = named(counted);
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

  /**
   * @param counted edges of the bins that spikes are counted in, where they are
   */
  private Map<String, Decoder> named(Optional<double[]> counted) {
    List<String> decoders = List.of(params.getOrDefault(params.decoder()));
    requireSome(decoders);
    decoders.forEach(name -> checked(params.decoder(), () -> Decoders.settings(name)));
    Map<String, String> settings = decoderSettings();
    boolean counts = decoders.stream().anyMatch(name -> Decoders.accepts(name, Decoders.BIN_WIDTH));
    if (counts && counted.isPresent()) {
      settings.computeIfAbsent(Decoders.BIN_WIDTH, name -> Double.toString(seconds(counted.get())));
    }
    return checked(params.decoderSettings(), () -> Decoders.named(decoders, settings));
  }

  /**
   * @throws InvalidInputException if there is no decoder
   */
  static void requireSome(Collection<String> decoders) {
    if (decoders.isEmpty()) {
      throw new InvalidInputException("there is no decoder to decode with");
    }
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
          case STRATIFIED -> stratified();
          case TEST_SHARE -> testShare();
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

  private Splits stratified() {
    int folds = value(params.folds());
    int repeats = value(params.repeats());
    checked(params.folds(), () -> Splits.stratified(folds));
    if (repeats > 1 && !isSet(params.seed())) {
      throw new InvalidInputException(
          "folds that are not shuffled are the same in each of "
              + repeats
              + " repeats; give a "
              + name(params.seed())
              + ", or repeat once");
    }
    return checked(
        params.repeats(),
        () ->
            isSet(params.seed())
                ? Splits.stratified(folds, repeats, seed(params.seed()))
                : new Splits.Stratified(folds, repeats, false, 0));
  }

  private Splits testShare() {
    double share = value(params.testSize());
    checked(params.testSize(), () -> Splits.testShare(share, 1, 0));
    return checked(
        params.repeats(),
        () -> Splits.testShare(share, value(params.repeats()), seed(params.seed())));
  }

  private NullLabels nulls() {
    int number = value(params.permutations());
    if (number < 0) {
      checked(
          params.permutations(),
          () -> {
            throw new InvalidInputException(
                "the number of null labels must be at least 1, not " + number);
          });
    }
    if (number == 0) {
      String unless = name(params.permutations()) + ": how many null labels to decode";
      requireUnset(params.nullLabels(), unless);
      requireUnset(params.nullSeed(), unless);
    }
    NullLabels nulls =
        number == 0
            ? NullLabels.NONE
            : checked(
                params.nullLabels(),
                () ->
                    new NullLabels(
                        NullLabels.Kind.parse(text(params.nullLabels())),
                        number,
                        seed(params.nullSeed())));
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
      String unless = name(params.neurons()) + ": how many to draw";
      requireUnset(params.draws(), unless);
      requireUnset(params.drawSeed(), unless);
    }
    checked(params.neurons(), () -> new NeuronDraws(sizes, 1, 0));
    return checked(
        params.draws(),
        () -> new NeuronDraws(sizes, value(params.draws()), seed(params.drawSeed())));
  }

  private DecodingSettings.Pseudo pseudo() {
    if (!(boolean) value(params.pseudoPopulation())) {
      for (Param<Object> param :
          List.of(params.resamples(), params.trials(), params.minTrials(), params.resampleSeed())) {
        requireUnset(param, name(params.pseudoPopulation()));
      }
      return DecodingSettings.Pseudo.NONE;
    }
    int resamples = value(params.resamples());
    checked(params.resamples(), () -> requireResamples(resamples));
    int folds = value(params.folds());
    return new DecodingSettings.Pseudo(
        resamples,
        folds,
        value(params.trials()),
        isSet(params.minTrials()) ? value(params.minTrials()) : folds,
        seed(params.resampleSeed()));
  }

  /**
   * @throws InvalidInputException if there are none
   */
  static int requireResamples(int number) {
    if (number < 1) {
      throw new InvalidInputException("there is at least 1 resample, not " + number);
    }
    return number;
  }

  private void requireFitting(DecodingSettings settings) {
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
              + settings.windows().size()
              + ": set "
              + name(params.windowStarts()));
    }
  }

  private void requireFittingPseudoPopulation(DecodingSettings settings) {
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
    // Two classes stand for any number: this refuses the other numbers.
    DecodingSettings.Pseudo pseudo = settings.pseudo();
    checked(
        params.trials(),
        () -> new PseudoPopulation(2, pseudo.folds(), pseudo.trials(), pseudo.folds(), 0));
    checked(params.minTrials(), () -> pseudo.population(2));
  }
}
