package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
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
import org.apache.spark.sql.SparkSession;
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
import org.neuroglia.spark.decoding.session.ClassifierPerSession;
import org.neuroglia.spark.decoding.session.DecodedRows;
import org.neuroglia.spark.decoding.session.DecodingColumns;
import org.neuroglia.spark.decoding.session.DecodingPlan;
import org.neuroglia.spark.decoding.session.DecodingSettings;
import org.neuroglia.spark.decoding.session.ResponseColumn;
import org.neuroglia.spark.spike.SpikeSource;
import org.neuroglia.spark.trace.TraceSource;
import org.neuroglia.spark.trace.Traces;

/**
 * Decodes the events of many sessions, session by session and all in one job: from the spikes
 * around them, from traces, or from responses that come with them. With cross-validation, null
 * labels, by area, over time, over the number of neurons.
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
 * <p>Trains and traces lie where they are: each is counted or reduced in the windows of its
 * session's events, and only the results, some bytes per event, come together. A session is decoded
 * in the memory of one task, beside others where they are small. Predictions are those of
 * scikit-learn's {@code cross_val_predict(make_pipeline(StandardScaler(), decoder), X, y)} session
 * by session, and a session gives the same alone and among others, whatever the partitions.
 *
 * <p>An event without a label (null, NaN) or without a time is left out and counted. A session that
 * has events and cannot be decoded has the reason in column {@code failure}; one without events is
 * not in the result.
 *
 * <p>It is a stage, too: {@code transform(events)} decodes from the spikes that {@link #setSpikes}
 * or the params {@code spikesTable} or {@code spikesPath} name, packed or long, or from the traces
 * of {@link #setTraces}, {@code tracesTable} or {@code tracesPath}; without them from the column
 * "features" or "tensor" of the events. So it does in a pipeline, from Python and over Spark
 * Connect; {@link DecodedTable} makes the tables of the results there. Its params are words and
 * numbers, {@link PopulationDecodingParams}; the setters here set those that belong together.
 * Decoders that are given as objects are not saved with it.
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
  private transient Dataset<Row> traces;
  private transient Dataset<Row> groups;
  private transient Estimator<?> classifier;

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

  /**
   * What {@code transform} decodes from: traces (neuron, times, values), a neuron in one row or in
   * chunks of time, with the session if there are several. They are not saved with the stage.
   */
  public PopulationDecoding setTraces(Dataset<Row> value) {
    traces = value;
    return this;
  }

  /**
   * The groups of the neurons whose responses come with the events: neuron, as the column of the
   * responses names it, and the column that {@link #setBy} names; with the session if there are
   * several. It is not saved with the stage.
   */
  public PopulationDecoding setGroups(Dataset<Row> value) {
    groups = value;
    return this;
  }

  public PopulationDecoding setGroupsTable(String value) {
    return with(groupsTable(), value);
  }

  /**
   * Column of responses that come with the events, a Vector [neuron] or a Matrix [sample time ×
   * neuron]. Default: "features", or "tensor" where there is none.
   */
  public PopulationDecoding setFeaturesCol(String column) {
    return with(featuresCol(), column);
  }

  /**
   * What is done about a session that cannot be decoded: "skip" (default), its row has the reason
   * in column {@code failure}; or "fail", the job ends with an InvalidInputException that names the
   * session and the reason.
   */
  public PopulationDecoding setOnError(String value) {
    return with(onError(), value);
  }

  /** What is decoded: strings or numbers. Default "label". */
  public PopulationDecoding setLabelCol(String column) {
    return with(labelCol(), column);
  }

  /**
   * Column of the trains, such as the area, of the traces, such as the imaging plane, or of the
   * table of {@link #setGroups}: each of its values is decoded by itself, from its own neurons.
   * Neurons where it is null take no part. Default: all neurons of a session together.
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
    SettingsOfParams.requireWidth(width);
    clear(sampleTimes());
    return with(windowStarts(), starts.clone()).with(windowWidth(), width);
  }

  /**
   * How the bins of a window become one number, a function of numpy by name. Those of spread (std,
   * var, ptp) need windows of several bins. Default "sum".
   */
  public PopulationDecoding setReduce(String function) {
    SettingsOfParams.requireFunction(function);
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
    SettingsOfParams.requireSome(byName.keySet());
    clear(decoder());
    clear(decoderSettings());
    given = new LinkedHashMap<>(byName);
    return this;
  }

  /**
   * A classifier of Spark ML, or a pipeline that ends in one, in place of decoders: for those that
   * {@link Decoders} has not. It decodes responses that come with the events, vectors, by the same
   * splits and with the same tables of results; the decoder is called as its class.
   *
   * <p>This is slower by far, and not lazy: sessions and folds follow each other on the driver,
   * each with several Spark jobs to fit and to test, and a session is one partition. The driver
   * holds the labels and predictions of all sessions. There are neither null labels, groups, draws
   * nor balance; nothing is standardised: put a StandardScaler in the pipeline. What the classifier
   * throws ends the decoding.
   *
   * @param value with MLlib's own names of columns: it is given {@code features} and {@code label}
   *     (0 to k − 1, the session's labels in order), and gives {@code prediction}
   */
  public PopulationDecoding setClassifier(Estimator<?> value) {
    classifier = value;
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
    SettingsOfParams.requireResamples(number);
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

  private SettingsOfParams checked() {
    return new SettingsOfParams(this, given, SettingNames.PARAMS);
  }

  /**
   * Checks all settings, as {@link #decode} does, before there are spikes.
   *
   * @param names how messages call the settings
   * @throws InvalidInputException if a value is none that its param takes, or settings do not fit
   *     together
   */
  public void requireSettings(SettingNames names) {
    new SettingsOfParams(this, given, names).ofSpikes();
  }

  private DecodingPlan plan(DecodingSettings settings) {
    DecodingColumns columns =
        new DecodingColumns(
            getSessionCol(),
            getEventCol(),
            getTimeCol(),
            getOrDefault(labelCol()),
            getOrDefault(splitCol()),
            getOrDefault(stratumCol()),
            getNeuronCol(),
            getTimesCol(),
            getOrDefault(by()));
    return new DecodingPlan(columns, settings, (int) getOrDefault(partitions()));
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
    requireNoClassifier();
    return plan(checked().ofSpikes()).ofTrains(trains, events);
  }

  /**
   * As {@link #decode}, from traces. The samples in each bin become one number by {@code func} (by
   * default the mean), as PeriEventTraceReducer does it: {@code start <= t < stop}, the last bin
   * too. The bins of a window become one number by {@link #setReduce}.
   *
   * @param traces neuron, times, values, and session if there are several; a neuron in one row or
   *     in chunks of time. An event in whose window a neuron has no sample has no finite response
   *     (with a mean), and the session has that for its failure.
   * @param events event, time, label, and session if there are several; read twice, as {@link
   *     #decode} does
   * @throws InvalidInputException if a column is missing or of another type, or settings do not fit
   *     together
   */
  public Dataset<Row> decodeTraces(Dataset<Row> traces, Dataset<Row> events) {
    return decodeTraces(new Traces(traces, this), events);
  }

  private Dataset<Row> decodeTraces(Traces traces, Dataset<Row> events) {
    requireNoClassifier();
    return plan(checked().ofTraces()).ofTraces(traces, events);
  }

  private void requireNoClassifier() {
    if (classifier != null) {
      throw new InvalidInputException(
          "a classifier of Spark ML decodes responses that come with the events; sample spikes or"
              + " traces first");
    }
  }

  /**
   * As {@link #decode}, from responses that come with the events, as the samplers and {@code
   * ResponseReducer} give them. Sessions may have different neurons. Events need no time.
   *
   * <p>A tensor is reduced over its samples by {@link #setReduce}: over all of them, or in each
   * window over those at {@code start <= sample time < start + width}. The windows of the results
   * are those, or the first and last sample time; they are NaN where the column does not say them.
   *
   * @param rows event, label and {@link #setFeaturesCol the responses}, and session if there are
   *     several; others are not looked at
   * @throws InvalidInputException if a column is missing or of another type, or settings do not fit
   *     together
   */
  public Dataset<Row> decodeResponses(Dataset<Row> rows) {
    ResponseColumn column = responseColumn(rows.schema());
    if (classifier != null) {
      DecodingSettings settings = checked().ofClassifier(column, isGrouped());
      return new ClassifierPerSession(classifier, settings, plan(settings)).decode(rows, column);
    }
    SettingsOfParams checked = checked();
    DecodingSettings settings = checked.ofResponses(column, isGrouped());
    return plan(settings)
        .ofResponses(rows, column, checked.samples(column), groups(rows.sparkSession()));
  }

  private ResponseColumn responseColumn(StructType rows) {
    return ResponseColumn.of(
        rows, isSet(featuresCol()) ? Optional.of(getOrDefault(featuresCol())) : Optional.empty());
  }

  private boolean isGrouped() {
    return groups != null || isSet(groupsTable());
  }

  private Optional<Dataset<Row>> groups(SparkSession spark) {
    return groups == null && isSet(groupsTable())
        ? Optional.of(spark.table(getOrDefault(groupsTable())))
        : Optional.ofNullable(groups);
  }

  /** What is decoded from. */
  private enum Source {
    SPIKES,
    TRACES,
    RESPONSES
  }

  /**
   * Traces or spikes where they were set or named, else responses that come with the events.
   *
   * @throws InvalidInputException if several were set
   */
  private Source source(StructType events) {
    boolean ofSpikes = spikes != null || isSet(spikesTable()) || isSet(spikesPath());
    boolean ofTraces = traces != null || isSet(tracesTable()) || isSet(tracesPath());
    boolean ofResponses = isSet(featuresCol());
    if (Stream.of(ofSpikes, ofTraces, ofResponses).filter(set -> set).count() > 1) {
      throw new InvalidInputException(
          uid + " decodes from spikes, from traces or from featuresCol: set one of them");
    }
    if (ofSpikes || ofTraces) {
      return ofTraces ? Source.TRACES : Source.SPIKES;
    }
    return ofResponses || ResponseColumn.isIn(events) ? Source.RESPONSES : Source.SPIKES;
  }

  /**
   * As {@link #decode} from the spikes of the stage, {@link #decodeTraces} from its traces, or, if
   * it has neither, {@link #decodeResponses} if the events have some.
   *
   * @param events event, time, label, and session if there are several
   */
  @Override
  public Dataset<Row> transform(Dataset<?> events) {
    transformSchema(events.schema());
    SparkSession spark = events.sparkSession();
    return switch (source(events.schema())) {
      case SPIKES -> decode(trains(SpikeSource.rows(this, spikes, spark)), events.toDF());
      case TRACES -> decodeTraces(TraceSource.find(this, traces, spark), events.toDF());
      case RESPONSES -> decodeResponses(events.toDF());
    };
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
    return DecodedRows.schema(
        switch (source(events)) {
          case SPIKES -> plan(checked().ofSpikes()).requireEvents(events);
          case TRACES -> plan(checked().ofTraces()).requireEvents(events);
          case RESPONSES -> {
            ResponseColumn column = responseColumn(events);
            DecodingSettings settings =
                classifier == null
                    ? checked().ofResponses(column, isGrouped())
                    : checked().ofClassifier(column, isGrouped());
            yield plan(settings).requireResponses(events);
          }
        });
  }

  @Override
  public PopulationDecoding copy(ParamMap extra) {
    PopulationDecoding copy = copyValues(new PopulationDecoding(uid), extra);
    copy.spikes = spikes;
    copy.traces = traces;
    copy.groups = groups;
    copy.classifier = classifier;
    copy.given = given;
    return copy;
  }

  /**
   * @throws InvalidInputException if decoders were given as objects
   */
  @Override
  public MLWriter write() {
    if (classifier != null) {
      throw new InvalidInputException(
          uid + " cannot be saved with a classifier of Spark ML: set it again after loading");
    }
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
