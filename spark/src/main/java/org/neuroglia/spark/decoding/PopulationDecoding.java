package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.Balance;
import org.neuroglia.decoding.Decoder;
import org.neuroglia.decoding.Decoders;
import org.neuroglia.decoding.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.NeuronDraws;
import org.neuroglia.decoding.NullLabels;
import org.neuroglia.decoding.Ridge;
import org.neuroglia.decoding.Splits;
import org.neuroglia.event.WindowCounts;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.plan.Attributes;

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
 * <p>Not thread-safe; the settings are read when {@link #decode} is called.
 */
public final class PopulationDecoding {
  /** The failure of a session whose trains are none, such as after a filter. */
  public static final String NO_UNITS = "there are no units to decode from";

  /** Events of at most this size, by the optimizer's estimate, are broadcast. */
  private static final double MOST_BROADCAST_BYTES = 64L << 20;

  private String sessionCol = "session";
  private String neuronCol = "neuron";
  private String timesCol = "times";
  private String eventCol = "event";
  private String timeCol = "time";
  private String labelCol = "label";
  private String splitCol = "";
  private String stratumCol = "";
  private String by = "";
  private List<double[]> windows = List.of();
  private String reduce = "sum";
  private boolean generalise;
  private Map<String, Decoder> decoders =
      new LinkedHashMap<>(Map.of("lda", new LinearDiscriminantAnalysis()));
  private Optional<Ridge> regression = Optional.empty();
  private Optional<Boolean> standardise = Optional.empty();
  private Splits splits = Splits.stratified(5);
  private NullLabels nulls = NullLabels.NONE;
  private Balance balance = Balance.NONE;
  private NeuronDraws draws = new NeuronDraws(new int[0], 1, 0);
  private DecodingSettings.Pseudo pseudo = DecodingSettings.Pseudo.NONE;
  private int partitions;

  /** Names the session, in both tables; may be absent from both. Default "session". */
  public PopulationDecoding setSessionCol(String column) {
    sessionCol = column;
    return this;
  }

  /** Names the neuron: strings or integers. Default "neuron". */
  public PopulationDecoding setNeuronCol(String column) {
    neuronCol = column;
    return this;
  }

  /** Spike times of a train, an array of seconds. Default "times". */
  public PopulationDecoding setTimesCol(String column) {
    timesCol = column;
    return this;
  }

  /** Number of the event, an integer that no other event of the session has. Default "event". */
  public PopulationDecoding setEventCol(String column) {
    eventCol = column;
    return this;
  }

  /** Time of the event in seconds. Default "time". */
  public PopulationDecoding setTimeCol(String column) {
    timeCol = column;
    return this;
  }

  /** What is decoded: strings or numbers. Default "label". */
  public PopulationDecoding setLabelCol(String column) {
    labelCol = column;
    return this;
  }

  /**
   * Column of the trains, such as the area: each of its values is decoded by itself, from its own
   * neurons. Neurons where it is null take no part. Default: all neurons of a session together.
   */
  public PopulationDecoding setBy(String column) {
    by = column;
    return this;
  }

  /**
   * Bin edges around an event in seconds; the last bin is closed. All bins together make one number
   * per neuron, see {@link #setReduce}.
   */
  public PopulationDecoding setSampleTimes(double... edges) {
    windows = List.of(edges.clone());
    return this;
  }

  /**
   * Several windows, each of which is decoded by itself: {@code [start, start + width]} around the
   * event, in seconds.
   */
  public PopulationDecoding setWindows(double[] starts, double width) {
    if (!(width > 0)) {
      throw new InvalidInputException("the width of a window must be above 0 s, not " + width);
    }
    windows = Arrays.stream(starts).mapToObj(start -> new double[] {start, start + width}).toList();
    return this;
  }

  /** How the bins of a window become one number, a function of numpy by name. Default "sum". */
  public PopulationDecoding setReduce(String function) {
    new org.neuroglia.tensor.ResponseReducer(function);
    reduce = function;
    return this;
  }

  /**
   * Whether decoders that were trained in one window are tested in every other, on events that they
   * were not trained on. There are no predictions event by event then. Default false.
   */
  public PopulationDecoding setGeneralise(boolean value) {
    generalise = value;
    return this;
  }

  /** One decoder by its name, see {@link Decoders}. Default "lda". */
  public PopulationDecoding setDecoder(String name) {
    return setDecoders(Map.of(name, Decoders.named(name)));
  }

  /** Decoders by the names that the results give them; all decode the same folds. */
  public PopulationDecoding setDecoders(Map<String, Decoder> byName) {
    if (byName.isEmpty()) {
      throw new InvalidInputException("there is no decoder to decode with");
    }
    decoders = new LinkedHashMap<>(byName);
    regression = Optional.empty();
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
    regression = Optional.of(new Ridge(alpha));
    return this;
  }

  /**
   * Whether a StandardScaler, fitted to the training events, comes first. Default: {@link
   * Decoder#wantsStandardised}, which is true but for decoders of counts.
   */
  public PopulationDecoding setStandardise(boolean value) {
    standardise = Optional.of(value);
    return this;
  }

  /** How events are split into those that train and those that test. Default: 5 folds. */
  public PopulationDecoding setSplits(Splits value) {
    splits = value;
    return this;
  }

  /**
   * Column of the events that says the group or the fold of each; only with {@link
   * Splits#leaveOneGroupOut} and {@link Splits#predefined}.
   */
  public PopulationDecoding setSplitCol(String column) {
    splitCol = column;
    return this;
  }

  /** Null labels to decode for comparison. Default: none. */
  public PopulationDecoding setNulls(NullLabels value) {
    nulls = value;
    return this;
  }

  /** Column of the events within whose values labels are shuffled; with SHUFFLE_WITHIN only. */
  public PopulationDecoding setStratumCol(String column) {
    stratumCol = column;
    return this;
  }

  /** What is done about classes of unequal size. Default: nothing. */
  public PopulationDecoding setBalance(Balance value) {
    balance = value;
    return this;
  }

  /** Numbers of neurons to draw at random in place of all. Default: all neurons. */
  public PopulationDecoding setDraws(NeuronDraws value) {
    draws = value;
    return this;
  }

  /**
   * Pools the neurons of all sessions, as if they had been recorded at once: a pseudo-trial puts
   * together a trial of each session with the same label, and no trial both trains and tests; see
   * {@link org.neuroglia.decoding.PseudoPopulation}. The result has a row per resample, whose
   * session is "pseudo-population" and whose draw is the number of the resample, and a row with the
   * reason for each session that takes no part. The folds are as many as the splits have, which
   * must be stratified ones. A resample is decoded in the memory of one task.
   *
   * @param resamples how often trials are drawn, at least 1
   * @param trials pseudo-trials of each class in each fold
   * @param minimum trials of each class that a session must have to take part, at least a fold each
   * @param seed of the draws
   */
  public PopulationDecoding setPseudoPopulation(int resamples, int trials, int minimum, long seed) {
    if (resamples < 1) {
      throw new InvalidInputException("there is at least 1 resample, not " + resamples);
    }
    pseudo = new DecodingSettings.Pseudo(resamples, 0, trials, minimum, seed);
    return this;
  }

  /**
   * Into how many tasks the sessions are packed; the result does not depend on it. Default 0: as
   * many as the session's shuffles have.
   */
  public PopulationDecoding setPartitions(int number) {
    partitions = number;
    return this;
  }

  private DecodingSettings settings() {
    LinkedHashMap<String, DecodingSettings.Method> methods = new LinkedHashMap<>();
    decoders.forEach(
        (name, decoder) ->
            methods.put(
                name,
                new DecodingSettings.Method(
                    decoder, standardise.orElseGet(decoder::wantsStandardised))));
    return new DecodingSettings(
        new ArrayList<>(windows),
        reduce,
        generalise,
        methods,
        regression
            .map(ridge -> new DecodingSettings.Regression(ridge.alpha(), standardise.orElse(true)))
            .orElse(DecodingSettings.Regression.NONE),
        splits,
        nulls,
        balance,
        draws,
        !by.isEmpty(),
        pseudo);
  }

  /**
   * A row per session, group, decoder, number and draw of neurons, and window (or pair of windows);
   * lazy, one job. Beside the columns of {@link #results} it has null scores, confusion matrix and
   * predictions as arrays: keep it ({@code cache}) where several of them are wanted.
   *
   * @param trains packed: neuron, times, and session if there are several; a neuron with several
   *     rows has the spikes of all of them. {@code SpikePacker} packs a table of spikes.
   * @param events event, time, label, and session if there are several
   * @throws InvalidInputException if a column is missing or of another type, or settings do not fit
   *     together
   */
  public Dataset<Row> decode(Dataset<Row> trains, Dataset<Row> events) {
    requireFittingSettings();
    requireTrains(trains.schema());
    requireEvents(events.schema());
    requireTarget(events.schema());
    Sessions.requireBoth(
        Schemas.has(events.schema(), sessionCol),
        "the trains",
        Schemas.has(trains.schema(), sessionCol),
        sessionCol);
    DataType label = Label.type(events.schema(), labelCol);
    DecodingSettings settings = settings();
    Dataset<Row> trials = trials(events);
    Dataset<Row> counted = counted(trains, trials, settings.counts());
    if (nulls.kind() == NullLabels.Kind.OTHER_SESSION) {
      trials = trials.unionByName(donors(labelled(trials)));
    }
    if (pseudo.resamples() > 0) {
      trials = trials.unionByName(DonorLabels.classesOfAll(labelled(trials)));
      return pseudoPopulation(bySession(counted), bySession(trials), settings, label);
    }
    return bySession(counted)
        .cogroupSorted(
            bySession(trials),
            new Column[] {col("neuron")},
            new Column[] {col("donor").isNull(), col("event")},
            new SessionByDecoders(settings, label instanceof StringType),
            Encoders.row(DecodedRows.schema(label)));
  }

  private Dataset<Row> donors(Dataset<Row> labelled) {
    return regression.isPresent()
        ? DonorLabels.rowsOfValues(labelled, nulls.number(), nulls.seed())
        : DonorLabels.rows(labelled, nulls.number(), nulls.seed());
  }

  private static Dataset<Row> pseudoPopulation(
      KeyValueGroupedDataset<String, Row> counted,
      KeyValueGroupedDataset<String, Row> trials,
      DecodingSettings settings,
      DataType label) {
    boolean text = label instanceof StringType;
    Dataset<Row> parts =
        counted.cogroupSorted(
            trials,
            new Column[] {col("neuron")},
            new Column[] {col("donor").isNull(), col("event")},
            new PseudoSession(settings, text),
            Encoders.row(PseudoSession.schema(label)));
    return parts
        .groupBy("resample", "group", "window")
        .as(
            Encoders.tuple(Encoders.INT(), Encoders.STRING(), Encoders.INT()),
            Encoders.row(parts.schema()))
        .flatMapSortedGroups(
            new Column[] {col("session")},
            new PseudoPopulationDecoder(settings, text),
            Encoders.row(DecodedRows.schema(label)));
  }

  private KeyValueGroupedDataset<String, Row> bySession(Dataset<Row> rows) {
    Dataset<Row> placed = partitions > 0 ? rows.repartition(partitions, col("session")) : rows;
    return placed.groupBy("session").as(Encoders.STRING(), Encoders.row(rows.schema()));
  }

  private void requireFittingSettings() {
    if (windows.isEmpty()) {
      throw new InvalidInputException(
          "there is no window to count spikes in: set sample times, or windows");
    }
    new WindowCounts(windows); // a sum would not look at the edges between
    if (splits.needsGroups() == splitCol.isEmpty()) {
      throw new InvalidInputException(
          splitCol.isEmpty()
              ? "these splits need a column of the events that says the group or fold of each"
              : "column \"" + splitCol + "\" has no use with splits that do not follow groups");
    }
    boolean within = nulls.kind() == NullLabels.Kind.SHUFFLE_WITHIN;
    if (within == stratumCol.isEmpty()) {
      throw new InvalidInputException(
          within
              ? "to shuffle labels within strata, name the column of the events that has them"
              : "column \""
                  + stratumCol
                  + "\" has no use unless labels are shuffled within strata");
    }
    boolean forClasses = generalise || balance.subsample() || pseudo.resamples() > 0;
    if (regression.isPresent() && forClasses) {
      throw new InvalidInputException(
          "a regression takes neither balance (its labels are no classes) nor generalisation over"
              + " time, nor a pseudo-population");
    }
    if (pseudo.resamples() > 0) {
      requireFittingPseudoPopulation();
    }
    if (generalise && windows.size() < 2) {
      throw new InvalidInputException(
          "to generalise over time, at least 2 windows are needed, not " + windows.size());
    }
  }

  private void requireFittingPseudoPopulation() {
    if (!(splits instanceof Splits.Stratified stratified) || stratified.repeats() > 1) {
      throw new InvalidInputException(
          "trials of a pseudo-population go to stratified folds, once per resample: set no other"
              + " splits");
    }
    boolean alone =
        nulls.number() == 0 && draws.sizes().length == 0 && !balance.subsample() && !generalise;
    if (!alone) {
      throw new InvalidInputException(
          "a pseudo-population is decoded without null labels, draws of neurons, balance (its"
              + " classes are balanced) or generalisation over time");
    }
    pseudo =
        new DecodingSettings.Pseudo(
            pseudo.resamples(),
            stratified.folds(),
            pseudo.trials(),
            pseudo.minimum(),
            pseudo.seed());
    pseudo.population(2); // says what is wrong with the numbers
  }

  private void requireTrains(StructType schema) {
    StructField neuron = Schemas.require(schema, neuronCol, "the trains");
    if (!(neuron.dataType() instanceof StringType || Schemas.isInteger(neuron.dataType()))) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the trains is a %s; neurons are strings or integers",
              neuron.name(), neuron.dataType().simpleString()));
    }
    StructField times = Schemas.require(schema, timesCol, "the trains");
    if (!(times.dataType() instanceof ArrayType array
        && array.elementType() instanceof NumericType)) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the trains is a %s; an array of seconds is needed, and SpikePacker"
                  + " makes it of a table of spikes",
              times.name(), times.dataType().simpleString()));
    }
    if (!by.isEmpty()) {
      Schemas.require(schema, by, "the trains");
    }
  }

  private void requireEvents(StructType schema) {
    StructField event = Schemas.require(schema, eventCol, "the events");
    if (!Schemas.isInteger(event.dataType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; events have integer numbers",
              event.name(), event.dataType().simpleString()));
    }
    Schemas.requireNumber(schema, timeCol, "the events");
    Schemas.require(schema, labelCol, "the events");
    for (String column : List.of(splitCol, stratumCol)) {
      if (!column.isEmpty()) {
        Schemas.require(schema, column, "the events");
      }
    }
  }

  private void requireTarget(StructType schema) {
    if (regression.isPresent() && Label.type(schema, labelCol) instanceof StringType) {
      throw new InvalidInputException(
          "column \"" + labelCol + "\" is text; a regression predicts numbers");
    }
  }

  /** The events as {@link SessionTrials} takes them. */
  private Dataset<Row> trials(Dataset<Row> events) {
    DataType column =
        events.schema().apply(Schemas.require(events.schema(), labelCol, "").name()).dataType();
    DataType label = regression.isPresent() ? DataTypes.DoubleType : column;
    return events.select(
        coalesce(Sessions.column(events.schema(), sessionCol), lit(Sessions.ONLY)).as("session"),
        named(eventCol).cast("long").as("event"),
        named(timeCol).cast("double").as("time"),
        named(labelCol).cast(label).as("label"),
        text(splitCol).as("split"),
        text(stratumCol).as("stratum"),
        lit(null).cast(DonorLabels.type(label)).as("donor"));
  }

  private static Column text(String column) {
    Column text = (column.isEmpty() ? lit(null) : named(column)).cast("string");
    return when(text.notEqual("NaN"), text); // a number that is none, as null is
  }

  private static Column named(String column) {
    return col(Schemas.quoted(column));
  }

  /** Those that have a time and a label. */
  private static Dataset<Row> labelled(Dataset<Row> trials) {
    Column usable =
        col("time").isNotNull().and(not(isnan(col("time")))).and(col("label").isNotNull());
    DataType label = trials.schema().apply("label").dataType();
    boolean fractional = label.equals(DataTypes.DoubleType) || label.equals(DataTypes.FloatType);
    return trials.where(fractional ? usable.and(not(isnan(col("label")))) : usable);
  }

  /** Each train as its counts around the events of its session. */
  private Dataset<Row> counted(
      Dataset<Row> trains, Dataset<Row> trials, WindowCounts windowCounts) {
    Dataset<Row> times =
        labelled(trials)
            .groupBy("session")
            .agg(sort_array(collect_list("time")).as("eventTimes"))
            .withColumnRenamed("session", "eventSession");
    if (Attributes.estimatedBytes(times) <= MOST_BROADCAST_BYTES) {
      times = broadcast(times);
    }
    StructField neuron = Schemas.require(trains.schema(), neuronCol, "the trains");
    boolean integers = Schemas.isInteger(neuron.dataType());
    return trains
        .select(
            coalesce(Sessions.column(trains.schema(), sessionCol), lit(Sessions.ONLY))
                .as("session"),
            named(neuronCol).cast(integers ? "long" : "string").as("neuron"),
            text(by).as("group"),
            named(timesCol).cast("array<double>").as("times"))
        .where(col("neuron").isNotNull().and(col("times").isNotNull()))
        .join(times, col("session").equalTo(col("eventSession")))
        .select(
            col("session"),
            col("neuron"),
            col("group"),
            new CountsAroundEvents(windowCounts)
                .column(col("times"), col("eventTimes"))
                .as("counts"));
  }

  /**
   * A row per decoding, of true labels and of null labels: session, group, decoder, neurons, draw,
   * start, stop, testStart, testStop (seconds around the event; where training and test windows
   * differ), nullIndex (null for the true labels), accuracy (mean over folds and repeats), chance
   * (1 / classes), balancedAccuracy, majorityShare (accuracy of always predicting the largest
   * class), mutualInformation (bits, plug-in), pValue and balancedPValue ((1 + #{null ≥ score}) /
   * (1 + nulls)), events (labelled ones), unlabelled, classes, nulls, classLabels, recall (per
   * class), folds (accuracies), warning, and failure where a session or group could not be decoded.
   *
   * <p>A regression has r2 and correlation (means over the folds that have them, and over repeats;
   * correlation is null where predictions or targets are constant in all folds) in place of
   * accuracies, nulls have r2; pValue and folds are of R².
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
