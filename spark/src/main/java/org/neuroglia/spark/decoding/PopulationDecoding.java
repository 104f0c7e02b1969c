package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.decoder.Ridge;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NeuronDraws;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.decoding.session.DecodedRows;
import org.neuroglia.spark.decoding.session.DecodingSettings;
import org.neuroglia.spark.spike.SpikeSource;

/**
 * Decodes the events of many sessions from the spikes around them, session by session and all in
 * one job: with cross-validation, null labels, by area, over time, over the number of neurons.
 *
 * <pre>{@code
 * Dataset<Row> decoded =
 *     new PopulationDecoding()
 *         .setLabelCol("choice")
 *         .setSampleTimes(0, 0.5)
 *         .setBy("area")
 *         .setNulls(new NullLabels(NullLabels.Kind.SHUFFLE, 200, 1))
 *         .decode(lake.units(), lake.events("trials"))
 *         .cache();
 * PopulationDecoding.results(decoded).write().parquet(path);
 * PopulationDecoding.predictions(decoded).show();
 * }</pre>
 *
 * <p>Trains lie where they are: each is counted in the windows of its session's events, and only
 * counts, some bytes per event, come together. A session is decoded in the memory of one task,
 * beside others where they are small. Predictions are those of scikit-learn's {@code
 * cross_val_predict(make_pipeline(StandardScaler(), decoder), X, y)} session by session, and a
 * session gives the same alone and among others, whatever the partitions.
 *
 * <p>An event without a label (null, NaN) or without a time is left out and counted. A session that
 * has events and cannot be decoded has the reason in column {@code failure}; one without events is
 * not in the result.
 *
 * <p>It is a stage, too: {@code transform(events)} decodes from the spikes that {@link #setSpikes}
 * or the params {@code spikesTable} or {@code spikesPath} name, packed or long, in a pipeline, from
 * Python and over Spark Connect; {@link DecodedTable} makes the tables of the results there. Its
 * params are words and numbers, {@link PopulationDecodingParams}; the setters here set those that
 * belong together. Decoders that are given as objects are not saved with it.
 *
 * <p>Not thread-safe; the settings are read when {@link #decode} or {@code transform} is called.
 */
public final class PopulationDecoding extends Transformer
    implements PopulationDecodingParams<PopulationDecoding>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** The failure of a session whose trains are none, such as after a filter. */
  public static final String NO_UNITS = DecodedRows.NO_UNITS;

  /** The columns of {@link #results} that say of which decoding a row is. */
  public static final List<String> KEY = DecodedRows.KEY;

  private final String uid;
  private transient Dataset<Row> spikes;

  /** Decoders that were given as objects; empty where the param names them. */
  private Map<String, Decoder> given = Map.of();

  public PopulationDecoding() {
    this(Identifiable$.MODULE$.randomUID("PopulationDecoding"));
  }

  public PopulationDecoding(String uid) {
    this.uid = uid;
    setDefaults();
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * What {@code transform} decodes from: packed trains (neuron, times), or a table of spikes
   * (neuron, time), with the session if there are several. They are not saved with the stage.
   */
  public PopulationDecoding setSpikes(Dataset<Row> value) {
    spikes = value;
    return this;
  }

  /** What is decoded: strings or numbers. Default "label". */
  public PopulationDecoding setLabelCol(String column) {
    return with(labelCol(), column);
  }

  /**
   * Column of the trains, such as the area: each of its values is decoded by itself, from its own
   * neurons. Neurons where it is null take no part. Default: all neurons of a session together.
   */
  public PopulationDecoding setBy(String column) {
    return with(by(), column);
  }

  /**
   * Bin edges around an event in seconds; the last bin is closed. All bins together make one number
   * per neuron, see {@link #setReduce}.
   */
  public PopulationDecoding setSampleTimes(double... edges) {
    clear(windowStarts());
    clear(windowWidth());
    return with(sampleTimes(), edges.clone());
  }

  /**
   * Several windows, each of which is decoded by itself: {@code [start, start + width]} around the
   * event, in seconds.
   */
  public PopulationDecoding setWindows(double[] starts, double width) {
    if (!(width > 0)) {
      throw new InvalidInputException("the width of a window must be above 0 s, not " + width);
    }
    clear(sampleTimes());
    return with(windowStarts(), starts.clone()).with(windowWidth(), width);
  }

  /**
   * How the bins of a window become one number, a function of numpy by name. Those of spread (std,
   * var, ptp) need windows of several bins. Default "sum".
   */
  public PopulationDecoding setReduce(String function) {
    new org.neuroglia.tensor.ResponseReducer(function);
    return with(reduce(), function);
  }

  /**
   * Whether decoders that were trained in one window are tested in every other, on events that they
   * were not trained on. There are no predictions event by event then. Default false.
   */
  public PopulationDecoding setGeneralise(boolean value) {
    return with(generalise(), value);
  }

  /** One decoder by its name, see {@link Decoders}, with its default settings. Default "lda". */
  public PopulationDecoding setDecoder(String name) {
    return setDecoder(name, Map.of());
  }

  /**
   * One decoder by its name.
   *
   * @param settings of {@link Decoders#settings(String)}; {@code binWidth} is by default the time
   *     that spikes are counted over
   */
  public PopulationDecoding setDecoder(String name, Map<String, String> settings) {
    Decoders.named(name, settings);
    given = Map.of();
    return with(decoder(), new String[] {name})
        .with(
            decoderSettings(),
            settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
  }

  /** Decoders by the names that the results give them; all decode the same folds. */
  public PopulationDecoding setDecoders(Map<String, Decoder> byName) {
    if (byName.isEmpty()) {
      throw new InvalidInputException("there is no decoder to decode with");
    }
    clear(decoder());
    clear(decoderSettings());
    given = new LinkedHashMap<>(byName);
    return this;
  }

  /**
   * Ridge regression in place of decoders: labels are the values of a continuous target, such as a
   * speed, and must be numbers. The results have R² and Pearson's correlation, and the decoder is
   * called "ridge-regression". Stratified splits become scikit-learn's {@code KFold}. There is
   * neither balance nor generalisation over time, nor a pseudo-population.
   *
   * @param alpha of the penalty alpha·|coefficients|², 0 or more
   */
  public PopulationDecoding setRegression(double alpha) {
    given = Map.of();
    return with(decoder(), new String[] {DecodingSettings.Regression.NAME})
        .with(decoderSettings(), new String[] {"alpha=" + new Ridge(alpha).alpha()});
  }

  /**
   * Whether a StandardScaler, fitted to the training events, comes first. Default: {@link
   * Decoder#wantsStandardised}, which is true but for decoders of counts.
   */
  public PopulationDecoding setStandardise(boolean value) {
    return with(standardise(), value);
  }

  /** How events are split into those that train and those that test. Default: 5 folds. */
  public PopulationDecoding setSplits(Splits value) {
    List.of(folds(), testSize(), repeats(), seed()).forEach(param -> clear(param));
    if (value instanceof Splits.Stratified stratified) {
      with(folds(), stratified.folds()).with(repeats(), stratified.repeats());
      return stratified.shuffled()
          ? splits(SettingsOfParams.STRATIFIED).with(seed(), stratified.seed())
          : splits(SettingsOfParams.STRATIFIED);
    } else if (value instanceof Splits.TestShare share) {
      return splits(SettingsOfParams.TEST_SHARE)
          .with(testSize(), share.testSize())
          .with(repeats(), share.repeats())
          .with(seed(), share.seed());
    }
    return splits(
        value instanceof Splits.Predefined
            ? SettingsOfParams.PREDEFINED
            : SettingsOfParams.LEAVE_ONE_GROUP_OUT);
  }

  private PopulationDecoding splits(String kind) {
    return with(splits(), kind);
  }

  /**
   * Column of the events that says the group or the fold of each; only with {@link
   * Splits#leaveOneGroupOut} and {@link Splits#predefined}.
   */
  public PopulationDecoding setSplitCol(String column) {
    return with(splitCol(), column);
  }

  /** Null labels to decode for comparison. Default: none. */
  public PopulationDecoding setNulls(NullLabels value) {
    List.of(permutations(), nullLabels(), nullSeed()).forEach(param -> clear(param));
    return value.number() == 0
        ? this
        : with(permutations(), value.number())
            .with(nullLabels(), value.kind().toString())
            .with(nullSeed(), value.seed());
  }

  /** Column of the events within whose values labels are shuffled; with SHUFFLE_WITHIN only. */
  public PopulationDecoding setStratumCol(String column) {
    return with(stratumCol(), column);
  }

  /** What is done about classes of unequal size. Default: nothing. */
  public PopulationDecoding setBalance(Balance value) {
    return with(balance(), value.subsample()).with(balanceSeed(), value.seed());
  }

  /** Numbers of neurons to draw at random in place of all. Default: all neurons. */
  public PopulationDecoding setDraws(NeuronDraws value) {
    List.of(neurons(), draws(), drawSeed()).forEach(param -> clear(param));
    return value.sizes().length == 0
        ? this
        : with(neurons(), value.sizes().clone())
            .with(draws(), value.draws())
            .with(drawSeed(), value.seed());
  }

  /**
   * Pools the neurons of all sessions, as if they had been recorded at once: a pseudo-trial puts
   * together a trial of each session with the same label, and no trial both trains and tests; see
   * {@link org.neuroglia.decoding.PseudoPopulation}. The result has a row per resample, whose
   * session is "pseudo-population" and whose draw is the number of the resample, and a row with the
   * reason for each session that takes no part. The folds are as many as the splits have, which
   * must be stratified ones. A resample is decoded in the memory of one task.
   *
   * @param number how often trials are drawn, at least 1
   * @param perFold pseudo-trials of each class in each fold
   * @param minimum trials of each class that a session must have to take part, at least a fold each
   * @param seed of the draws
   */
  public PopulationDecoding setPseudoPopulation(int number, int perFold, int minimum, long seed) {
    if (number < 1) {
      throw new InvalidInputException("there is at least 1 resample, not " + number);
    }
    return with(pseudoPopulation(), true)
        .with(resamples(), number)
        .with(trials(), perFold)
        .with(minTrials(), minimum)
        .with(resampleSeed(), seed);
  }

  /**
   * Into how many tasks the sessions are packed; the result does not depend on it. Default 0: as
   * many as the session's shuffles have.
   */
  public PopulationDecoding setPartitions(int number) {
    return with(partitions(), number);
  }

  private DecodingPlan plan() {
    return new DecodingPlan(this, new SettingsOfParams(this, given).settings());
  }

  /**
   * A row per session, group, decoder, number and draw of neurons, and window (or pair of windows);
   * lazy, one job. Beside the columns of {@link #results} it has null scores, confusion matrix and
   * predictions as arrays: keep it ({@code cache}) where several of them are wanted.
   *
   * @param trains packed: neuron, times, and session if there are several; a neuron with several
   *     rows has the spikes of all of them. {@code SpikePacker} packs a table of spikes.
   * @param events event, time, label, and session if there are several. They are read twice, by the
   *     trains and by the decoders, so they must be the same each time: keep what is drawn at
   *     random. A session whose events differ has this for its failure.
   * @throws InvalidInputException if a column is missing or of another type, or settings do not fit
   *     together
   */
  public Dataset<Row> decode(Dataset<Row> trains, Dataset<Row> events) {
    return plan().decode(trains, events);
  }

  /**
   * As {@link #decode}, from the spikes of the stage.
   *
   * @param events event, time, label, and session if there are several
   */
  @Override
  public Dataset<Row> transform(Dataset<?> events) {
    transformSchema(events.schema());
    return decode(trains(SpikeSource.rows(this, spikes, events.sparkSession())), events.toDF());
  }

  /** Packs a table of spikes; trains stay as they are. */
  private Dataset<Row> trains(Dataset<Row> rows) {
    boolean packed = Schemas.has(rows.schema(), getTimesCol());
    if (packed || !Schemas.has(rows.schema(), getTimeCol())) {
      return rows;
    }
    List<Column> keys = new ArrayList<>();
    for (String key : List.of(getSessionCol(), getNeuronCol(), getOrDefault(by()))) {
      if (Schemas.has(rows.schema(), key)) {
        keys.add(col(Schemas.quoted(key)));
      }
    }
    Column time = col(Schemas.quoted(getTimeCol())).cast("double");
    return rows.groupBy(keys.toArray(Column[]::new))
        .agg(sort_array(collect_list(time)).as(getTimesCol()));
  }

  @Override
  public StructType transformSchema(StructType events) {
    return DecodedRows.schema(plan().requireEvents(events));
  }

  @Override
  public PopulationDecoding copy(ParamMap extra) {
    PopulationDecoding copy = copyValues(new PopulationDecoding(uid), extra).setSpikes(spikes);
    copy.given = given;
    return copy;
  }

  /**
   * @throws InvalidInputException if decoders were given as objects
   */
  @Override
  public MLWriter write() {
    if (!given.isEmpty()) {
      throw new InvalidInputException(
          uid
              + " cannot be saved with decoders that were given as objects: name them by the param"
              + " decoder, and set them by decoderSettings");
    }
    return new DefaultParamsWriter(this);
  }

  public static MLReader<PopulationDecoding> read() {
    return new DefaultParamsReader<>();
  }

  public static PopulationDecoding load(String path) {
    return read().load(path);
  }

  /**
   * A row per decoding, of true labels and of null labels: session, group, decoder, neurons, draw,
   * start, stop, testStart, testStop (seconds around the event; where training and test windows
   * differ), nullIndex (null for the true labels), accuracy (mean over folds and repeats), chance
   * (1 / classes), balancedAccuracy, majorityShare (accuracy of always predicting the largest
   * class), mutualInformation (bits, plug-in), r2, correlation, pValue and balancedPValue ((1 +
   * #{null ≥ score}) / (1 + nulls)), events (labelled ones), unlabelled, classes, sessions (1, or
   * how many a pseudo-population pools), nulls, classLabels, recall (per class), folds
   * (accuracies), warning, and failure where a session or group could not be decoded.
   *
   * <p>A regression has r2 and correlation (means over the folds that have them, and over repeats;
   * correlation is null where predictions or targets are constant in all folds) in place of
   * accuracies, nulls have r2; pValue and folds are of R². Without a regression both are null.
   */
  public static Dataset<Row> results(Dataset<Row> decoded) {
    return DecodedRows.results(decoded);
  }

  /**
   * A row per tested event of true labels: session, event, fold, label, prediction, for the first
   * repeat probability in the order of the session's classLabels, repeat, and what {@link #results}
   * names a decoding by.
   */
  public static Dataset<Row> predictions(Dataset<Row> decoded) {
    return DecodedRows.predictions(decoded);
  }

  /** A row per true and predicted class: label, prediction and count, over all repeats. */
  public static Dataset<Row> confusion(Dataset<Row> decoded) {
    return DecodedRows.confusion(decoded);
  }
}
