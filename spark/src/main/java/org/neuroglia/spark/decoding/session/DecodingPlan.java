package org.neuroglia.spark.decoding.session;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
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
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.trace.Traces;

/**
 * The query that decodes: neurons are measured where they lie, around the events of their sessions,
 * and what was measured and the events of a session come together in a task. Responses that come
 * with the events lie there already.
 */
public final class DecodingPlan {
  /** Events of at most this size, by the optimizer's estimate, are broadcast. */
  private static final double MOST_BROADCAST_BYTES = 64L << 20;

  private static final String EVENTS = "the events";
  private static final String RESPONSES = "the responses";

  private final DecodingColumns columns;
  private final DecodingSettings settings;
  private final int partitions;

  /**
   * @param partitions into how many tasks sessions are packed; 0: as many as shuffles have
   */
  public DecodingPlan(DecodingColumns columns, DecodingSettings settings, int partitions) {
    this.columns = columns;
    this.settings = settings;
    this.partitions = partitions;
  }

  /**
   * Decodes from spikes: a row per session, group, decoder, draw and window.
   *
   * @param trains packed, a neuron in one row or several
   * @return {@link DecodedRows#schema}
   */
  public Dataset<Row> ofTrains(Dataset<Row> trains, Dataset<Row> events) {
    requireTrains(trains.schema());
    DataType label = requireEvents(events.schema());
    requireSessionsOfBoth(events.schema(), trains.schema(), "the trains");
    StructField neuron = Schemas.require(trains.schema(), columns.neuron(), "the trains");
    boolean integers = Schemas.isInteger(neuron.dataType());
    Dataset<Row> neurons =
        trains
            .select(
                session(trains.schema()).as("session"),
                named(columns.neuron())
                    .cast(integers ? DataTypes.LongType : DataTypes.StringType)
                    .as("neuron"),
                text(columns.by()).as("group"),
                named(columns.times())
                    .cast(DataTypes.createArrayType(DataTypes.DoubleType))
                    .as("times"))
            .where(col("neuron").isNotNull().and(col("times").isNotNull()));
    CountsAroundEvents counts = new CountsAroundEvents(settings.windows(), settings.reduce());
    Dataset<Row> trials = trials(events, named(columns.time()), lit(null));
    Dataset<Row> counted =
        measured(neurons, trials, counts.column(col("times"), col("eventTimes")));
    return decoded(counted, trials, (rows, read) -> new MeasuredNeurons(rows, read, counts), label);
  }

  /**
   * Decodes from traces: the same rows.
   *
   * @param traces a neuron in one row or in chunks of time; chunks are joined
   */
  public Dataset<Row> ofTraces(Traces traces, Dataset<Row> events) {
    if (!columns.by().isEmpty()) {
      Schemas.require(traces.schema(), columns.by(), "the traces");
    }
    DataType label = requireEvents(events.schema());
    requireSessionsOfBoth(events.schema(), traces.schema(), "the traces");
    TracesAroundEvents reduced =
        new TracesAroundEvents(settings.windows(), settings.func(), settings.reduce());
    Dataset<Row> trials = trials(events, named(columns.time()), lit(null));
    Dataset<Row> measured =
        measured(
            traces
                .wholeWith(text(columns.by()).as("group"))
                .withColumn("session", coalesce(col("session"), lit(Sessions.ONLY))),
            trials,
            reduced.column(col("times"), col("values"), col("eventTimes")));
    return decoded(
        measured, trials, (rows, read) -> new MeasuredNeurons(rows, read, reduced), label);
  }

  /**
   * Decodes from responses that come with the events: the same rows.
   *
   * @param samples of a tensor in each window; a window with none has all
   * @param groups (session, neuron, group) of the neurons that the column names; none where all
   *     neurons are decoded together
   */
  public Dataset<Row> ofResponses(
      Dataset<Row> rows, ResponseColumn column, int[][] samples, Optional<Dataset<Row>> groups) {
    DataType label = requireResponses(rows.schema());
    ResponseWindows windows = new ResponseWindows(samples, settings.reduce());
    Dataset<Row> trials = trials(rows, lit(0.0), windows.column(named(column.name())));
    Dataset<Row> groupOf =
        groups
            .map(table -> groups(table, rows.schema()))
            .orElseGet(() -> rows.sparkSession().createDataFrame(List.of(), ResponseRows.GROUPS));
    String[] names = column.neurons().toArray(String[]::new);
    int number = windows.number();
    return decoded(
        groupOf, trials, (read, own) -> new ResponseRows(read, own, names, number), label);
  }

  private Dataset<Row> groups(Dataset<Row> groups, StructType rows) {
    Schemas.require(groups.schema(), columns.neuron(), "the groups");
    Schemas.require(groups.schema(), columns.by(), "the groups");
    Sessions.requireBoth(
        Schemas.has(rows, columns.session()),
        "the groups",
        Schemas.has(groups.schema(), columns.session()),
        columns.session());
    return groups
        .select(
            session(groups.schema()).as("session"),
            named(columns.neuron()).cast(DataTypes.StringType).as("neuron"),
            text(columns.by()).as("group"))
        .where(col("neuron").isNotNull().and(col("group").isNotNull()));
  }

  private Dataset<Row> decoded(
      Dataset<Row> neurons, Dataset<Row> events, SessionInput input, DataType label) {
    boolean text = label instanceof StringType;
    Dataset<Row> trials = events;
    if (settings.nulls().kind() == NullLabels.Kind.OTHER_SESSION) {
      trials = trials.unionByName(donors(labelled(trials)));
    }
    boolean pooled = settings.pseudo().resamples() > 0;
    if (pooled) {
      trials = trials.unionByName(DonorLabels.classesOfAll(labelled(trials)));
    }
    Dataset<Row> decoded =
        pooled
            ? pseudoPopulation(bySession(neurons), bySession(trials), input, label)
            : bySession(neurons)
                .cogroupSorted(
                    bySession(trials),
                    new Column[] {col("neuron")},
                    new Column[] {col("donor").isNull(), col("event")},
                    new SessionByDecoders(settings, input, text),
                    Encoders.row(DecodedRows.schema(label)));
    return settings.failing()
        ? decoded.mapPartitions(new FailingRows(), Encoders.row(DecodedRows.schema(label)))
        : decoded;
  }

  private Dataset<Row> donors(Dataset<Row> labelled) {
    return settings.regression().isWanted()
        ? DonorLabels.rowsOfValues(labelled, settings.nulls().number(), settings.nulls().seed())
        : DonorLabels.rows(labelled, settings.nulls().number(), settings.nulls().seed());
  }

  private Dataset<Row> pseudoPopulation(
      KeyValueGroupedDataset<String, Row> neurons,
      KeyValueGroupedDataset<String, Row> trials,
      SessionInput input,
      DataType label) {
    boolean text = label instanceof StringType;
    Dataset<Row> parts =
        neurons.cogroupSorted(
            trials,
            new Column[] {col("neuron")},
            new Column[] {col("donor").isNull(), col("event")},
            new PseudoSession(settings, input, text),
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

  private void requireTrains(StructType schema) {
    StructField neuron = Schemas.require(schema, columns.neuron(), "the trains");
    if (!(neuron.dataType() instanceof StringType || Schemas.isInteger(neuron.dataType()))) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the trains is a %s; neurons are strings or integers",
              neuron.name(), neuron.dataType().simpleString()));
    }
    StructField times = Schemas.require(schema, columns.times(), "the trains");
    if (!(times.dataType() instanceof ArrayType array
        && array.elementType() instanceof NumericType)) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the trains is a %s; an array of seconds is needed, and SpikePacker"
                  + " makes it of a table of spikes",
              times.name(), times.dataType().simpleString()));
    }
    if (!columns.by().isEmpty()) {
      Schemas.require(schema, columns.by(), "the trains");
    }
  }

  private void requireSessionsOfBoth(StructType events, StructType others, String table) {
    Sessions.requireBoth(
        Schemas.has(events, columns.session()),
        table,
        Schemas.has(others, columns.session()),
        columns.session());
  }

  /**
   * Checks the columns of events around which neurons are measured.
   *
   * @return the type of the labels that come out
   * @throws InvalidInputException if a column is missing or of another type
   */
  public DataType requireEvents(StructType events) {
    requireNumbered(events, EVENTS);
    Schemas.requireNumber(events, columns.time(), EVENTS);
    return requireLabels(events, EVENTS);
  }

  /** The same of events that have responses, and need no time. */
  public DataType requireResponses(StructType rows) {
    requireNumbered(rows, RESPONSES);
    return requireLabels(rows, RESPONSES);
  }

  private void requireNumbered(StructType schema, String table) {
    StructField event = Schemas.require(schema, columns.event(), table);
    if (!Schemas.isInteger(event.dataType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; events have integer numbers",
              event.name(), event.dataType().simpleString()));
    }
  }

  private DataType requireLabels(StructType schema, String table) {
    Schemas.require(schema, columns.label(), table);
    for (String column : List.of(columns.split(), columns.stratum())) {
      if (!column.isEmpty()) {
        Schemas.require(schema, column, table);
      }
    }
    DataType label = Label.type(schema, columns.label());
    if (settings.regression().isWanted() && label instanceof StringType) {
      throw new InvalidInputException(
          "column \"" + columns.label() + "\" is text; a regression predicts numbers");
    }
    return label;
  }

  /**
   * The events as {@link SessionTrials} takes them.
   *
   * @param responses that come with them, or null
   */
  Dataset<Row> trials(Dataset<Row> events, Column time, Column responses) {
    DataType column =
        events
            .schema()
            .apply(Schemas.require(events.schema(), columns.label(), "").name())
            .dataType();
    DataType label = settings.regression().isWanted() ? DataTypes.DoubleType : column;
    return events.select(
        session(events.schema()).as("session"),
        event().as("event"),
        time.cast(DataTypes.DoubleType).as("time"),
        named(columns.label()).cast(label).as("label"),
        text(columns.split()).as("split"),
        text(columns.stratum()).as("stratum"),
        lit(null).cast(DonorLabels.type(label)).as("donor"),
        responses.cast(DataTypes.BinaryType).as("responses"));
  }

  /** The session of a row, {@link Sessions#ONLY} where it has none. */
  Column session(StructType schema) {
    return coalesce(Sessions.column(schema, columns.session()), lit(Sessions.ONLY));
  }

  /** The number of an event. */
  Column event() {
    return named(columns.event()).cast(DataTypes.LongType);
  }

  private static Column text(String column) {
    Column text = (column.isEmpty() ? lit(null) : named(column)).cast(DataTypes.StringType);
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

  /** Each neuron as it was measured around the events of its session. */
  private static Dataset<Row> measured(Dataset<Row> neurons, Dataset<Row> trials, Column measured) {
    Dataset<Row> times =
        labelled(trials)
            .groupBy(col("session").as("eventSession"))
            .agg(sort_array(collect_list("time")).as("eventTimes"))
            .withColumn("events", xxhash64(col("eventTimes")));
    if (Attributes.estimatedBytes(times) <= MOST_BROADCAST_BYTES) {
      times = broadcast(times);
    }
    return neurons
        .join(times, col("session").equalTo(col("eventSession")))
        .select(
            col("session"), col("neuron"), col("group"), measured.as("measured"), col("events"));
  }
}
